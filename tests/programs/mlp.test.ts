import { test } from "uvu";
import { type AnyArray, add, crossEntropy, gradient, matmul, mul, type NdArray, type Scalar, tanh, toNested } from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { build, decimals } from "../helpers/layouts.js";

interface Layer<A> {
  readonly w: A;
  readonly b: A;
}

const [rows, inputs, hidden, classes] = [5, 3, 4, 3];
const x = decimals([rows, inputs], 41);
const labels = [2, 0, 1, 1, 2];
const layers: readonly [Layer<NdArray>, Layer<NdArray>] = [
  { w: mul(0.2, decimals([inputs, hidden], 42)), b: mul(0.1, decimals([hidden], 43)) },
  { w: mul(0.2, decimals([hidden, classes], 44)), b: mul(0.1, decimals([classes], 45)) },
];

function loss(layers: readonly [Layer<AnyArray>, Layer<AnyArray>]): Scalar {
  const [first, second] = layers;
  const h = tanh(add(matmul<AnyArray>(x, first.w), first.b));
  return crossEntropy(add(matmul<AnyArray>(h, second.w), second.b), labels) as Scalar;
}

const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k);
const total = (n: number, term: (k: number) => number): number => range(n).reduce((s, k) => s + term(k), 0);

/** Backpropagation written out by hand. */
function byHand(): { value: number; slopes: unknown } {
  const [{ w: w1, b: b1 }, { w: w2, b: b2 }] = layers;
  const h = range(rows).map((i) => range(hidden).map((k) => Math.tanh(b1.get(k) + total(inputs, (j) => x.get(i, j) * w1.get(j, k)))));
  const z = h.map((row) => range(classes).map((c) => b2.get(c) + total(hidden, (k) => (row[k] as number) * w2.get(k, c))));
  const p = z.map((row) => row.map((e) => Math.exp(e) / row.reduce((s, o) => s + Math.exp(o), 0)));
  const dz = p.map((row, i) => row.map((e, c) => (e - (c === labels[i] ? 1 : 0)) / rows));
  const at = (m: number[][], i: number, j: number): number => m[i]?.[j] as number;
  const dh = h.map((row, i) => row.map((e, k) => (1 - e * e) * total(classes, (c) => at(dz, i, c) * w2.get(k, c))));
  const value = -range(rows).reduce((s, i) => s + Math.log(at(p, i, labels[i] as number)), 0) / rows;
  const slopes = [
    {
      w: build([inputs, hidden], (j = 0, k = 0) => total(rows, (i) => x.get(i, j) * at(dh, i, k))),
      b: build([hidden], (k = 0) => total(rows, (i) => at(dh, i, k))),
    },
    {
      w: build([hidden, classes], (k = 0, c = 0) => total(rows, (i) => at(h, i, k) * at(dz, i, c))),
      b: build([classes], (c = 0) => total(rows, (i) => at(dz, i, c))),
    },
  ];
  return { value, slopes };
}

test("a network with one hidden layer: the gradient is that of backpropagation by hand, in the structure of its parameters", () => {
  const { value, slopes } = byHand();
  assertClose(loss(layers), value, { rtol: 1e-13 });
  assertClose(gradient(loss, layers)[0], slopes, { rtol: 1e-12, atol: 1e-14 });
});

test("gradient descent learns the labels", () => {
  let now = layers as readonly [Layer<NdArray>, Layer<NdArray>];
  for (let step = 0; step < 200; step++) {
    const [slopes] = gradient(loss, now) as unknown as [typeof now];
    const moved = now.map(({ w, b }, k) => ({
      w: add(w, mul(-1, (slopes[k] as Layer<NdArray>).w)),
      b: add(b, mul(-1, (slopes[k] as Layer<NdArray>).b)),
    }));
    now = moved as unknown as typeof now;
  }
  const last = loss(now) as number;
  if (!(last < 0.05)) throw new Error(`the loss is still ${last}, parameters ${JSON.stringify(toNested((now[0] as Layer<NdArray>).b))}`);
});

test.run();
