import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, diag, diagonal, linspace, type NdArray, type Scalar, trace, tril, triu } from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const v = decimals([5], 1);
const m = decimals([3, 4], 2);
const cube = decimals([2, 3, 4], 4);
const square = decimals([4, 4], 6);

modeTests([
  { title: "diag takes a diagonal", f: (x: NdArray) => diag(x, { k: 1 }), args: [m], value: build([3], (i) => m.get(i, i + 1)) },
  {
    title: "diag makes a matrix",
    f: (x: NdArray) => diag(x, { k: -2 }),
    args: [v],
    value: build([7, 7], (i, j) => (i === j + 2 ? v.get(j) : 0)),
  },
  {
    title: "diagonal runs along two axes",
    f: (x: NdArray) => diagonal(x, { axis1: 2, axis2: 0 }),
    args: [cube],
    value: build([3, 2], (i, k) => cube.get(k, i, k)),
  },
  {
    title: "trace sums the diagonal",
    f: (x: NdArray) => trace(x),
    args: [m],
    value: m.get(0, 0) + m.get(1, 1) + m.get(2, 2),
    slopes: [build([3, 4], (i, j) => (i === j ? 1 : 0))],
  },
  {
    title: "linspace differentiates in both ends",
    f: (a: Scalar, b: Scalar) => linspace(a, b, 5),
    args: [1, 4],
    value: array([1, 1.75, 2.5, 3.25, 4]),
    slopes: [2.5, 2.5],
  },
  {
    title: "linspace of one is its start",
    f: (a: Scalar, b: Scalar) => linspace(a, b, 1),
    args: [1, 4],
    value: array([1]),
    slopes: [1, 0],
  },
]);

for (const k of [-5, -1, 0, 2, 4]) {
  modeTests([
    {
      title: `tril keeps diagonal ${k} and below`,
      f: (x: NdArray) => tril(x, { k }),
      args: [decimals([2, 3, 4], 8)],
      value: build([2, 3, 4], (h, i, j) => (j <= i + k ? decimals([2, 3, 4], 8).get(h, i, j) : 0)),
    },
    {
      title: `triu keeps diagonal ${k} and above`,
      f: (x: NdArray) => triu(x, { k }),
      args: [square],
      value: build([4, 4], (i, j) => (j >= i + k ? square.get(i, j) : 0)),
    },
  ]);
}

test("the last entry of linspace is its stop exactly", () => {
  for (const [a, b, count] of [
    [0, 0.7, 8],
    [1e300, -1e300, 3],
    [-0.1, 0.3, 5],
  ] as const) {
    const y = linspace(a, b, count);
    assert.is(y.get(0), a);
    assert.is(y.get(count - 1), b);
  }
});

refused([
  [() => diag(cube), RangeError, "diag: an array of shape [2, 3, 4]; give a vector or a matrix (diagonal takes more axes)"],
  [() => diag(m, { k: 0.5 }), RangeError, "diag: k = 0.5 is not a diagonal; give an integer"],
  [() => diagonal(m, { axis2: 0 }), RangeError, "diagonal: axis 0 is named twice; a diagonal runs along two axes"],
  [() => tril(v), RangeError, "tril: an array of shape [5] has no rows and columns; give one with two axes or more"],
  [() => trace(v), RangeError, "trace: an array of shape [5]; give a matrix, or take sum(diagonal(x), { axis: -1 })"],
  [() => linspace(0, 1, 2.5), RangeError, "linspace: num = 2.5 is not a count; give an integer, 0 or more"],
  [() => linspace("0" as never, 1, 2), TypeError, "linspace: start is a string; give a number"],
]);

test.run();
