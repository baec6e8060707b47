// The programs of ../programs/networks.ts in the library's functions: what they become, written by hand.
import { type AnyArray, add, div, exp, matmul, mul, type NdArray, neg, pow, type Scalar, similar, sub, sum, tanh } from "cotangent";

interface Layer {
  weights: Scalar[][];
  bias: Scalar[];
}

const dense = (x: Scalar[], { weights, bias }: Layer): Scalar[] =>
  weights.map((row, k) => row.reduce((total, w, i) => add(total, mul(w, x[i] as Scalar)), bias[k] as Scalar));

export function network(first: Layer, second: Layer): Scalar {
  const hidden = dense([0.5, -1, 2], first).map((each) => tanh(each));
  const [out = 0] = dense(hidden, second);
  return pow(sub(out, 0.7), 2);
}

const sigmoid = (x: Scalar): Scalar => div(1, add(1, exp(neg(x))));

export function memory(gates: { w: Scalar; u: Scalar; b: Scalar }[]): Scalar {
  let [h, c]: [Scalar, Scalar] = [0, 0];
  for (const x of [0.5, -1, 0.25, 2]) {
    const [input = 0, forget = 0, output = 0, candidate = 0] = gates.map(({ w, u, b }) => add(add(mul(w, x), mul(u, h)), b));
    c = add(mul(sigmoid(forget), c), mul(sigmoid(input), tanh(candidate)));
    h = mul(sigmoid(output), tanh(c));
  }
  return h;
}

export function pooled(x: AnyArray): Scalar {
  const [m = 0, n = 0] = x.shape;
  const y = similar(x, [m / 2, n / 2]);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) y.set(i >> 1, j >> 1, add(y.get(i >> 1, j >> 1), pow(x.get(i, j), 2)));
  return sum(mul(y, matmul<NdArray>(y, y)));
}
