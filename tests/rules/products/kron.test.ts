import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, gradient, kron, type NdArray, sum, toNested, zeros } from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const a = decimals([2, 3], 1);
const b = decimals([2, 2], 2);
const u = decimals([3], 3);
const deep = decimals([2, 1, 2], 4);
const rtol = 1e-12;

modeTests([
  {
    title: "kron of matrices: blocks of the second",
    f: (x: NdArray, y: NdArray) => kron(x, y),
    args: [a, b],
    value: build([4, 6], (i, j) => a.get(i >> 1, j >> 1) * b.get(i % 2, j % 2)),
    rtol,
  },
  {
    title: "kron of vectors",
    f: (x: NdArray, y: NdArray) => kron(x, y),
    args: [u, decimals([2], 5)],
    value: build([6], (i) => u.get(i >> 1) * decimals([2], 5).get(i % 2)),
    rtol,
  },
  {
    title: "kron of arrays with axes of different number",
    f: (x: NdArray, y: NdArray) => kron(x, y),
    args: [u, deep],
    value: build([2, 1, 6], (i, _, k) => u.get(Math.floor(k / 2)) * deep.get(i, 0, k % 2)),
    rtol,
  },
  {
    title: "kron with the deeper array first",
    f: (x: NdArray, y: NdArray) => kron(x, y),
    args: [deep, b],
    value: build([2, 2, 4], (i, j, k) => deep.get(i, 0, k >> 1) * b.get(j, k % 2)),
    rtol,
  },
  {
    title: "kron with a number",
    f: (x: number, y: NdArray) => kron(x, y),
    args: [1.5, b],
    value: build([2, 2], (i, j) => 1.5 * b.get(i, j)),
    rtol,
  },
]);

test("the example of the books", () => {
  const y = kron(
    array([
      [1, 2],
      [3, 4],
    ]),
    array([[0, 5]]),
  );
  assert.equal(toNested(y), [
    [0, 5, 0, 10],
    [0, 15, 0, 20],
  ]);
});

test("two numbers give a number, empty arrays empty ones", () => {
  assert.is(kron(2, 3), 6);
  assert.equal(kron(zeros([0, 2]), a).shape, [0, 6]);
  assert.equal(
    gradient((x, y) => sum(kron(x, y)), zeros([0, 2]), a).map((g) => g.shape),
    [
      [0, 2],
      [2, 3],
    ],
  );
});

refused([[() => kron("a" as never, b), TypeError, "kron: argument 1 is a string; a number or an array is needed"]]);

test.run();
