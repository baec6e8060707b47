import { test } from "uvu";
import * as assert from "uvu/assert";
import { inner, type NdArray, tensordot } from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const a = decimals([2, 3, 4], 1);
const b = decimals([3, 4, 2], 2);
const c = decimals([4, 2], 3);
const u = decimals([4], 4);
const v = decimals([4], 5);
const total = (n: number, term: (p: number) => number): number => Array.from({ length: n }, (_, p) => term(p)).reduce((x, y) => x + y, 0);
const rtol = 1e-12;

modeTests([
  {
    title: "inner of vectors is a number",
    f: (x: NdArray, y: NdArray) => inner(x, y),
    args: [u, v],
    value: total(4, (p) => u.get(p) * v.get(p)),
    slopes: [v, u],
    rtol,
  },
  {
    title: "inner sums over the last axes of both",
    f: (x: NdArray, y: NdArray) => inner<NdArray>(x, y),
    args: [a, decimals([2, 4], 6)],
    value: build([2, 3, 2], (i, j, k) => total(4, (p) => a.get(i, j, p) * decimals([2, 4], 6).get(k, p))),
    rtol,
  },
  {
    title: "inner of an array and a vector",
    f: (x: NdArray, y: NdArray) => inner<NdArray>(x, y),
    args: [a, u],
    value: build([2, 3], (i, j) => total(4, (p) => a.get(i, j, p) * u.get(p))),
    rtol,
  },
  {
    title: "tensordot over one axis: the last with the first",
    f: (x: NdArray, y: NdArray) => tensordot(x, y, 1),
    args: [a, c],
    value: build([2, 3, 2], (i, j, k) => total(4, (p) => a.get(i, j, p) * c.get(p, k))),
    rtol,
  },
  {
    title: "tensordot over two axes, which is what is meant when nothing is said",
    f: (x: NdArray, y: NdArray) => tensordot(x, y),
    args: [a, b],
    value: build([2, 2], (i, k) => total(3, (p) => total(4, (q) => a.get(i, p, q) * b.get(p, q, k)))),
    rtol,
  },
  {
    title: "tensordot over no axis is the outer product",
    f: (x: NdArray, y: NdArray) => tensordot(x, y, 0),
    args: [c, u],
    value: build([4, 2, 4], (i, j, k) => c.get(i, j) * u.get(k)),
    rtol,
  },
  {
    title: "tensordot over all axes is a number",
    f: (x: NdArray, y: NdArray) => tensordot<number>(x, y, 1),
    args: [u, v],
    value: total(4, (p) => u.get(p) * v.get(p)),
    rtol,
  },
  {
    title: "tensordot over pairs of axes",
    f: (x: NdArray, y: NdArray) =>
      tensordot(x, y, [
        [2, 0],
        [1, -1],
      ]),
    args: [a, b],
    value: build([3, 3], (i, j) => total(4, (p) => total(2, (q) => a.get(q, i, p) * b.get(j, p, q)))),
    rtol,
  },
  {
    title: "tensordot over one pair of axes",
    f: (x: NdArray, y: NdArray) => tensordot(x, y, [1, 0]),
    args: [a, b],
    value: build([2, 4, 4, 2], (i, j, k, l) => total(3, (p) => a.get(i, p, j) * b.get(p, k, l))),
    rtol,
  },
]);

test("an extent of 1 is an extent like any other: nothing broadcasts", () => {
  assert.throws(() => tensordot(decimals([2, 1]), decimals([3, 2]), 1), /axis 1 of the first has 1 entries, axis 0 of the second has 3/);
  assert.equal(tensordot<NdArray>(decimals([2, 1]), decimals([1, 2]), 1).shape, [2, 2]);
});

refused([
  [
    () => inner(a, b),
    RangeError,
    "inner: shapes [2, 3, 4] and [3, 4, 2] do not fit: axis 2 of the first has 4 entries, axis 2 of the second has 2; make them equal",
  ],
  [() => inner(a, 2 as never), TypeError, "inner: argument 2 is a number; an array is needed (mul multiplies by numbers)"],
  [
    () => tensordot(a, c, 3),
    RangeError,
    "tensordot: axes = 3 for shapes [2, 3, 4] and [4, 2]; give how many to sum over, an integer from 0 to 2",
  ],
  [() => tensordot(a, b, 1), RangeError, "tensordot: axis 2 of the first has 4 entries, axis 0 of the second has 3; make them equal"],
  [() => tensordot(a, b, [[1, 2], [0]]), RangeError, "tensordot: axes names 2 of the first and 1 of the second; name as many"],
  [
    () =>
      tensordot(a, b, [
        [1, -2],
        [0, 0],
      ]),
    RangeError,
    "tensordot: axes of the first: axis 1 is named twice; name each axis once",
  ],
  [
    () => tensordot(a, b, [3, 0]),
    RangeError,
    "tensordot: axes of the first: axis = 3 is not an axis of an array with 3 axes; use an integer from -3 to 2",
  ],
  [
    () => tensordot(a, b, "1" as never),
    TypeError,
    'tensordot: axes is the string "1"; give how many to sum over, or a pair, [axes of a, axes of b]',
  ],
]);

test.run();
