// Tests: take, gather, indices, blocks.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  argmax,
  argsort,
  array,
  expandDims,
  gather,
  gradient,
  mul,
  type NdArray,
  primal,
  range,
  rrule,
  type Scalar,
  sort,
  sum,
  take,
  takeAlongAxis,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const m = decimals([3, 4], 1);
const cube = decimals([2, 3, 4], 2);
const integers = (nested: number[] | number[][] | number[][][]): NdArray => array(nested, { dtype: "int32" });

/** How often a list of indices, counted from the front, names each of `length` entries. */
const counts = (indices: readonly number[], length: number): number[] =>
  Array.from({ length }, (_, k) => indices.filter((index) => index === k).length);

const rows = [2, 0, 2];
const along = [
  [1, 2, 0, 1],
  [0, 0, 2, -1],
];

modeTests([
  {
    title: "take takes rows, some of them twice",
    f: (x: NdArray) => take(x, rows),
    args: [m],
    value: build([3, 4], (k, j) => m.get(rows[k] as number, j)),
    slopes: [build([3, 4], (i) => counts(rows, 3)[i] as number)],
  },
  {
    title: "take along the last axis, counted from the end",
    f: (x: NdArray) => take(x, [-1, 0, -2], { axis: -1 }),
    args: [cube],
    value: build([2, 3, 3], (i, j, k) => cube.get(i, j, [3, 0, 2][k] as number)),
  },
  {
    title: "take along an axis in the middle with indices of two axes",
    f: (x: NdArray) =>
      take(
        x,
        integers([
          [2, 0],
          [0, 1],
          [2, 2],
        ]),
        { axis: 1 },
      ),
    args: [cube],
    value: build([2, 3, 2, 4], (i, p, q, k) =>
      cube.get(
        i,
        [
          [2, 0],
          [0, 1],
          [2, 2],
        ][p]?.[q] as number,
        k,
      ),
    ),
    slopes: [build([2, 3, 4], (_, j) => [2, 1, 3][j] as number)],
  },
  {
    title: "take at one index drops the axis",
    f: (x: NdArray) => take(x, -2, { axis: 1 }) as NdArray,
    args: [m],
    value: build([3], (i) => m.get(i, 2)),
  },
  {
    title: "take of a vector at one index is a number",
    f: (x: NdArray) => take(x, 1) as number,
    args: [array([5, 7, 9])],
    value: 7,
    slopes: [array([0, 1, 0])],
  },
  {
    title: "take may take nothing",
    f: (x: NdArray) => take(x, []),
    args: [m],
    value: build([0, 4], () => 0),
    slopes: [build([3, 4], () => 0)],
  },
  {
    title: "takeAlongAxis takes entries each at its own place",
    f: (x: NdArray) => takeAlongAxis(x, along, { axis: 0 }),
    args: [m],
    value: build([2, 4], (k, j) => m.get(((along[k]?.[j] as number) + 3) % 3, j)),
    slopes: [
      build(
        [3, 4],
        (i, j) =>
          counts(
            along.map((row) => ((row[j] as number) + 3) % 3),
            3,
          )[i] as number,
      ),
    ],
  },
  {
    title: "takeAlongAxis broadcasts along the other axes",
    f: (x: NdArray) => takeAlongAxis(x, integers([[[3, 0]]])),
    args: [cube],
    value: build([2, 3, 2], (i, j, k) => cube.get(i, j, k === 0 ? 3 : 0)),
  },
  {
    title: "takeAlongAxis repeats an axis of extent 1",
    f: (x: NdArray) =>
      takeAlongAxis(
        x,
        integers([
          [0, 1],
          [1, 1],
          [2, 0],
        ]),
        { axis: 1 },
      ),
    args: [decimals([1, 3], 5)],
    value: build([3, 2], (i, k) =>
      decimals([1, 3], 5).get(
        0,
        [
          [0, 1],
          [1, 1],
          [2, 0],
        ][i]?.[k] as number,
      ),
    ),
    slopes: [array([[2, 3, 1]])],
  },
  {
    title: "gather takes entries by rows and columns",
    f: (x: NdArray) => gather(x, [0, 2, 0, -1], [1, 3, 1, 0]) as NdArray,
    args: [m],
    value: array([m.get(0, 1), m.get(2, 3), m.get(0, 1), m.get(2, 0)]),
    slopes: [build([3, 4], (i, j) => (i === 0 && j === 1 ? 2 : (i === 2 && j === 3) || (i === 2 && j === 0) ? 1 : 0))],
  },
  {
    title: "gather by fewer lists than axes takes what lies behind",
    f: (x: NdArray) => gather(x, [1, 0], [2, -3]) as NdArray,
    args: [cube],
    value: build([2, 4], (k, j) => cube.get(1 - k, k === 0 ? 2 : 0, j)),
  },
  {
    title: "gather broadcasts its lists, numbers too",
    f: (x: NdArray) => gather(x, integers([[1], [0]]), 2, [0, 3, 3]) as NdArray,
    args: [cube],
    value: build([2, 3], (i, k) => cube.get(1 - i, 2, [0, 3, 3][k] as number)),
  },
  { title: "gather at integers is a number", f: (x: NdArray) => gather(x, 1, -1) as number, args: [m], value: m.get(1, 3) },
]);

