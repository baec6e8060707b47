// Tests: convolution, correlation.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  type ConvolutionOptions,
  conv1d,
  conv2d,
  convTranspose1d,
  gradient,
  type NdArray,
  ones,
  type PerSide,
  type Scalar,
  sum,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

type Both = Readonly<Record<"stride" | "padding" | "dilation", readonly [number, number]>> & { readonly groups: number };

/** Convolution written as loops over everything; what lies outside of x is 0. */
function looped(x: NdArray, w: NdArray, b: NdArray | undefined, { stride, padding, dilation, groups }: Both): NdArray {
  const [batch, channels, height, width] = x.shape as [number, number, number, number];
  const [kernels, depth, tall, wide] = w.shape as [number, number, number, number];
  const extent = (input: number, kernel: number, side: 0 | 1): number =>
    Math.floor((input + 2 * padding[side] - dilation[side] * (kernel - 1) - 1) / stride[side]) + 1;
  return build([batch, kernels, extent(height, tall, 0), extent(width, wide, 1)], (n, o, i, j) => {
    const group = Math.floor(o / (kernels / groups));
    let total = b === undefined ? 0 : b.get(o);
    for (let c = 0; c < depth; c++) {
      for (let p = 0; p < tall; p++) {
        for (let q = 0; q < wide; q++) {
          const row = i * stride[0] - padding[0] + p * dilation[0];
          const column = j * stride[1] - padding[1] + q * dilation[1];
          const inside = row >= 0 && row < height && column >= 0 && column < width;
          if (inside) total += w.get(o, c, p, q) * x.get(n, group * (channels / groups) + c, row, column);
        }
      }
    }
    return total;
  });
}

const plain: Both = { stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1 };
const reshaped = (x: NdArray, shape: readonly number[]): NdArray => {
  const data = x.data as Float64Array;
  let n = 0;
  return build(shape, () => data[n++] as number);
};
const asPlane = (x: NdArray): NdArray => reshaped(x, [x.shape[0] as number, x.shape[1] as number, 1, x.shape[2] as number]);
const asLine = (y: NdArray): NdArray => reshaped(y, [y.shape[0] as number, y.shape[1] as number, y.shape[3] as number]);

const planes: readonly (readonly [x: number[], w: number[], options: ConvolutionOptions<PerSide> | undefined, meant: Both])[] = [
  [[2, 2, 3, 4], [3, 2, 2, 2], undefined, plain],
  [[1, 1, 3, 3], [1, 1, 3, 3], {}, plain],
  [[1, 2, 3, 3], [2, 2, 1, 1], {}, plain],
  [[1, 2, 4, 5], [2, 2, 3, 2], { stride: 2 }, { ...plain, stride: [2, 2] }],
  [[1, 2, 3, 4], [2, 2, 2, 3], { padding: 1 }, { ...plain, padding: [1, 1] }],
  [[1, 1, 3, 4], [2, 1, 2, 2], { stride: [1, 3], padding: [2, 1] }, { ...plain, stride: [1, 3], padding: [2, 1] }],
  [[1, 1, 4, 5], [1, 1, 2, 2], { dilation: [2, 3] }, { ...plain, dilation: [2, 3] }],
  [[1, 4, 2, 3], [4, 2, 2, 2], { groups: 2 }, { ...plain, groups: 2 }],
  [[1, 2, 3, 3], [4, 1, 2, 2], { groups: 2, padding: 3, stride: 2 }, { ...plain, groups: 2, padding: [3, 3], stride: [2, 2] }],
];

const lines: readonly (readonly [x: number[], w: number[], options: ConvolutionOptions<number> | undefined, meant: Both])[] = [
  [[2, 2, 6], [3, 2, 3], undefined, plain],
  [[1, 2, 6], [2, 2, 2], { stride: 2, padding: 1 }, { ...plain, stride: [1, 2], padding: [0, 1] }],
  [[1, 2, 6], [2, 1, 3], { dilation: 2, groups: 2 }, { ...plain, dilation: [1, 2], groups: 2 }],
  [[1, 1, 3], [1, 1, 3], { padding: 4, stride: 3 }, { ...plain, padding: [0, 4], stride: [1, 3] }],
];

