import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, gradient, type NdArray, pad, repeat, roll, type Scalar, sum, tile, toNested, zeros } from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const m = decimals([3, 4], 2);
const n = decimals([3, 2], 3);

modeTests([
  {
    title: "roll moves all entries in row-major order",
    f: (x: NdArray) => roll(x, -5),
    args: [m],
    value: build([3, 4], (i, j) => m.get(Math.floor(((4 * i + j + 5) % 12) / 4), (j + 5) % 4)),
  },
  {
    title: "roll moves along axes",
    f: (x: NdArray) => roll(x, [1, -6], { axis: [0, 1] }),
    args: [m],
    value: build([3, 4], (i, j) => m.get((i + 2) % 3, (j + 6) % 4)),
  },
  {
    title: "tile sets copies side by side",
    f: (x: NdArray) => tile(x, [2, 1, 3]),
    args: [m],
    value: build([2, 3, 12], (_, i, j) => m.get(i, j % 4)),
  },
  { title: "tile takes fewer counts than axes", f: (x: NdArray) => tile(x, 2), args: [m], value: build([3, 8], (i, j) => m.get(i, j % 4)) },
  {
    title: "repeat repeats in place along an axis",
    f: (x: NdArray) => repeat(x, 2, { axis: 0 }),
    args: [m],
    value: build([6, 4], (i, j) => m.get(i >> 1, j)),
  },
  {
    title: "repeat without an axis goes through all entries",
    f: (x: NdArray) => repeat(x, 3),
    args: [n],
    value: build([18], (i) => n.get(Math.floor(i / 6), Math.floor(i / 3) % 2)),
  },
  {
    title: "repeat takes a count for each entry",
    f: (x: NdArray) => repeat(x, [2, 0, 1, 3], { axis: -1 }),
    args: [m],
    value: build([3, 6], (i, j) => m.get(i, [0, 0, 2, 3, 3, 3][j] as number)),
  },
  {
    title: "pad adds zeros",
    f: (x: NdArray) =>
      pad(x, [
        [1, 0],
        [0, 2],
      ]),
    args: [n],
    value: build([4, 4], (i, j) => (i > 0 && j < 2 ? n.get(i - 1, j) : 0)),
  },
  {
    title: "pad takes one width for all sides",
    f: (x: NdArray) => pad(x, 1),
    args: [n],
    value: build([5, 4], (i, j) => (i > 0 && i < 4 && j > 0 && j < 3 ? n.get(i - 1, j - 1) : 0)),
  },
  {
    title: "pad with a value that is not differentiated",
    f: (x: NdArray) => pad(x, [0, 1], { value: -2 }),
    args: [n],
    value: build([4, 3], (i, j) => (i < 3 && j < 2 ? n.get(i, j) : -2)),
  },
  {
    title: "pad differentiates in its value too",
    f: (x: NdArray, value: Scalar) => pad(x, [1, 2], { value }),
    args: [n, 0.5],
    value: build([6, 5], (i, j) => (i > 0 && i < 4 && j > 0 && j < 3 ? n.get(i - 1, j - 1) : 0.5)),
    slopes: [build([3, 2], () => 1), 24],
  },
]);

refused([
  [() => roll(m, 0.5), RangeError, "roll: shift = [0.5]; give integers"],
  [() => roll(m, [1, 2, 3], { axis: [0, 1] }), RangeError, "roll: 3 shifts for 2 axes; give one shift for each axis, or one for all"],
  [() => tile(m, [-1]), RangeError, "tile: reps = [-1]; give how often to repeat along each axis, integers, 0 or more"],
  [
    () => repeat(m, [1, 2], { axis: 0 }),
    RangeError,
    "repeat: repeats = [1, 2] for 3 entries; give one integer, 0 or more, or one for each",
  ],
  [
    () =>
      pad(m, [
        [1, 1],
        [1, 1],
        [1, 1],
      ]),
    RangeError,
    "pad: 3 pairs of widths for 2 axes; give one for all, or one for each axis",
  ],
  [() => pad(m, -1), RangeError, "pad: widths [-1,-1]; give pairs [before, after] of integers, 0 or more"],
  [
    () => pad(m, 1, { mode: "mean" as never }),
    RangeError,
    'pad: mode = "mean" is not there; use "constant", "edge", "reflect", "symmetric" or "wrap"',
  ],
]);

test("pad with copies: the outermost entry, mirrored without and with it, and round, as NumPy", () => {
  const v = array([1, 2, 3]);
  assert.equal(toNested(pad(v, [2, 1], { mode: "edge" })), [1, 1, 1, 2, 3, 3]);
  assert.equal(toNested(pad(v, [4, 3], { mode: "reflect" })), [1, 2, 3, 2, 1, 2, 3, 2, 1, 2]);
  assert.equal(toNested(pad(v, [4, 3], { mode: "symmetric" })), [3, 3, 2, 1, 1, 2, 3, 3, 2, 1]);
  assert.equal(toNested(pad(v, [4, 3], { mode: "wrap" })), [3, 1, 2, 3, 1, 2, 3, 1, 2, 3]);
  const square = array([
    [1, 2],
    [3, 4],
  ]);
  const widths: [number, number][] = [
    [1, 0],
    [0, 2],
  ];
  const rows = [
    [1, 2, 2, 2],
    [1, 2, 2, 2],
    [3, 4, 4, 4],
  ];
  assert.equal(toNested(pad(square, widths, { mode: "edge" })), rows);
  // Each entry receives from all of its copies.
  assert.equal(toNested(gradient((x) => sum(pad(x, [4, 3], { mode: "reflect" })), v)[0]), [3, 5, 2]);
  assert.throws(() => pad(zeros([0, 2]), 1, { mode: "edge" }), /pad: mode = "edge" for an array of shape \[0, 2\]: an empty axis/);
});

test.run();
