import { test } from "uvu";
import {
  type AnyArray,
  array,
  gradient,
  hessian,
  logdet,
  matmul,
  mul,
  type NdArray,
  pushforward,
  type Scalar,
  solve,
  sub,
  transpose,
} from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { add, dot } from "../../rules/index.js";
import { build, decimals } from "../helpers/layouts.js";

/** x′ = a x + noise of covariance q, y = c x + noise of covariance r. */
type Model<X> = readonly [a: X, q: X, c: X, r: X];

const steps = 5;
const observations = decimals([steps, 2], 31);
const start = {
  mean: array([1, -0.5]),
  spread: array([
    [2, 0.3],
    [0.3, 1],
  ]),
};
const model: Model<NdArray> = [
  array([
    [0.9, 0.2],
    [-0.1, 0.8],
  ]),
  array([
    [0.5, 0.1],
    [0.1, 0.3],
  ]),
  array([
    [1, 0.5],
    [0.25, -1],
  ]),
  array([
    [0.4, -0.05],
    [-0.05, 0.6],
  ]),
];

/** The log-likelihood of the observations, by the filter. */
function logLikelihood(a: AnyArray, q: AnyArray, c: AnyArray, r: AnyArray): Scalar {
  let m: AnyArray = start.mean;
  let p: AnyArray = start.spread;
  let total: Scalar = -steps * Math.log(2 * Math.PI);
  for (let t = 0; t < steps; t++) {
    m = matmul<NdArray>(a, m);
    p = add(matmul<NdArray>(matmul<NdArray>(a, p), transpose(a)), q) as AnyArray;
    const miss = sub(observations.pick(t, null), matmul(c, m)) as AnyArray;
    const cp = matmul<NdArray>(c, p);
    const s = add(matmul<NdArray>(cp, transpose(c)), r) as AnyArray;
    total = sub(total, mul(0.5, add(logdet<number>(s), dot<number>(miss, solve(s, miss)))));
    const gain = transpose(solve(s, cp));
    m = add(m, matmul<NdArray>(gain, miss)) as AnyArray;
    p = sub(p, matmul<NdArray>(gain, cp)) as AnyArray;
  }
  return total;
}

// The same by hand, on numbers: the filter with its sensitivities, one direction at a time.
const times = (...factors: NdArray[]): NdArray => factors.reduce((x, y) => matmul<NdArray>(x, y));
const turned = (x: NdArray): NdArray => x.transpose(1, 0);
const plus = (x: NdArray, y: NdArray, factor = 1): NdArray => build(x.shape, (...at) => x.get(...at) + factor * y.get(...at));
const determinant = (s: NdArray): number => s.get(0, 0) * s.get(1, 1) - s.get(0, 1) * s.get(1, 0);
const inverse = (s: NdArray): NdArray =>
  build(
    [2, 2],
    (i, j) =>
      ((i === j ? 1 : -1) * s.get(i === j ? 1 - (i as number) : (i as number), i === j ? 1 - (j as number) : (j as number))) /
      determinant(s),
  );
const inner = (x: NdArray, y: NdArray): number => x.get(0) * y.get(0) + x.get(1) * y.get(1);
const trace = (x: NdArray): number => x.get(0, 0) + x.get(1, 1);

function byHand([a, q, c, r]: Model<NdArray>, [da, dq, dc, dr]: Model<NdArray>): readonly [value: number, slope: number] {
  let [m, p] = [start.mean, start.spread];
  let [dm, dp] = [mul(0, m), mul(0, p)];
  let [value, slope] = [-steps * Math.log(2 * Math.PI), 0];
  for (let t = 0; t < steps; t++) {
    dm = plus(times(da, m), times(a, dm));
    m = times(a, m);
    dp = plus(plus(times(da, p, turned(a)), times(a, p, turned(da))), plus(times(a, dp, turned(a)), dq));
    p = plus(times(a, p, turned(a)), q);
    const miss = plus(observations.pick(t, null), times(c, m), -1);
    const dmiss = mul(-1, plus(times(dc, m), times(c, dm)));
    const s = plus(times(c, p, turned(c)), r);
    const ds = plus(plus(times(dc, p, turned(c)), times(c, p, turned(dc))), plus(times(c, dp, turned(c)), dr));
    const w = inverse(s);
    const scaled = times(w, miss);
    value -= 0.5 * (Math.log(determinant(s)) + inner(miss, scaled));
    // The solve of the program uses s as it is, so w may lack symmetry along ds: both halves of the square are written out.
    slope -= 0.5 * (trace(times(w, ds)) + inner(dmiss, scaled) + inner(miss, times(w, dmiss)) - inner(miss, times(w, ds, scaled)));
    const gain = turned(times(w, c, p));
    const dgain = turned(plus(plus(times(w, dc, p), times(w, c, dp)), times(w, ds, w, c, p), -1));
    dm = plus(dm, plus(times(dgain, miss), times(gain, dmiss)));
    m = plus(m, times(gain, miss));
    dp = plus(dp, plus(times(dgain, c, p), plus(times(gain, dc, p), times(gain, c, dp))), -1);
    p = plus(p, times(gain, c, p), -1);
  }
  return [value, slope];
}

