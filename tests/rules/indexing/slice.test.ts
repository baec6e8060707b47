import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  gradient,
  mul,
  type NdArray,
  primal,
  range,
  type Scalar,
  type SliceEntry,
  slice,
  sum,
  toNested,
} from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const m = decimals([3, 4], 1);
const cube = decimals([2, 3, 4], 2);
const line = array([0, 1, 2, 3, 4, 5, 6]);

modeTests([
  { title: "slice takes a row", f: (x: NdArray) => slice(x, [1, null]), args: [m], value: build([4], (j) => m.get(1, j)) },
  {
    title: "slice takes a column counted from the end",
    f: (x: NdArray) => slice(x, [null, -2]),
    args: [m],
    value: build([3], (i) => m.get(i, 2)),
  },
  {
    title: "slice takes a block",
    f: (x: NdArray) => slice(x, [[1], [0, 3, 2]]),
    args: [m],
    value: build([2, 2], (i, j) => m.get(i + 1, 2 * j)),
  },
  {
    title: "slice reverses",
    f: (x: NdArray) => slice(x, [0, [undefined, undefined, -1], [3, 0, -2]]),
    args: [cube],
    value: build([3, 2], (i, j) => cube.get(0, 2 - i, 3 - 2 * j)),
  },
  {
    title: "slice at integers gives a number",
    f: (x: NdArray) => slice(x, [-1, 2]),
    args: [m],
    value: m.get(2, 2),
    slopes: [build([3, 4], (i, j) => (i === 2 && j === 2 ? 1 : 0))],
  },
  {
    title: "slice with fewer entries than axes leaves those at the end whole",
    f: (x: NdArray) => slice(x, [-1]),
    args: [m],
    value: build([4], (j) => m.get(2, j)),
    slopes: [build([3, 4], (i) => (i === 2 ? 1 : 0))],
  },
  {
    title: "slice of an axis in the middle and none behind",
    f: (x: NdArray) => slice(x, [null, [1, 3]]),
    args: [cube],
    value: build([2, 2, 4], (i, j, k) => cube.get(i, j + 1, k)),
  },
  { title: "slice without entries is a copy", f: (x: NdArray) => slice(x, []), args: [m], value: m },
  {
    title: "slice may take nothing",
    f: (x: NdArray) => slice(x, [[2, 1], null]),
    args: [m],
    value: build([0, 4], () => 0),
    slopes: [build([3, 4], () => 0)],
  },
]);

/** What NumPy 1.26 gives for arange(7)[start:stop:step]. */
const clipped: readonly [readonly (number | undefined)[], number[]][] = [
  [[], [0, 1, 2, 3, 4, 5, 6]],
  [[2], [2, 3, 4, 5, 6]],
  [
    [undefined, 3],
    [0, 1, 2],
  ],
  [[-3], [4, 5, 6]],
  [
    [-100, 100],
    [0, 1, 2, 3, 4, 5, 6],
  ],
  [
    [1, -1, 2],
    [1, 3, 5],
  ],
  [[5, 2], []],
  [[100], []],
  [
    [undefined, undefined, -2],
    [6, 4, 2, 0],
  ],
  [
    [4, undefined, -1],
    [4, 3, 2, 1, 0],
  ],
  [
    [undefined, 4, -1],
    [6, 5],
  ],
  [
    [100, -100, -3],
    [6, 3, 0],
  ],
  [[2, 4, -1], []],
  [[-100, undefined, -1], []],
  [[0, -7, -1], []],
  [[undefined, undefined, 100], [0]],
];
for (const [entry, expected] of clipped) {
  test(`slice [${entry.join(", ")}] of seven entries clips as NumPy does`, () => {
    assert.equal(toNested(slice(line, [entry as SliceEntry])), expected);
    const seen = gradient((x) => sum(slice(x, [entry as SliceEntry])), line)[0] as NdArray;
    assert.equal(
      [...seen.data],
      [0, 1, 2, 3, 4, 5, 6].map((k) => (expected.includes(k) ? 1 : 0)),
    );
  });
}

test("a range is an entry; an array without axes is one number", () => {
  assert.equal(toNested(slice(line, [range(2, 4)])), [2, 3]);
  assert.is(slice(array(5), []), 5);
});

test("the result is fresh", () => {
  const y = slice(m, [null, null]);
  y.set(0, 0, 50);
  assert.is.not(m.get(0, 0), 50);
});

test("a traced index is refused, with the cure: it has no derivative", () => {
  const f = (x: Scalar): Scalar => mul(x, slice(line, [x as number]));
  assert.throws(() => gradient(f, 3), /^slice: argument 2 is .*traced.*give its plain value, primal\(x\)$/);
  assert.equal(
    gradient((x: Scalar) => mul(x, slice(line, [primal(x)])), 3),
    [3],
  );
});

refused([
  [
    () => slice(m, [1, 2, 3]),
    RangeError,
    "slice: the index has 3 entries for an array of shape [3, 4]; give at most one entry for each axis, null for all of it",
  ],
  [
    () => slice(m, null as never),
    RangeError,
    "slice: the index is null for an array of shape [3, 4]; give at most one entry for each axis, null for all of it",
  ],
  [() => slice(m, [3, null]), RangeError, "slice: index[0] = 3 leaves axis 0 of length 3; use an integer from -3 to 2"],
  [() => slice(m, [-4, null]), RangeError, "slice: index[0] = -4 leaves axis 0 of length 3; use an integer from -3 to 2"],
  [() => slice(array([1, 2, 3]), [-4]), RangeError, "slice: index[0] = -4 leaves axis 0 of length 3; use an integer from -3 to 2"],
  [() => slice(m, [null, 0.5]), RangeError, "slice: index[1] = 0.5 leaves axis 1 of length 4; use an integer from -4 to 3"],
  [
    () => slice(m, [null, [0, 4, 0]]),
    RangeError,
    "slice: index[1] = [0, 4, 0]; give [start, stop, step], integers or undefined, with a step other than 0",
  ],
  [() => slice(m, [null, "all" as never]), TypeError, "slice: index[1] is a string; give null, an integer, or [start, stop, step]"],
]);

test.run();
