// Rosenbrock's valley
//
// A long, curved valley with its lowest point at (1, 1). Descent with momentum
// follows its floor; Newton's method, which sees the curvature, is there in a
// few steps. Change the start, the rate or the momentum, and look where the
// path goes.
import {
  add, array, differentiable, gradient, hessian, type NdArray, neg, norm, solve,
} from "cotangent";
import { plot } from "page";

const height = differentiable((p: NdArray): number => (1 - p.get(0)) ** 2 + 100 * (p.get(1) - p.get(0) ** 2) ** 2);

const start = [-1.2, 1];
const [rate, momentum, steps] = [0.0004, 0.97, 600];

const walked = { x: [...start.slice(0, 1)], y: [...start.slice(1)] };
let p = array(start);
let speed = array([0, 0]);
for (let step = 0; step < steps; step++) {
  const [slope] = gradient(height, p);
  speed = array([0, 1].map((k) => momentum * speed.get(k) - rate * slope.get(k)));
  p = add(p, speed);
  walked.x.push(p.get(0));
  walked.y.push(p.get(1));
}
console.log(`momentum: height ${height(p).toExponential(1)} after ${steps} steps`);

const jumped = { x: [...start.slice(0, 1)], y: [...start.slice(1)] };
let q = array(start);
let count = 0;
while (norm(gradient(height, q)[0]) > 1e-10 && count < 50) {
  q = add(q, neg(solve(hessian(height, q), gradient(height, q)[0])));
  jumped.x.push(q.get(0));
  jumped.y.push(q.get(1));
  count++;
}
console.log(`Newton: height ${height(q).toExponential(1)} after ${count} steps`);

const floor = Array.from({ length: 61 }, (_, k) => -1.5 + k / 20);
plot({
  title: "Two ways down",
  x: { label: "x" },
  y: { label: "y" },
  series: [
    { label: "floor of the valley, y = x²", x: floor, y: floor.map((x) => x * x) },
    { label: "momentum", ...walked },
    { label: "Newton", ...jumped, points: true },
    { label: "lowest point", x: [1], y: [1], points: true },
  ],
});