const said = (options: unknown): string => (options === undefined ? "as it is" : JSON.stringify(options));

modeTests([
  ...planes.map(([xs, ws, options, meant]) => {
    const [x, w, b] = [decimals(xs, 1), decimals(ws, 2), decimals([ws[0] as number], 3)];
    return {
      title: `conv2d of [${xs}] with [${ws}], ${said(options)}`,
      f: (p: NdArray, q: NdArray, r: NdArray) => conv2d(p, q, r, options),
      args: [x, w, b],
      value: looped(x, w, b, meant),
      rtol: 1e-12,
    };
  }),
  ...lines.map(([xs, ws, options, meant]) => {
    const [x, w] = [decimals(xs, 1), decimals(ws, 2)];
    return {
      title: `conv1d of [${xs}] with [${ws}], ${said(options)}, without bias`,
      f: (p: NdArray, q: NdArray) => conv1d(p, q, undefined, options),
      args: [x, w],
      value: asLine(looped(asPlane(x), asPlane(w), undefined, meant)),
      rtol: 1e-12,
    };
  }),
  {
    title: "conv1d with a bias",
    f: (p: NdArray, q: NdArray, r: NdArray) => conv1d(p, q, r),
    args: [decimals([2, 2, 4], 1), decimals([2, 2, 2], 2), decimals([2], 3)],
    value: asLine(looped(asPlane(decimals([2, 2, 4], 1)), asPlane(decimals([2, 2, 2], 2)), decimals([2], 3), plain)),
    rtol: 1e-12,
  },
  ...[{}, { stride: 2 }, { padding: 1 }, { stride: 3, padding: 1 }, { stride: 4 }].map((options: { stride?: number; padding?: number }) => {
    const { stride = 1, padding = 0 } = options;
    const [x, w] = [decimals([2, 3, 4], 1), decimals([3, 2, 3], 2)];
    return {
      title: `convTranspose1d, ${said(options)}`,
      f: (p: NdArray, q: NdArray) => convTranspose1d(p, q, options),
      args: [x, w],
      value: build([2, 2, 3 * stride + 3 - 2 * padding], (n, o, at) => {
        let total = 0;
        for (let c = 0; c < 3; c++)
          for (let i = 0; i < 4; i++)
            for (let k = 0; k < 3; k++) if (i * stride - padding + k === at) total += x.get(n, c, i) * w.get(c, o, k);
        return total;
      }),
      rtol: 1e-12,
    };
  }),
]);

test("larger images agree with the loops: the kernels go through the packed matrix product", () => {
  const [x, w] = [decimals([1, 6, 6, 7], 1), decimals([8, 3, 3, 3], 2)];
  const options = { padding: 1, groups: 2 };
  const y = conv2d(x, w, undefined, options);
  const expected = looped(x, w, undefined, { ...plain, padding: [1, 1], groups: 2 });
  assert.equal(y.shape, expected.shape);
  (y.data as Float64Array).forEach((entry, n) => {
    assert.ok(Math.abs(entry - (expected.data[n] as number)) < 1e-10);
  });
});

test("a convolution does not flip its kernel", () => {
  assert.equal(toNested(conv1d(array([[[1, 2, 3, 4]]]), array([[[1, 0, -1]]]))), [[[-2, -2]]]);
});

test("convTranspose1d is the transpose of conv1d in x", () => {
  const [x, w, options] = [decimals([2, 3, 7], 1), decimals([2, 3, 3], 2), { stride: 2, padding: 1 }] as const;
  const y = decimals([2, 2, 4], 3);
  const inner = (a: NdArray, b: NdArray): number => (a.data as Float64Array).reduce((t, entry, n) => t + entry * (b.data[n] as number), 0);
  assert.ok(Math.abs(inner(conv1d(x, w, undefined, options), y) - inner(x, convTranspose1d(y, w, options))) < 1e-9);
});