/** The log-density of all observations as one Gaussian vector. */
function jointLogDensity([a, q, c, r]: Model<NdArray>): number {
  const means: NdArray[] = [];
  const spreads: NdArray[] = [];
  let [m, p] = [start.mean, start.spread];
  for (let t = 0; t < steps; t++) {
    m = times(a, m);
    p = plus(times(a, p, turned(a)), q);
    means.push(m);
    spreads.push(p);
  }
  const covariance = build([2 * steps, 2 * steps], (row, col) => {
    const [t, u] = [Math.floor((row as number) / 2), Math.floor((col as number) / 2)];
    let block = spreads[Math.min(t, u)] as NdArray;
    for (let k = u; k < t; k++) block = times(a, block);
    for (let k = t; k < u; k++) block = times(block, turned(a));
    const seen = times(c, block, turned(c));
    return (t === u ? plus(seen, r) : seen).get((row as number) % 2, (col as number) % 2);
  });
  const misses = build([2 * steps], (n) => {
    const t = Math.floor((n as number) / 2);
    return observations.get(t, (n as number) % 2) - times(c, means[t] as NdArray).get((n as number) % 2);
  });
  return -0.5 * (gaussianSquare(covariance, misses) + 2 * steps * Math.log(2 * Math.PI));
}

/** xᵀ k⁻¹ x + log det k, by elimination. */
function gaussianSquare(k: NdArray, x: NdArray): number {
  const n = x.size;
  const rows = Array.from({ length: n }, (_, i) => [...Array.from({ length: n }, (__, j) => k.get(i, j)), x.get(i)]);
  let total = 0;
  rows.forEach((row, i) => {
    const pivot = row[i] as number;
    total += Math.log(pivot) + (row[n] as number) ** 2 / pivot;
    for (const other of rows.slice(i + 1)) {
      const factor = (other[i] as number) / pivot;
      row.forEach((entry, j) => {
        other[j] = (other[j] as number) - factor * entry;
      });
    }
  });
  return total;
}

const zero: Model<NdArray> = [0, 1, 2, 3].map(() => build([2, 2], () => 0)) as unknown as Model<NdArray>;
const unit = (i: number, j: number): NdArray => build([2, 2], (k, l) => (k === i && l === j ? 1 : 0));
const tolerance = { rtol: 1e-11, atol: 1e-12 };

test("the value is the log-density of the whole series", () => {
  assertClose(logLikelihood(...model), jointLogDensity(model), tolerance);
  assertClose(byHand(model, zero)[0], jointLogDensity(model), tolerance);
});

test("the gradients are the filter's sensitivities, entry by entry, in both modes", () => {
  const found = gradient(logLikelihood, ...model);
  model.forEach((_, k) => {
    const slopes = build([2, 2], (i, j) => byHand(model, zero.with(k, unit(i as number, j as number)) as unknown as Model<NdArray>)[1]);
    assertClose(found[k] as NdArray, slopes, tolerance, `parameter ${k}`);
  });
  const moves = [1, 2, 3, 4].map((seed) => decimals([2, 2], seed)) as unknown as Model<NdArray>;
  assertClose(pushforward(logLikelihood, [...model], [...moves])[1], byHand(model, moves)[1], tolerance);
});

test("the Hessian by the transition is symmetric, and the slope of the sensitivities", () => {
  const [a, q, c, r] = model;
  const h = hessian((x) => logLikelihood(x, q, c, r), a);
  assertClose(h, h.transpose(2, 3, 0, 1), { rtol: 1e-11, atol: 1e-11 });
  const step = 1e-5;
  const at = (sign: number, i: number, j: number): number =>
    byHand([plus(a, unit(0, 1), sign * step), q, c, r], [unit(i, j), ...zero.slice(1)] as unknown as Model<NdArray>)[1];
  const numeric = build([2, 2], (i, j) => (at(1, i as number, j as number) - at(-1, i as number, j as number)) / (2 * step));
  assertClose(h.pick(0, 1, null, null), numeric, { rtol: 1e-6, atol: 1e-6 });
});

test.run();
