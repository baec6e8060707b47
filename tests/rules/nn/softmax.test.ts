// Tests: softmax, softmax-lines, fused.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, gradient, logSoftmax, mul, type NdArray, softmax, sum, toNested, zeros } from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const matrix = decimals([3, 4], 1);
const cube = decimals([2, 3, 2], 2);

/** The share of x[at] in Σ exp x over the indices `others`. */
const share = (x: NdArray, at: readonly number[], others: readonly (readonly number[])[]): number =>
  1 / others.reduce((total, other) => total + Math.exp(x.get(...other) - x.get(...at)), 0);
const along = (at: readonly number[], axis: number, length: number): number[][] =>
  Array.from({ length }, (_, k) => at.map((index, n) => (n === axis ? k : index)));

modeTests([
  {
    title: "softmax of rows",
    f: (x: NdArray) => softmax(x),
    args: [matrix],
    value: build([3, 4], (...at) => share(matrix, at, along(at, 1, 4))),
    rtol: 1e-12,
  },
  {
    title: "softmax along an axis in the middle",
    f: (x: NdArray) => softmax(x, { axis: 1 }),
    args: [cube],
    value: build([2, 3, 2], (...at) => share(cube, at, along(at, 1, 3))),
    rtol: 1e-12,
  },
  {
    title: "logSoftmax of columns",
    f: (x: NdArray) => logSoftmax(x, { axis: -2 }),
    args: [matrix],
    value: build([3, 4], (...at) => Math.log(share(matrix, at, along(at, 0, 3)))),
    slopes: [build([3, 4], (...at) => 1 - 3 * share(matrix, at, along(at, 0, 3)))],
    rtol: 1e-11,
  },
]);

test("nothing overflows at ±800, in values and slopes", () => {
  const x = array([800, -800, 800]);
  assert.equal(toNested(softmax(x)), [0.5, 0, 0.5]);
  assertClose(logSoftmax(x), array([-Math.LN2, -1600 - Math.LN2, -Math.LN2]), { rtol: 1e-15, atol: 0 });
  assert.equal(toNested(gradient((x) => sum(mul(softmax(x), array([1, 5, 3]))), x)[0]), [-0.5, 0, 0.5]);
});

test("an entry of −∞ has a share of 0 and a slope of 0", () => {
  const x = array([0, Number.NEGATIVE_INFINITY, 0]);
  assert.equal(toNested(softmax(x)), [0.5, 0, 0.5]);
  assert.equal(toNested(gradient((x) => sum(mul(softmax(x), array([1, 7, 3]))), x)[0]), [-0.5, 0, 0.5]);
});

test("a line of −∞ alone, one with ∞ and one with NaN give NaN", () => {
  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
  for (const x of [array([-infinity, -infinity]), array([infinity, infinity]), array([nan, nan])])
    for (const f of [softmax, logSoftmax]) assert.ok((toNested(f(x)) as number[]).every(Number.isNaN));
});

test("axes of one entry give 1 and 0, empty ones nothing", () => {
  assert.equal(toNested(softmax(array([[3], [4]]))), [[1], [1]]);
  assert.equal(toNested(logSoftmax(array([[3], [4]]))), [[0], [0]]);
  assert.equal(softmax(zeros([2, 0])).shape, [2, 0]);
  assert.equal(softmax(zeros([0, 2])).shape, [0, 2]);
});

refused([
  [() => softmax(matrix, { axis: 2 }), RangeError, "softmax: axis = 2 is not an axis of an array with 2 axes; use an integer from -2 to 1"],
  [() => logSoftmax(3 as never), TypeError, "logSoftmax: x is a number; an array is needed"],
]);

test.run();