test("no images give no images, and the gradients of kernels are zeros", () => {
  const f = (x: AnyArray, w: AnyArray): Scalar => sum(conv2d(x, w));
  assert.equal(conv2d(zeros([0, 2, 3, 3]), ones([4, 2, 2, 2])).shape, [0, 4, 2, 2]);
  const [, wbar] = gradient(f, zeros([0, 2, 3, 3]), ones([1, 2, 1, 1]));
  assert.equal(toNested(wbar), [[[[0]], [[0]]]]);
});

test("x, w and b get gradients of their own kind", () => {
  const single = array([[[1, 2, 3]]], { dtype: "float32" });
  const bias = array([1], { dtype: "float32" });
  const grads = gradient((x, w, b) => sum(conv1d(x, w, b)), single, ones([1, 1, 2]), bias);
  assert.equal(
    grads.map((g) => g.dtype),
    ["float32", "float64", "float32"],
  );
});

const x = ones([1, 4, 5]);
refused([
  [() => conv1d(ones([4, 5]), ones([2, 4, 2])), RangeError, "conv1d: x has shape [4, 5]; an array of shape [N, C, L] is needed"],
  [() => conv2d(x, ones([1, 1, 1, 1])), RangeError, "conv2d: x has shape [1, 4, 5]; an array of shape [N, C, H, W] is needed"],
  [() => conv1d(x, [1] as never), TypeError, "conv1d: w is a list of length 1; an array of shape [O, C / groups, K] is needed"],
  [() => conv1d(x, ones([2, 3, 2])), RangeError, "conv1d: w has shape [2, 3, 2], x has 4 channels; axis 1 of w needs 4 entries"],
  [
    () => conv1d(x, ones([2, 4, 2]), undefined, { groups: 2 }),
    RangeError,
    "conv1d: w has shape [2, 4, 2], x has 4 channels in 2 groups; axis 1 of w needs 2 entries",
  ],
  [
    () => conv1d(x, ones([2, 4, 2]), undefined, { groups: 3 }),
    RangeError,
    "conv1d: groups = 3 does not divide 4 channels and 2 kernels; give a number that divides both",
  ],
  [() => conv1d(x, ones([2, 4, 2]), undefined, { stride: 0 }), RangeError, "conv1d: stride = 0; give an integer from 1 on"],
  [
    () => conv1d(x, ones([2, 4, 6])),
    RangeError,
    "conv1d: a window of 6 entries does not fit axis 2, which has 5 with its padding; make the kernel smaller, but at least 1",
  ],
  [() => conv1d(x, ones([2, 4, 2]), ones([3])), RangeError, "conv1d: b has shape [3] for 2 kernels; give a vector with an entry for each"],
  [
    () => conv1d(x, ones([2, 4, 2]), { stride: 2 } as never),
    TypeError,
    "conv1d: b is a record; where there is no bias, give undefined: conv1d(x, w, undefined, options)",
  ],
  [
    () => conv2d(ones([1, 1, 3, 3]), ones([1, 1, 2, 2]), undefined, { padding: [1, -1] }),
    RangeError,
    "conv2d: padding = [1, -1]; give an integer from 0 on, or a pair of them",
  ],
  [
    () => conv2d(ones([1, 1, 3, 3]), ones([1, 1, 2, 2]), undefined, { padding: "same" as never }),
    TypeError,
    'conv2d: padding is the string "same"; give an integer from 0 on, or a pair of them',
  ],
  [
    () => convTranspose1d(x, ones([3, 2, 2])),
    RangeError,
    "convTranspose1d: w has shape [3, 2, 2], x has 4 channels; axis 0 of w needs 4 entries",
  ],
  [
    () => convTranspose1d(ones([1, 4, 1]), ones([4, 2, 2]), { padding: 1 }),
    RangeError,
    "convTranspose1d: x of shape [1, 4, 1] and a kernel of 2 with padding 1 leave nothing; make x or the kernel longer, or the padding smaller",
  ],
]);

test.run();
