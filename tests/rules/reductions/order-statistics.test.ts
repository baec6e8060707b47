// Tests: order-statistics, argsort.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { argsort, array, gradient, median, mul, type NdArray, quantile, sum, toNested, zeros } from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { decimals } from "../../helpers/layouts.js";

const x = array([4, 1, 3, 2]);
const m = decimals([3, 4], 3);

modeTests([
  {
    title: "median of an even number is the mean of two",
    f: (a: NdArray) => median(a),
    args: [x],
    value: 2.5,
    slopes: [array([0, 0, 0.5, 0.5])],
  },
  {
    title: "quantile interpolates as NumPy does",
    f: (a: NdArray) => quantile(a, 0.4),
    args: [x],
    value: 2.2,
    slopes: [array([0, 0, 0.2, 0.8])],
    rtol: 1e-12,
  },
  { title: "quantile at the ends", f: (a: NdArray) => quantile(a, [0, 1]), args: [x], value: array([1, 4]), slopes: [array([1, 1, 0, 0])] },
  {
    title: "a list of probabilities adds an axis in front",
    f: (a: NdArray) => quantile(a, [0.5, 0.25], { axis: 1 }),
    args: [m],
    value: stacked([0.5, 0.25], false),
  },
  {
    title: "a list of probabilities with kept axes",
    f: (a: NdArray) => quantile(a, [0.1], { axis: -1, keepDims: true }),
    args: [m],
    value: stacked([0.1], true),
  },
  {
    // The two entries in the middle are equal: each still has its half of the mean, so that swapping them changes nothing.
    title: "median of an even number with equal entries in the middle has half a slope at the first two of them",
    f: (a: NdArray) => median(a),
    args: [array([2, 1, 2, 2])],
    value: 2,
    slopes: [array([0.5, 0, 0.5, 0])],
    kink: true,
  },
  {
    title: "median of two equal entries",
    f: (a: NdArray) => median(a),
    args: [array([3, 3])],
    value: 3,
    slopes: [array([0.5, 0.5])],
  },
  {
    title: "median between two pairs of equal entries is between the first ones",
    f: (a: NdArray) => median(a),
    args: [array([2, 1, 2, 1])],
    value: 1.5,
    slopes: [array([0.5, 0.5, 0, 0])],
    kink: true,
  },
  {
    title: "quantile between equal entries shares its slope as between others",
    f: (a: NdArray) => quantile(a, 0.4),
    args: [array([5, 3, 1, 3])],
    value: 3,
    slopes: [array([0, 0.8, 0, 0.2])],
    rtol: 1e-12,
    kink: true,
  },
  {
    title: "median of equal entries along an axis",
    f: (a: NdArray) => median(a, { axis: 0 }),
    args: [
      array([
        [5, 5],
        [5, 7],
        [5, 7],
      ]),
    ],
    value: array([5, 7]),
    slopes: [
      array([
        [1, 0],
        [0, 1],
        [0, 0],
      ]),
    ],
    kink: true,
  },
]);

/** Quantiles of the rows of m, one number at a time. */
function stacked(qs: readonly number[], kept: boolean): NdArray {
  const rows = [0, 1, 2].map((i) => array([0, 1, 2, 3].map((j) => m.get(i, j))));
  const nested = qs.map((q) => rows.map((row) => (kept ? [quantile(row, q)] : quantile(row, q))));
  return array(nested);
}

test("infinite entries are ranked, and do not spoil a weight of 0", () => {
  assert.is(median(array([Infinity, 1, -Infinity])), 1);
  assert.is(quantile(array([0, 1, Infinity]), 0.5), 1);
  assert.is(quantile(array([0, 1, Infinity]), 0.75), Infinity);
});

test("NaN gives NaN and takes the gradient", () => {
  const spoilt = array([3, Number.NaN, 1]);
  assert.ok(Number.isNaN(median(spoilt)));
  assert.equal(toNested(gradient((a) => median(a), spoilt)[0]), [0, 1, 0]);
});

test("argsort is stable, puts NaN last, and goes along the last axis unless told", () => {
  assert.equal(toNested(argsort(array([3, 1, Number.NaN, 1, -Infinity, Number.NaN]))), [4, 1, 3, 0, 2, 5]);
  assert.equal(toNested(argsort(array([Number.NaN, 2, Number.NaN, 1]))), [3, 1, 0, 2]);
  const y = array([
    [3, 1, 2],
    [0, 5, 0],
  ]);
  assert.equal(toNested(argsort(y)), [
    [1, 2, 0],
    [0, 2, 1],
  ]);
  assert.equal(toNested(argsort(y, { axis: 0 })), [
    [1, 0, 1],
    [0, 1, 0],
  ]);
  assert.equal(toNested(argsort(y.transpose(1, 0))), [
    [1, 0],
    [0, 1],
    [1, 0],
  ]);
  assert.is(argsort(y).dtype, "int32");
  assert.equal(argsort(zeros([0, 3]), { axis: 0 }).shape, [0, 3]);
});

test("argsort of a traced array has no derivative", () => {
  assert.equal(toNested(gradient((a) => sum(mul(argsort(a), a)), array([3, 1, 2]))[0]), [1, 2, 0]);
});

test.run();
