// Logistic regression
//
// Two clouds of points, and the line between them: the weights are found by
// Newton's method with the exact Hessian. The picture shows the probability
// that the fit gives to every place of the plane.
import {
  add, array, differentiable, gradient, hessian, type NdArray, neg, norm,
  sigmoid, softplus, solve, zeros,
} from "cotangent";
import { seededRandom } from "cotangent/testing";
import { picture, plot } from "page";

const random = seededRandom(7);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const cloud = (x: number, y: number) => Array.from({ length: 60 }, () => [x + normal(), y + 0.7 * normal()] as const);
const [first, second] = [cloud(-1, -0.5), cloud(1.2, 0.8)];
const points = [...first.map((at) => [...at, 0] as const), ...second.map((at) => [...at, 1] as const)];

/** Minus the logarithm of the likelihood of all labels, and a little to keep the weights small. */
const loss = differentiable((w: NdArray): number => {
  let total = 0;
  for (const [x, y, label] of points) {
    const z = w.get(0) + w.get(1) * x + w.get(2) * y;
    total += softplus(z) - label * z;
  }
  return total + 0.01 * (w.get(1) ** 2 + w.get(2) ** 2);
});

let w = array([0, 0, 0]);
for (let step = 0; step < 8; step++) {
  const [slope] = gradient(loss, w);
  console.log(`step ${step}: loss ${loss(w).toFixed(6)}, slope ${norm(slope).toExponential(1)}`);
  if (norm(slope) < 1e-9) break;
  w = add(w, neg(solve(hessian(loss, w), slope)));
}

const border = [-3, 3];
plot({
  title: "Two clouds, and the line where both are as likely",
  x: { label: "x" },
  y: { label: "y" },
  series: [
    { label: "first", x: first.map(([x]) => x), y: first.map(([, y]) => y), points: true },
    { label: "second", x: second.map(([x]) => x), y: second.map(([, y]) => y), points: true },
    { label: "border", x: border, y: border.map((x) => -(w.get(0) + w.get(1) * x) / w.get(2)) },
  ],
});

const plane = zeros([40, 60]);
for (let i = 0; i < 40; i++)
  for (let j = 0; j < 60; j++) plane.set(i, j, sigmoid(w.get(0) + w.get(1) * (j / 10 - 3) + w.get(2) * (2 - i / 10)));
picture(plane, { title: "Probability of the second cloud, x from −3 to 3, y from 2 down to −2" });
