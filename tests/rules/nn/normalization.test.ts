// Tests: normalization, normalization-rule, normalization-plan, standardize, normalized-lines.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  batchNorm,
  derivative,
  gradient,
  layerNorm,
  mul,
  type NdArray,
  ones,
  rmsNorm,
  type Scalar,
  sum,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";

const x = decimals([3, 4], 1);
const cube = decimals([2, 3, 2], 2);
const images = decimals([3, 2, 2], 3);
const weight = decimals([4], 4);
const bias = decimals([4], 5);
const [channelWeight, channelBias] = [decimals([2], 6), decimals([2], 7)];
const eps = 1e-5;
const average = (entries: readonly number[]): number => entries.reduce((a, b) => a + b, 0) / entries.length;
/** (value − mean) / √(variance + eps) among these entries. */
const standard = (value: number, entries: readonly number[], small = eps): number => {
  const center = average(entries);
  return (value - center) / Math.sqrt(average(entries.map((entry) => (entry - center) ** 2)) + small);
};
const row = (i: number): number[] => [0, 1, 2, 3].map((j) => x.get(i, j));
const plane = (h: number): number[] => [0, 1, 2].flatMap((i) => [0, 1].map((j) => cube.get(h, i, j)));
const channel = (c: number): number[] => [0, 1, 2].flatMap((n) => [0, 1].map((k) => images.get(n, c, k)));
const rtol = 1e-11;

modeTests([
  {
    title: "layerNorm of rows",
    f: (x: NdArray, w: NdArray, b: NdArray) => layerNorm(x, w, b),
    args: [x, weight, bias],
    value: build([3, 4], (i, j) => weight.get(j) * standard(x.get(i, j), row(i)) + bias.get(j)),
    rtol,
  },
  {
    title: "layerNorm over two axes, without weight and bias",
    f: (x: NdArray) => layerNorm(x, undefined, undefined, { shape: [3, 2], eps: 0.5 }),
    args: [cube],
    value: build([2, 3, 2], (h, i, j) => standard(cube.get(h, i, j), plane(h), 0.5)),
    rtol,
  },
  {
    title: "batchNorm of channels with an axis after them",
    f: (x: NdArray, w: NdArray, b: NdArray) => batchNorm(x, w, b),
    args: [images, channelWeight, channelBias],
    value: build([3, 2, 2], (n, c, k) => channelWeight.get(c) * standard(images.get(n, c, k), channel(c)) + channelBias.get(c)),
    rtol,
  },
  {
    title: "rmsNorm of rows",
    f: (x: NdArray, w: NdArray) => rmsNorm(x, w, { eps: 0.1 }),
    args: [x, weight],
    value: build([3, 4], (i, j) => (weight.get(j) * x.get(i, j)) / Math.sqrt(average(row(i).map((entry) => entry ** 2)) + 0.1)),
    rtol,
  },
]);

test("the gradients of weight and bias are sums over rows", () => {
  const [wbar, bbar] = gradient((w, b) => sum(layerNorm(x, w, b)), weight, bias);
  assert.equal(toNested(bbar), [3, 3, 3, 3]);
  [0, 1, 2, 3].forEach((j) => {
    const expected = [0, 1, 2].reduce((total, i) => total + standard(x.get(i, j), row(i)), 0);
    assert.ok(Math.abs(wbar.get(j) - expected) < 1e-12);
  });
});

test("batchNorm of a view of images: sums over all axes but the channels', with and without weight and bias", () => {
  const view = decimals([2, 3, 2, 4], 8).transpose(3, 1, 0, 2);
  const seed = decimals([4, 3, 2, 2], 9);
  const entries = (of: (n: number, i: number, j: number) => number): number[] =>
    [0, 1, 2, 3].flatMap((n) => [0, 1].flatMap((i) => [0, 1].map((j) => of(n, i, j))));
  const all = (c: number): number[] => entries((n, i, j) => view.get(n, c, i, j));
  const [wbar, bbar] = gradient((w, b) => sum(mul(batchNorm(view, w, b), seed)), ones([3]), zeros([3]));
  const [xbar] = gradient((x) => sum(mul(batchNorm(x, array([2, 2, 2])), seed)), view);
  const [bare] = gradient((x) => sum(mul(batchNorm(x), seed)), view);
  [0, 1, 2].forEach((c) => {
    const seeds = entries((n, i, j) => seed.get(n, c, i, j));
    const along = entries((n, i, j) => seed.get(n, c, i, j) * standard(view.get(n, c, i, j), all(c)));
    const spread = Math.sqrt(average(all(c).map((entry) => (entry - average(all(c))) ** 2)) + eps);
    const expected = (seed.get(1, c, 0, 1) - average(seeds) - standard(view.get(1, c, 0, 1), all(c)) * average(along)) / spread;
    assert.ok(Math.abs(wbar.get(c) - 16 * average(along)) < 1e-12);
    assert.ok(Math.abs(bbar.get(c) - 16 * average(seeds)) < 1e-12);
    assert.ok(Math.abs(bare.get(1, c, 0, 1) - expected) < 1e-12);
    assert.ok(Math.abs(xbar.get(1, c, 0, 1) - 2 * expected) < 1e-12);
  });
});

