// Whole programs in plain TypeScript: what a user writes. Read as text by the tests, and checked by the compiler.
import { differentiable, matmul, mul, type NdArray, sum, zeros } from "cotangent";

interface Layer {
  weights: number[][];
  bias: number[];
}

const dense = differentiable((x: number[], { weights, bias }: Layer): number[] =>
  weights.map((row, k) => row.reduce((total, w, i) => total + w * (x[i] as number), bias[k] as number)),
);

/** A small network, its parameters a record of lists. */
export const network: (first: Layer, second: Layer) => number = differentiable((first: Layer, second: Layer): number => {
  const hidden = dense([0.5, -1, 2], first).map(Math.tanh);
  const [out = 0] = dense(hidden, second);
  return (out - 0.7) ** 2;
});

const sigmoid = differentiable((x: number): number => 1 / (1 + Math.exp(-x)));

/** One number's long short-term memory over a series. Source: S. Hochreiter, J. Schmidhuber (1997). */
export const memory: (gates: { w: number; u: number; b: number }[]) => number = differentiable(
  (gates: { w: number; u: number; b: number }[]): number => {
    let [h, c] = [0, 0];
    for (const x of [0.5, -1, 0.25, 2]) {
      const [input = 0, forget = 0, output = 0, candidate = 0] = gates.map(({ w, u, b }) => w * x + u * h + b);
      c = sigmoid(forget) * c + sigmoid(input) * Math.tanh(candidate);
      h = sigmoid(output) * Math.tanh(c);
    }
    return h;
  },
);

/** Sum pooling by single entries, then a product of whole arrays. */
export const pooled: (x: NdArray) => number = differentiable((x: NdArray): number => {
  const [m = 0, n = 0] = x.shape;
  const y = zeros([m / 2, n / 2]);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) y.set(i >> 1, j >> 1, y.get(i >> 1, j >> 1) + x.get(i, j) ** 2);
  return sum(mul(y, matmul(y, y)));
});