test("argsort and takeAlongAxis sort; argmax and takeAlongAxis find the largest", () => {
  assert.equal(toNested(takeAlongAxis(m, argsort(m))), toNested(sort(m)));
  const largest = takeAlongAxis(m, expandDims(argmax(m, { axis: 1 }), 1));
  assert.equal(largest.shape, [3, 1]);
  assert.is(largest.get(1, 0), Math.max(...[0, 1, 2, 3].map((j) => m.get(1, j))));
});

test("indices may be lists of lists, typed arrays, and arrays of any kind that hold integers", () => {
  const x = array([10, 20, 30]);
  assert.equal(
    toNested(
      take(x, [
        [0, 2],
        [1, -1],
      ]),
    ),
    [
      [10, 30],
      [20, 30],
    ],
  );
  assert.equal(toNested(take(x, Uint8Array.of(2, 0))), [30, 10]);
  assert.equal(toNested(take(x, array([1, 1]))), [20, 20]);
  assert.equal(toNested(take(x, integers([0, 1, 2]).step(-2))), [30, 10]);
  assert.is(take(x, array(2, { dtype: "int32" })) as unknown, 30);
  assert.equal(take(zeros([2, 0]), [0, 1, 1]).shape, [3, 0]);
});

test("traced indices are refused, with the cure; their plain values have no derivative", () => {
  assert.throws(
    () => gradient((x: AnyArray, at: Scalar): Scalar => mul(at, take(x, at) as Scalar), array([4, 5, 6]), 2),
    /^take: argument 2 is a traced number; it has no derivative there, which would be lost: give its plain value, primal\(x\)$/,
  );
  const f = (x: AnyArray, at: Scalar): Scalar => mul(at, take(x, primal(at)) as Scalar);
  assert.equal(
    gradient(f, array([4, 5, 6]), 2).map((part) => (typeof part === "number" ? part : toNested(part))),
    [[0, 0, 2], 6],
  );
});

test("many takes of one array add up", () => {
  const x = decimals([40, 30], 3);
  const f = (a: AnyArray): Scalar => {
    let total: Scalar = 0;
    for (let k = 0; k < 40; k++) total = add(total, sum(mul(take(a, [k, k]), k)));
    return total;
  };
  const seen = gradient(f, x)[0] as NdArray;
  assert.equal(toNested(seen), toNested(build([40, 30], (i) => 2 * i)));
});

test("the pullback can add to a cotangent that is there, a view too, and touches the taken entries alone", () => {
  const [, back] = rrule(take, decimals([40, 30], 3), [1, 1]) as unknown as [unknown, (ybar: NdArray) => { addTo(acc: NdArray): void }[]];
  const held = build([30, 40], () => 1);
  back(build([2, 30], () => 2))[1]?.addTo(held.transpose(1, 0));
  assert.equal(toNested(held), toNested(build([30, 40], (_, i) => (i === 1 ? 5 : 1))));
});