test("where nothing differs the answer is the bias, and slopes are finite", () => {
  const flat = array([[2, 2, 2, 2]]);
  assert.equal(toNested(layerNorm(flat, weight, bias)), [[...(toNested(bias) as number[])]]);
  const [xbar] = gradient((x) => sum(mul(layerNorm(x, undefined, undefined, { eps: 4 }), array([1, 0, 0, 3]))), flat);
  assert.equal(toNested(xbar), [[0, -0.5, -0.5, 1]]);
});

test("what rounding leaves of the mean of equal entries is not brought to unit size", () => {
  for (const entry of [0.1, 0.7, 1e10 / 3]) {
    const flat = array([Array<number>(7).fill(entry)]);
    assert.ok([...layerNorm(flat, undefined, undefined, { eps: 1e-40 }).data].every((y) => y === 0));
  }
});

modeTests([
  {
    title: "layerNorm with its eps",
    f: (x: NdArray, w: NdArray, b: NdArray, eps: number) => layerNorm(x, w, b, { eps }),
    args: [x, weight, bias, 0.5],
    value: build([3, 4], (i, j) => weight.get(j) * standard(x.get(i, j), row(i), 0.5) + bias.get(j)),
    rtol,
  },
  {
    title: "batchNorm with its eps, no weight",
    f: (x: NdArray, b: NdArray, eps: number) => batchNorm(x, undefined, b, { eps }),
    args: [images, channelBias, 0.25],
    value: build([3, 2, 2], (n, c, k) => standard(images.get(n, c, k), channel(c), 0.25) + channelBias.get(c)),
    rtol,
  },
  {
    title: "rmsNorm with its eps",
    f: (x: NdArray, w: NdArray, eps: number) => rmsNorm(x, w, { eps }),
    args: [x, weight, 0.1],
    value: build([3, 4], (i, j) => (weight.get(j) * x.get(i, j)) / Math.sqrt(average(row(i).map((entry) => entry ** 2)) + 0.1)),
    rtol,
  },
]);

test("the slope by eps is −½ x (mean x² + eps)^(−3/2): in closed form for one row", () => {
  const f = (eps: Scalar): Scalar => rmsNorm(array([[3, 4]]), array([1, 0]), { eps }).get(0, 0);
  const size = 12.5 + 3.5;
  assertClose(derivative(f, 3.5), (-0.5 * 3) / size ** 1.5, { rtol: 1e-14 });
  assertClose(
    derivative((eps: Scalar) => derivative(f, eps), 3.5),
    (0.75 * 3) / size ** 2.5,
    { rtol: 1e-14 },
  );
  assertClose(gradient((options: { eps: Scalar }) => sum(rmsNorm(array([[3, 4]]), undefined, options)), { eps: 3.5 })[0].eps, -3.5 / 64, {
    rtol: 1e-14,
  });
});

test("rmsNorm and layerNorm take the eps 1e-5 unless told", () => {
  assert.equal(toNested(rmsNorm(x, weight)), toNested(rmsNorm(x, weight, { eps })));
  assert.equal(toNested(layerNorm(x)), toNested(layerNorm(x, undefined, undefined, { eps })));
});

test("a weight or a bias alone, and no rows", () => {
  const alone = layerNorm(x, undefined, bias);
  assert.ok(Math.abs(alone.get(1, 2) - standard(x.get(1, 2), row(1)) - bias.get(2)) < 1e-12);
  assert.equal(layerNorm(zeros([0, 4]), weight, bias).shape, [0, 4]);
  assert.equal(rmsNorm(zeros([0, 4]), weight).shape, [0, 4]);
});

for (const [what, call] of Object.entries({
  "layerNorm: a weight of another shape": () => layerNorm(x, zeros([3])),
  "layerNorm: a shape that x does not end with": () => layerNorm(x, weight, bias, { shape: [3] }),
  "layerNorm: a traced eps below 0": () => derivative((eps: Scalar) => sum(layerNorm(x, weight, bias, { eps })), -1),
  "layerNorm: an eps that is no number": () => layerNorm(x, weight, bias, { eps: "1" as never }),
  "batchNorm: x without channels": () => batchNorm(zeros([3]), zeros([3]), zeros([3])),
  "batchNorm: a bias of another shape": () => batchNorm(x, weight, zeros([1])),
  "rmsNorm: a weight that is a number": () => rmsNorm(x, 2 as never),
})) {
  test(`refused: ${what}`, () => {
    assert.throws(call, (error: Error) => error.message.startsWith(`${what.split(":")[0]}: `) && error.message.includes("; "));
  });
}

test.run();
