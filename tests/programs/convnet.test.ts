import { test } from "uvu";
import {
  type AnyArray,
  add,
  conv2d,
  crossEntropy,
  gradient,
  matmul,
  maxPool2d,
  mul,
  type NdArray,
  relu,
  reshape,
  type Scalar,
} from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { build, decimals } from "../helpers/layouts.js";

const [images, side, kernel, channels, classes] = [2, 6, 3, 2, 3];
const x = mul(0.2, decimals([images, 1, side, side], 71));
const w = mul(0.2, decimals([channels, 1, kernel, kernel], 72));
const bias = mul(0.05, decimals([channels], 73));
const dense = mul(0.2, decimals([channels * 4, classes], 74));
const labels = [2, 0];

/** Convolution, rectifier, pooling by 2, a dense layer and cross entropy. */
function loss(w: AnyArray, bias: AnyArray, dense: AnyArray): Scalar {
  const features = maxPool2d(relu(conv2d(x, w, bias)), { kernel: [2, 2] });
  return crossEntropy(matmul<AnyArray>(reshape(features, [images, channels * 4]), dense), labels) as Scalar;
}

const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

/** Forward and backward by loops. */
function byHand(): { value: number; slopes: NdArray[] } {
  const [dw, db, dd] = [w.shape, bias.shape, dense.shape].map((shape) => build(shape, () => 0)) as [NdArray, NdArray, NdArray];
  let value = 0;
  for (const n of range(images)) {
    const response = (o: number, i: number, j: number): number => {
      let s = bias.get(o);
      for (const a of range(kernel)) for (const c of range(kernel)) s += w.get(o, 0, a, c) * x.get(n, 0, i + a, j + c);
      return s;
    };
    // Each feature with the place that decides it.
    const features = range(channels * 4).map((f) => {
      const [o, i, j] = [f >> 2, ((f >> 1) & 1) * 2, (f & 1) * 2];
      let best: readonly [number, number, number] = [Number.NEGATIVE_INFINITY, 0, 0];
      for (const a of [0, 1])
        for (const c of [0, 1]) {
          const r = Math.max(0, response(o, i + a, j + c));
          if (r > best[0]) best = [r, i + a, j + c];
        }
      return best;
    });
    const z = range(classes).map((c) => features.reduce((s, [r], f) => s + r * dense.get(f, c), 0));
    const sum = z.reduce((s, e) => s + Math.exp(e), 0);
    value += (Math.log(sum) - (z[labels[n] as number] as number)) / images;
    const dz = z.map((e, c) => (Math.exp(e) / sum - (c === labels[n] ? 1 : 0)) / images);
    features.forEach(([r, i, j], f) => {
      for (const c of range(classes)) dd.set(f, c, dd.get(f, c) + r * (dz[c] as number));
      if (r <= 0) return;
      const df = dz.reduce((s, e, c) => s + e * dense.get(f, c), 0);
      const o = f >> 2;
      db.set(o, db.get(o) + df);
      for (const a of range(kernel)) for (const c of range(kernel)) dw.set(o, 0, a, c, dw.get(o, 0, a, c) + df * x.get(n, 0, i + a, j + c));
    });
  }
  return { value, slopes: [dw, db, dd] };
}

test("a convolutional network: value and gradient are those by hand", () => {
  const { value, slopes } = byHand();
  assertClose(loss(w, bias, dense), value, { rtol: 1e-13 });
  assertClose(gradient(loss, w, bias, dense), slopes, { rtol: 1e-12, atol: 1e-14 });
});

test("images may be what is moved", () => {
  const blank = (pixels: AnyArray): Scalar => crossEntropy(reshape(add(pixels, 0), [images, side * side]), labels) as Scalar;
  const [slope] = gradient(blank, mul(0, x));
  const share = 1 / (side * side);
  const expected = build([images, 1, side, side], (n = 0, _, i = 0, j = 0) => (share - (labels[n] === i * side + j ? 1 : 0)) / images);
  assertClose(slope, expected, { rtol: 1e-12, atol: 1e-15 });
});

test.run();
