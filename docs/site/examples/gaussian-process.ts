// A Gaussian process
//
// A curve through a few noisy points, with error bars: its length scale,
// amplitude and noise are found by the gradient and the Hessian of the
// likelihood, through a Cholesky factorization. The parameters are logarithms,
// so they stay positive; steps that do not help are damped.
import {
  add, array, cholesky, choleskySolve, diagonal, differentiable, dot, eye,
  gradient, hessian, log, mul, type NdArray, neg, norm, solve, solveTriangular,
  sum, zeros,
} from "cotangent";
import { plot } from "page";

const x = [0.2, 0.9, 1.3, 2.1, 2.8, 3.0, 4.4, 4.9, 5.6, 6.0, 7.8, 8.3, 9.1, 9.7];
const y = [0.31, 0.82, 0.99, 0.8, 0.45, 0.12, -0.93, -1.06, -0.55, -0.3, 1.05, 0.84, 0.35, -0.31];

/** How alike the curve is at two places; p = [ln length, ln amplitude, ln noise]. */
const alike = differentiable(
  (p: NdArray, a: number, b: number): number => Math.exp(2 * p.get(1) - 0.5 * ((a - b) / Math.exp(p.get(0))) ** 2),
);

const covariance = differentiable((p: NdArray): NdArray => {
  const K = zeros([x.length, x.length]);
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < x.length; j++) K.set(i, j, alike(p, x[i]!, x[j]!));
    K.set(i, i, K.get(i, i) + Math.exp(2 * p.get(2)));
  }
  return K;
});

/** −ln of the likelihood, without its constant. */
const loss = differentiable((p: NdArray): number => {
  const L = cholesky(covariance(p));
  const z = solveTriangular(L, array(y));
  return 0.5 * dot<number>(z, z) + sum(log(diagonal(L)));
});

let p = array([Math.log(3), 0, Math.log(0.3)]);
let damping = 10;
for (let step = 0; step < 30; step++) {
  const [slope] = gradient(loss, p);
  if (step % 3 === 0) console.log(`step ${step}: loss ${loss(p).toFixed(6)}, slope ${norm(slope).toExponential(1)}`);
  if (norm(slope) < 1e-8) break;
  const next = add(p, neg(solve(add(hessian(loss, p), mul(damping, eye(3))), slope)));
  if (loss(next) < loss(p)) [p, damping] = [next, damping / 4];
  else damping *= 4;
}
const [length, amplitude, noise] = [0, 1, 2].map((k) => Math.exp(p.get(k)).toFixed(3));
console.log(`length ${length}, amplitude ${amplitude}, noise ${noise}`);

const L = cholesky(covariance(p));
const weights = choleskySolve(L, array(y));
const places = Array.from({ length: 121 }, (_, k) => k / 10 - 1);
const predicted = places.map((at) => {
  const k = array(x.map((other) => alike(p, at, other)));
  const z = solveTriangular(L, k);
  return { mean: dot<number>(k, weights), deviation: Math.sqrt(alike(p, at, at) - dot<number>(z, z)) };
});
plot({
  title: "Mean, and two standard deviations of the curve",
  x: { label: "x" },
  y: { label: "y" },
  series: [
    { label: "measured", x, y, points: true },
    { label: "mean", x: places, y: predicted.map(({ mean }) => mean) },
    { label: "mean + 2 deviations", x: places, y: predicted.map(({ mean, deviation }) => mean + 2 * deviation) },
    { label: "mean − 2 deviations", x: places, y: predicted.map(({ mean, deviation }) => mean - 2 * deviation) },
  ],
});
