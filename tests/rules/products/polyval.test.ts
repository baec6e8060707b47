import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, derivative, gradient, hessian, type NdArray, polyval, toNested, zeros } from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const c = array([0.5, -2, 3, 0.25]);
const x = array([
  [0.5, -1.25, 2],
  [0, 1.5, -0.75],
]);
const at = (t: number): number => 0.5 * t ** 3 - 2 * t ** 2 + 3 * t + 0.25;
const slope = (t: number): number => 1.5 * t ** 2 - 4 * t + 3;
const powers = (d: number): number => toNumbers(x).reduce((sum, t) => sum + t ** d, 0);

function toNumbers(array: NdArray): number[] {
  return [...(array.data as Float64Array)];
}

modeTests([
  {
    title: "polyval at a number",
    f: (p: NdArray, t: number) => polyval(p, t),
    args: [c, 1.5],
    value: at(1.5),
    slopes: [array([1.5 ** 3, 1.5 ** 2, 1.5, 1]), slope(1.5)],
  },
  {
    title: "polyval at an array",
    f: (p: NdArray, t: NdArray) => polyval(p, t),
    args: [c, x],
    value: build([2, 3], (i, j) => at(x.get(i, j))),
    slopes: [array([powers(3), powers(2), powers(1), 6]), build([2, 3], (i, j) => slope(x.get(i, j)))],
  },
  {
    title: "polyval of a constant",
    f: (p: NdArray, t: NdArray) => polyval(p, t),
    args: [array([2.5]), x],
    value: build([2, 3], () => 2.5),
    slopes: [array([6]), zeros([2, 3])],
  },
  {
    title: "polyval at a point without axes",
    f: (p: NdArray, t: NdArray) => polyval(p, t),
    args: [decimals([3], 2), array(1.5)],
    value: array(decimals([3], 2).get(0) * 2.25 + decimals([3], 2).get(1) * 1.5 + decimals([3], 2).get(2)),
  },
]);

test("no coefficients give zeros, with zero gradients", () => {
  assert.equal(toNested(polyval(zeros([0]), array([1, 2]))), [0, 0]);
  assert.equal(
    gradient((p, t) => polyval(p, t), zeros([0]), 2).map((g) => (typeof g === "number" ? g : g.shape)),
    [[0], 0],
  );
});

test("derivatives of a polynomial to third order are those of the books", () => {
  const second = (t: number): number => derivative((s) => derivative((r) => polyval(c, r), s), t);
  assert.is(second(2), 3 * 2 - 4);
  assert.is(
    derivative((q) => derivative((s) => derivative((r) => polyval(c, r), s), q), 2),
    3,
  );
  const h = hessian((p) => polyval(p, 2), c) as NdArray;
  assert.ok(toNumbers(h).every((entry) => entry === 0));
});

test("NaN propagates, and the highest coefficient alone decides at infinity", () => {
  assert.ok(Number.isNaN(polyval(c, Number.NaN)));
  assert.ok(Number.isNaN(polyval(array([3]), Number.NaN)));
  assert.is(polyval(c, Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  assert.is(polyval(array([3]), Number.POSITIVE_INFINITY), 3);
});

refused([
  [
    () => polyval([1, 2] as never, 1),
    TypeError,
    "polyval: the coefficients are a list of length 2; give a vector, array([2, 0, 1]) for 2x² + 1",
  ],
  [() => polyval(x, 1), RangeError, "polyval: the coefficients have shape [2, 3]; give a vector, the highest degree first"],
  [() => polyval(c, "1" as never), TypeError, "polyval: x is a string; a number or an array is needed"],
]);

test.run();
