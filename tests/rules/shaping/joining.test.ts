import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, concat, gradient, jacobian, type NdArray, type Scalar, split, stack, sum, toNested, zeros } from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const v = decimals([5], 1);
const m = decimals([3, 4], 2);
const n = decimals([3, 2], 3);

modeTests([
  {
    title: "concat joins along an axis",
    f: (x: NdArray, y: NdArray) => concat([x, y, x], { axis: -1 }),
    args: [m, n],
    value: build([3, 10], (i, j) => (j < 4 ? m.get(i, j) : j < 6 ? n.get(i, j - 4) : m.get(i, j - 6))),
  },
  {
    title: "concat takes a list that is one argument",
    f: (xs: NdArray[]) => concat(xs),
    args: [[v, v]],
    value: build([10], (i) => v.get(i % 5)),
  },
  {
    title: "stack adds an axis",
    f: (x: NdArray, y: NdArray) => stack([x, y], { axis: 1 }),
    args: [m, decimals([3, 4], 9)],
    value: build([3, 2, 4], (i, k, j) => (k === 0 ? m : decimals([3, 4], 9)).get(i, j)),
  },
  {
    title: "stack makes an array of numbers",
    f: (a: Scalar, b: Scalar) => stack([a, 2, b]),
    args: [1.5, -3],
    value: array([1.5, 2, -3]),
    slopes: [1, 1],
  },
  {
    title: "split cuts into sizes",
    f: (x: NdArray) => split(x, [1, 0, 3], { axis: 1 }),
    args: [m],
    value: [build([3, 1], (i) => m.get(i, 0)), zeros([3, 0]), build([3, 3], (i, j) => m.get(i, j + 1))],
  },
  {
    title: "split cuts into equal parts",
    f: (x: NdArray) => split(x, 3),
    args: [m],
    value: [0, 1, 2].map((k) => build([1, 4], (_, j) => m.get(k, j))),
  },
]);

test("float32 and float64 join to float64, and each gets a gradient of its own kind", () => {
  const a = array([1, 2], { dtype: "float32" });
  const b = array([3], { dtype: "float64" });
  assert.is(concat([a, b]).dtype, "float64");
  const [abar, bbar] = gradient((x, y) => sum(concat([x, y])), a, b);
  assert.equal([abar.dtype, bbar.dtype], ["float32", "float64"]);
});

test("jacobian of a list's entry is found through concat of traced and plain arrays", () => {
  const J = jacobian((x) => concat([array([9]), x]), array([1, 2])) as NdArray;
  assert.equal(toNested(J), [
    [0, 0],
    [1, 0],
    [0, 1],
  ]);
});

refused([
  [() => concat([]), RangeError, "concat: the list is empty; give at least one array"],
  [() => concat(m as never), TypeError, "concat: the first argument is an array of shape [3, 4]; give a list of arrays"],
  [() => concat([m, 3 as never]), TypeError, "concat: entry 1 of the list is a number; an array is needed (stack takes numbers)"],
  [() => concat([m, n]), RangeError, "concat: entry 1 has shape [3, 2], entry 0 has [3, 4]; they may differ along axis 0 only"],
  [() => stack([m, n]), RangeError, "stack: entry 1 has shape [3, 2], entry 0 has [3, 4]; make them equal"],
  [() => split(m, 2), RangeError, "split: axis 0 with 3 entries does not fall into 2 equal parts; give a divisor, or a list of sizes"],
  [() => split(m, [2, 2]), RangeError, "split: sizes [2, 2] add up to 4, axis 0 has 3 entries; make them integers that add up to it"],
]);

test.run();
