import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, cross, dot, type NdArray, toNested, zeros } from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const u = decimals([3], 1);
const v = decimals([3], 2);
const rows = decimals([2, 3], 3);
const column = decimals([2, 1, 3], 4);

/** Entry k of p × q, by the sign of permutations. */
const entry = (k: number, p: (i: number) => number, q: (i: number) => number): number =>
  [0, 1, 2].reduce((sum, i) => sum + [0, 1, 2].reduce((t, j) => t + (((i - j) * (j - k) * (k - i)) / 2) * p(i) * q(j), 0), 0);

modeTests([
  {
    title: "cross of vectors",
    f: (x: NdArray, y: NdArray) => cross(x, y),
    args: [u, v],
    value: build([3], (k) =>
      entry(
        k,
        (i) => u.get(i),
        (j) => v.get(j),
      ),
    ),
  },
  {
    title: "cross of rows with one vector",
    f: (x: NdArray, y: NdArray) => cross(x, y),
    args: [rows, v],
    value: build([2, 3], (r, k) =>
      entry(
        k,
        (i) => rows.get(r, i),
        (j) => v.get(j),
      ),
    ),
  },
  {
    title: "cross where both broadcast",
    f: (x: NdArray, y: NdArray) => cross(x, y),
    args: [column, rows],
    value: build([2, 2, 3], (c, r, k) =>
      entry(
        k,
        (i) => column.get(c, 0, i),
        (j) => rows.get(r, j),
      ),
    ),
  },
]);

test("the unit vectors turn into each other, and the product is perpendicular to both factors", () => {
  assert.equal(toNested(cross(array([1, 0, 0]), array([0, 1, 0]))), [0, 0, 1]);
  const w = cross(u, v);
  assert.ok(Math.abs(dot<number>(w, u)) < 1e-12 && Math.abs(dot<number>(w, v)) < 1e-12);
  assert.equal(cross(zeros([0, 3]), v).shape, [0, 3]);
});

refused([
  [
    () => cross(array([1, 2]), v),
    RangeError,
    "cross: argument 1 has shape [2]; three entries along the last axis are needed; append zeros to vectors in the plane, pad(x, [[0, 1]])",
  ],
  [() => cross(u, decimals([4])), RangeError, "cross: argument 2 has shape [4]; three entries along the last axis are needed"],
  [() => cross(u, 1 as never), TypeError, "cross: argument 2 is a number; an array is needed (mul multiplies by numbers)"],
  [
    () => cross(rows, decimals([4, 3])),
    RangeError,
    "cross: shapes [2, 3] and [4, 3] do not broadcast: axis 0 has extents 2 and 4; make them equal, or one of them 1",
  ],
]);

test.run();
