import { test } from "uvu";
import {
  type AnyArray,
  array,
  cholesky,
  diagonal,
  gradient,
  hessian,
  log,
  matmul,
  mul,
  type NdArray,
  pushforward,
  type Scalar,
  solveTriangular,
  sub,
  sum,
  transpose,
  vhp,
} from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { add } from "../../rules/index.js";
import { build, decimals } from "../helpers/layouts.js";

const [count, size] = [7, 3];
const points = decimals([count, size], 21);
const mean = array([0.5, -1, 2]);
const covariance = array([
  [20, 4, -3],
  [4, 15, 2.5],
  [-3, 2.5, 30],
]);

/** The log-likelihood of independent points, through the Cholesky factor of their covariance. */
function logLikelihood(mu: AnyArray, sigma: AnyArray): Scalar {
  const l = cholesky(sigma);
  const z = solveTriangular(l, transpose(sub(points, mu)));
  const logVolume = sum(log(diagonal(l)));
  return sub(mul(-0.5, sum(mul(z, z))), add(mul(count, logVolume), 0.5 * count * size * Math.log(2 * Math.PI)));
}

// The same by other means: cofactors for the inverse, loops for the rest.
const dot = (...factors: NdArray[]): NdArray => factors.reduce((x, y) => matmul<NdArray>(x, y));
const at = (i: number, j: number): number => covariance.get(i % 3, j % 3);
const minor = (i: number, j: number): number => at(i + 1, j + 1) * at(i + 2, j + 2) - at(i + 1, j + 2) * at(i + 2, j + 1);
const determinant = at(0, 0) * minor(0, 0) + at(0, 1) * minor(0, 1) + at(0, 2) * minor(0, 2);
const precision = build([3, 3], (i, j) => minor(j as number, i as number) / determinant);
const deviation = (k: number, i: number): number => points.get(k, i) - mean.get(i);
const total = (n: number, term: (k: number) => number): number => Array.from({ length: n }, (_, k) => term(k)).reduce((x, y) => x + y, 0);
const scatter = build([3, 3], (i, j) => total(count, (k) => deviation(k, i as number) * deviation(k, j as number)));
const square = total(3, (i) => total(3, (j) => precision.get(i, j) * scatter.get(i, j)));
const expected = -0.5 * (square + count * Math.log(determinant) + count * size * Math.log(2 * Math.PI));
/** ∂/∂μ = Σ⁻¹ Σ (x − μ). */
const byMean = build([3], (i) => total(3, (j) => precision.get(i as number, j) * total(count, (k) => deviation(k, j))));
/** ∂/∂Σ = (Σ⁻¹ S Σ⁻¹ − n Σ⁻¹) / 2. */
const byCovariance = mul(0.5, sub(dot(precision, scatter, precision), mul(count, precision)));

const tolerance = { rtol: 1e-12, atol: 1e-13 };

test("the value is the closed form", () => assertClose(logLikelihood(mean, covariance), expected, tolerance));

test("the gradients are those of the closed form, in both modes", () => {
  assertClose(gradient(logLikelihood, mean, covariance), [byMean, byCovariance], tolerance);
  const moves = [array([1, -2, 0.5]), decimals([3, 3], 4)] as const;
  const along = sum(mul(byMean, moves[0])) + sum(mul(byCovariance, moves[1]));
  assertClose(pushforward(logLikelihood, [mean, covariance], moves)[1], along, tolerance);
});

test("the Hessian by the mean is −n Σ⁻¹, and by the covariance that of the closed form", () => {
  assertClose(
    hessian((mu) => logLikelihood(mu, covariance), mean),
    mul(-count, precision),
    tolerance,
  );
  const v = build([3, 3], (i, j) => 1 / (1 + (i as number) + (j as number)));
  const half = dot(precision, v, precision, scatter, precision);
  const byHand = sub(mul(count / 2, dot(precision, v, precision)), mul(0.5, add(half, transpose(half))));
  assertClose(
    vhp((sigma) => logLikelihood(mean, sigma), v, covariance),
    byHand,
    tolerance,
  );
  const moved = pushforward((sigma) => gradient((s) => logLikelihood(mean, s), sigma)[0], [covariance], [v])[1];
  assertClose(moved, byHand, tolerance);
});

test("at the mean and covariance of the points both gradients are 0", () => {
  const center = build([3], (i) => total(count, (k) => points.get(k, i as number)) / count);
  const spread = build([3, 3], (i, j) =>
    total(
      count,
      (k) => ((points.get(k, i as number) - center.get(i as number)) * (points.get(k, j as number) - center.get(j as number))) / count,
    ),
  );
  assertClose(gradient(logLikelihood, center, spread), [mul(0, center), mul(0, spread)], { atol: 1e-12 });
});

test.run();
