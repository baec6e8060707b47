import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  derivative,
  gradient,
  greater,
  log,
  maskFill,
  maskSelect,
  mul,
  type NdArray,
  type Scalar,
  sum,
  toNested,
} from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const m = decimals([3, 4], 1);
const mask = array(
  [
    [1, 0, 0, 1],
    [0, 0, 1, 0],
    [1, 1, 0, 0],
  ],
  { dtype: "uint8" },
);
const held = (i: number, j: number): boolean => mask.get(i, j) === 1;

modeTests([
  {
    title: "maskSelect lists the entries in row-major order",
    f: (x: NdArray) => maskSelect(x, mask),
    args: [m],
    value: array([m.get(0, 0), m.get(0, 3), m.get(1, 2), m.get(2, 0), m.get(2, 1)]),
    slopes: [build([3, 4], (i, j) => mask.get(i, j))],
  },
  {
    title: "maskSelect by a mask that is a view",
    f: (x: NdArray) => maskSelect(x, mask.step(-1, 1)),
    args: [m],
    value: array([m.get(0, 0), m.get(0, 1), m.get(1, 2), m.get(2, 0), m.get(2, 3)]),
  },
  {
    title: "maskSelect may find nothing",
    f: (x: NdArray) => maskSelect(x, greater(x, 100)),
    args: [m],
    value: array([]),
    slopes: [build([3, 4], () => 0)],
  },
  {
    title: "maskFill puts a number where the mask holds, and differentiates by it",
    f: (x: NdArray, value: number) => maskFill(x, mask, value),
    args: [m, 2.5],
    value: build([3, 4], (i, j) => (held(i, j) ? 2.5 : m.get(i, j))),
    slopes: [build([3, 4], (i, j) => 1 - mask.get(i, j)), 5],
  },
  {
    title: "maskFill broadcasts the mask and the value",
    f: (x: NdArray, value: NdArray) => maskFill(x, array([[1], [0], [1]], { dtype: "uint8" }), value),
    args: [m, array([1.5, 2.5, 3.5, 4.5])],
    value: build([3, 4], (i, j) => (i === 1 ? m.get(i, j) : j + 1.5)),
    slopes: [build([3, 4], (i) => (i === 1 ? 1 : 0)), array([2, 2, 2, 2])],
  },
  {
    title: "maskFill repeats x along axes that the mask has besides",
    f: (x: NdArray, value: number) => maskFill(x, mask, value),
    args: [array([1, 2, 3, 4]), 7],
    value: build([3, 4], (i, j) => (held(i, j) ? 7 : j + 1)),
    slopes: [array([1, 2, 2, 2]), 5],
  },
]);

test("anything but 0 holds, whatever kind of number and memory the mask has", () => {
  const x = array([1, 2, 3, 4, 5]);
  for (const entries of [
    [0, 2, 255, 0, 128],
    [0, -1, 0.5, 0, Number.NaN],
    [-0, 1, Number.POSITIVE_INFINITY, 0, 1],
  ]) {
    const kinds = entries.every((entry) => Number.isInteger(entry) && entry >= 0)
      ? (["uint8", "int32", "float64", "float32"] as const)
      : (["float64", "float32"] as const);
    for (const dtype of kinds) {
      for (const mask of [array(entries, { dtype }), array([...entries].reverse(), { dtype }).step(-1)]) {
        assert.equal(toNested(maskSelect(x, mask)), [2, 3, 5]);
        assert.equal(toNested(maskFill(x, mask, 9)), [1, 9, 9, 4, 9]);
        assert.equal(toNested(gradient((a) => sum(maskSelect(a, mask)), x)[0]), [0, 1, 1, 0, 1]);
        assert.equal(
          gradient((a, value) => sum(maskFill(a, mask, value)), x, 9).map((bar) => (typeof bar === "number" ? bar : toNested(bar))),
          [[1, 0, 0, 1, 0], 3],
        );
      }
    }
  }
});

test("what is filled leaves no trace: not even infinite slopes do", () => {
  const x = array([0, 1, 2]);
  const f = (a: AnyArray): Scalar => sum(maskFill(log(a), array([1, 0, 0]), 0)) as Scalar;
  assert.equal(toNested(gradient(f, x)[0]), [0, 1, 0.5]);
  assert.equal(toNested(maskFill(array([1, 2]), array([0, 1]), -Infinity)), [1, -Infinity]);
});

test("a value may be traced alone", () => {
  assert.is(
    derivative((v) => sum(maskFill(array([1, 2, 3]), array([1, 0, 1]), mul(v, v))) as Scalar, 3),
    12,
  );
  assert.equal(toNested(maskFill(array([1, 2]), true, 5)), [5, 5]);
  assert.is(maskFill(array([1], { dtype: "float32" }), array([1]), 0.1).dtype, "float32");
});

test("a comparison under way selects", () => {
  const f = (x: AnyArray): Scalar => sum(mul(maskSelect(x, greater(x, 1)), 3)) as Scalar;
  assert.equal(toNested(gradient(f, array([0, 2, 5]))[0]), [0, 3, 3]);
});

refused([
  [() => maskSelect(m, array([1, 0, 0, 1])), RangeError, "maskSelect: mask has shape [4], x has [3, 4]; make them equal"],
  [() => maskSelect(m, true as never), TypeError, "maskSelect: mask is true; give an array of 1 and 0, such as greater(x, 0)"],
  [
    () => maskFill(m, [1, 0] as never, 1),
    TypeError,
    "maskFill: mask is a list of length 2; give an array of 1 and 0, such as greater(x, 0)",
  ],
  [() => maskFill(m, mask, "0" as never), TypeError, "maskFill: value is a string; a number or an array is needed"],
  [() => maskFill(2 as never, mask, 1), TypeError, "maskFill: x is a number; an array is needed"],
]);

test.run();