test("the result is fresh", () => {
  const y = take(m, [0]);
  y.set(0, 0, 50);
  assert.is.not(m.get(0, 0), 50);
});

refused([
  [() => take(m, [0, 3]), RangeError, "take: indices[1] = 3 leaves axis 0 of length 3; use integers from -3 to 2"],
  [() => take(m, Int32Array.of(0, -4)), RangeError, "take: indices[1] = -4 leaves axis 0 of length 3; use integers from -3 to 2"],
  [() => take(m, Int32Array.of(3, 0)), RangeError, "take: indices[0] = 3 leaves axis 0 of length 3; use integers from -3 to 2"],
  [() => take(m, Float64Array.of(0, -4)), RangeError, "take: indices[1] = -4 leaves axis 0 of length 3; use integers from -3 to 2"],
  [() => take(m, Float64Array.of(0, 3)), RangeError, "take: indices[1] = 3 leaves axis 0 of length 3; use integers from -3 to 2"],
  [() => take(m, [0, -4]), RangeError, "take: indices[1] = -4 leaves axis 0 of length 3; use integers from -3 to 2"],
  [() => take(m, -5, { axis: 1 }), RangeError, "take: indices = -5 leaves axis 1 of length 4; use integers from -4 to 3"],
  [() => take(m, [[0], [0.5]]), RangeError, "take: indices[1][0] = 0.5 leaves axis 0 of length 3; use integers from -3 to 2"],
  [() => take(m, array([Number.NaN])), RangeError, "take: indices[0] = NaN leaves axis 0 of length 3; use integers from -3 to 2"],
  [() => take(zeros([0, 2]), [0]), RangeError, "take: indices[0] = 0 leaves axis 0 of length 0; there are no entries to take"],
  [() => take(m, ["a"] as never), TypeError, "take: indices[0] is a string; give an integer"],
  [() => take(m, [[0, 1], [0]]), RangeError, "take: indices has lists of lengths 2 and 1; make them equally long"],
  [() => take(m, [[0, 1], 0]), TypeError, "take: indices[1] is a number; give a list, as before it"],
  [() => take(m, [0, [0, 1]]), TypeError, "take: indices[1] is a list of length 2; give an integer"],
  [() => take(m, range(0, 2)), TypeError, "take: indices is a range; give integers: a list or an array of them; slice takes ranges"],
  [() => take(m, undefined as never), TypeError, "take: indices is undefined; give integers: a list or an array of them"],
  [() => take(m, [0], { axis: 2 }), RangeError, "take: axis = 2 is not an axis of an array with 2 axes; use an integer from -2 to 1"],
  [() => take([1, 2] as never, [0]), TypeError, "take: x is a list of length 2; an array is needed: array(x) makes one of lists"],
  [
    () => takeAlongAxis(m, [0, 1]),
    RangeError,
    "takeAlongAxis: indices of shape [2] for an array of shape [3, 4]; give as many axes (take takes the same indices everywhere)",
  ],
  [
    () => takeAlongAxis(m, [[0], [1]], { axis: 1 }),
    RangeError,
    "takeAlongAxis: shapes [3, 1] and [2, 1] do not broadcast: axis 0 has extents 3 and 2; make them equal, or one of them 1",
  ],
  [() => gather(m, [0, 1], [4, 0]), RangeError, "gather: indexLists[1][0] = 4 leaves axis 1 of length 4; use integers from -4 to 3"],
  [() => gather(m), RangeError, "gather: 0 lists of indices for an array of shape [3, 4]; give one for each axis, or for the first ones"],
  [
    () => gather(m, [0], [0], [0]),
    RangeError,
    "gather: 3 lists of indices for an array of shape [3, 4]; give one for each axis, or for the first ones",
  ],
  [
    () => gather(m, [0, 1], [0, 1, 2]),
    RangeError,
    "gather: shapes [2] and [3] do not broadcast: axis 0 has extents 2 and 3; make them equal, or one of them 1",
  ],
]);

test.run();
