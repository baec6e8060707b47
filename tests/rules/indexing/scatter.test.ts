import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  gather,
  gradient,
  type NdArray,
  scatterAdd,
  scatterSet,
  segmentSum,
  sum,
  take,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const m = decimals([3, 4], 1);
const updates = decimals([3, 4], 7);
const three = array([1.5, 2.5, 4.5]);
const integers = (nested: number[] | number[][]): NdArray => array(nested, { dtype: "int32" });
/** The sum of those of three numbers that stand at places where the list has this index. */
const at = (list: readonly number[], index: number, entry: (k: number) => number): number =>
  list.reduce((total, own, k) => (own === index ? total + entry(k) : total), 0);

const rows = [2, 0, 2];

modeTests([
  {
    title: "scatterAdd adds rows, those of one index all",
    f: (base: NdArray, u: NdArray) => scatterAdd(base, rows, u),
    args: [m, updates],
    value: build([3, 4], (i, j) => m.get(i, j) + at(rows, i, (k) => updates.get(k, j))),
    slopes: [build([3, 4], () => 1), build([3, 4], () => 1)],
  },
  {
    title: "scatterAdd adds along the last axis, counted from the end",
    f: (base: NdArray, u: NdArray) => scatterAdd(base, [-1, 1, -1], u, { axis: -1 }),
    args: [m, decimals([3, 3], 8)],
    value: build([3, 4], (i, j) => m.get(i, j) + at([3, 1, 3], j, (k) => decimals([3, 3], 8).get(i, k))),
  },
  {
    title: "scatterAdd adds at pairs of a row and a column",
    f: (base: NdArray, u: NdArray) =>
      scatterAdd(
        base,
        [
          [0, 2, 0],
          [1, 3, -3],
        ],
        u,
      ),
    args: [m, three],
    value: build([3, 4], (i, j) => m.get(i, j) + (i === 0 && j === 1 ? 6 : i === 2 && j === 3 ? 2.5 : 0)),
  },
  {
    title: "scatterAdd broadcasts its updates",
    f: (base: NdArray, u: NdArray, v: number) => scatterAdd(scatterAdd(base, [0, 0, 1], u), [2], v),
    args: [m, array([[1], [2], [4]]), 0.5],
    value: build([3, 4], (i, j) => m.get(i, j) + ([3, 4, 0.5][i] as number)),
    slopes: [build([3, 4], () => 1), array([[4], [4], [4]]), 4],
  },
  {
    title: "scatterAdd with indices of two axes",
    f: (base: NdArray, u: NdArray) =>
      scatterAdd(
        base,
        integers([
          [0, 1],
          [1, 1],
        ]),
        u,
        { axis: 0 },
      ),
    args: [
      array([1, 2, 3]),
      array([
        [1, 2],
        [3, 4],
      ]),
    ],
    value: array([2, 11, 3]),
  },
  {
    title: "scatterSet writes rows; the last one of an index stays, and has the slope",
    f: (base: NdArray, u: NdArray) => scatterSet(base, rows, u),
    args: [m, updates],
    value: build([3, 4], (i, j) => (i === 0 ? updates.get(1, j) : i === 2 ? updates.get(2, j) : m.get(1, j))),
    slopes: [build([3, 4], (i) => (i === 1 ? 1 : 0)), build([3, 4], (k) => (k === 0 ? 0 : 1))],
  },
  {
    title: "scatterSet writes at pairs, those counted from the end too",
    f: (base: NdArray, u: NdArray) =>
      scatterSet(
        base,
        [
          [0, 2, 0],
          [1, 3, -3],
        ],
        u,
      ),
    args: [m, array([[1.5, 2.5, 4.5]]).pick(0, null)],
    value: build([3, 4], (i, j) => (i === 0 && j === 1 ? 4.5 : i === 2 && j === 3 ? 2.5 : m.get(i, j))),
    slopes: [build([3, 4], (i, j) => ((i === 0 && j === 1) || (i === 2 && j === 3) ? 0 : 1)), array([0, 1, 1])],
  },
  {
    title: "scatterSet broadcasts its updates and writes along an axis",
    f: (base: NdArray, u: NdArray, v: number) => scatterSet(scatterSet(base, [3, 3], u, { axis: 1 }), [0], v, { axis: 1 }),
    args: [m, array([1.5, 2.5]), 0.5],
    value: build([3, 4], (i, j) => (j === 3 ? 2.5 : j === 0 ? 0.5 : m.get(i, j))),
    slopes: [build([3, 4], (_, j) => (j === 1 || j === 2 ? 1 : 0)), array([0, 3]), 3],
  },
  {
    title: "segmentSum adds up rows by their ids",
    f: (x: NdArray) => segmentSum(x, [2, 0, -2], 4),
    args: [m],
    value: build([4, 4], (s, j) => at([2, 0, 2], s, (k) => m.get(k, j))),
    slopes: [build([3, 4], () => 1)],
  },
  {
    title: "segmentSum of a vector; a segment without entries is 0",
    f: (x: NdArray) => segmentSum(x, integers([1, 1, 3]), 4),
    args: [three],
    value: array([0, 4, 0, 4.5]),
  },
]);

test("the transposes of take and gather are scatterAdd into zeros", () => {
  const ybar = decimals([3, 4], 9);
  const taken = gradient((x: AnyArray) => sum(take(x, rows)), m)[0] as NdArray;
  assert.equal(
    toNested(taken),
    toNested(
      scatterAdd(
        zeros([3, 4]),
        rows,
        build([3, 4], () => 1),
      ),
    ),
  );
  const places = [
    [0, 1, 0],
    [2, 2, 2],
  ] as const;
  const [first, second] = places;
  const gathered = gradient((x: AnyArray) => sum(gather(x, first, second)), ybar)[0] as NdArray;
  assert.equal(toNested(gathered), toNested(scatterAdd(zeros([3, 4]), places, 1)));
});

test("the base stays as it is; single precision stays when all of it is", () => {
  const base = array([1, 2], { dtype: "float32" });
  assert.is(scatterAdd(base, [0], 0.5).dtype, "float32");
  assert.is(scatterSet(base, [0], array([0.5])).dtype, "float64");
  assert.equal(toNested(base), [1, 2]);
  assert.equal(toNested(scatterAdd(integers([1, 2]), [0], 0.5)), [1.5, 2]);
});

test("nothing to scatter, and nowhere to", () => {
  assert.equal(toNested(scatterAdd(three, [], array([]))), [1.5, 2.5, 4.5]);
  assert.equal(toNested(scatterSet(three, [], 7)), [1.5, 2.5, 4.5]);
  assert.equal(scatterAdd(zeros([2, 0]), [0, 1, 1], zeros([3, 0])).shape, [2, 0]);
  assert.equal(toNested(segmentSum(zeros([0, 2]), [], 2)), [
    [0, 0],
    [0, 0],
  ]);
  assert.equal(segmentSum(zeros([0, 2]), [], 0).shape, [0, 2]);
});

refused([
  [() => scatterAdd(m, [0, 3], 1), RangeError, "scatterAdd: indices[1] = 3 leaves axis 0 of length 3; use integers from -3 to 2"],
  [
    () =>
      scatterSet(
        m,
        [
          [0, 1],
          [0, 4],
        ],
        1,
      ),
    RangeError,
    "scatterSet: indices[1][1] = 4 leaves axis 1 of length 4; use integers from -4 to 3",
  ],
  [
    () =>
      scatterAdd(
        m,
        [
          [0, 1, 2],
          [0, 2, 1],
          [1, 1, 1],
        ],
        three,
      ),
    RangeError,
    "scatterAdd: 3 lists of indices for an array of shape [3, 4]; give one for each axis, or for the first ones",
  ],
  [
    () => scatterAdd(m, [0, 1], three),
    RangeError,
    "scatterAdd: updates has shape [3] for places of shape [2, 4]; make them equal, or one that broadcasts",
  ],
  [
    () => scatterAdd(m, [[0], [0]], 1, { axis: 1 }),
    RangeError,
    "scatterAdd: axis = 1 with a list of lists, one for each axis from 0 on; leave the axis out, or give one list of indices",
  ],
  [() => scatterSet([1] as never, [0], 1), TypeError, "scatterSet: base is a list of length 1; an array is needed"],
  [() => scatterSet(m, [0], "1" as never), TypeError, "scatterSet: updates is a string; a number or an array is needed"],
  [() => segmentSum(three, [0, 1, 2], 2), RangeError, "segmentSum: ids[2] = 2 leaves 2 segments; use integers from -2 to 1"],
  [
    () => segmentSum(three, [0, 1], 2),
    RangeError,
    "segmentSum: ids has shape [2], axis 0 of x has length 3; give one id for each entry along it",
  ],
  [() => segmentSum(three, [0, 1, 1], 2.5), RangeError, "segmentSum: count = 2.5; give an integer, 0 or more"],
  [() => segmentSum(array(1), [], 2), RangeError, "segmentSum: x has no axes; give an array with one or more"],
]);

test("lists that cannot be one for each axis are places", () => {
  const base = zeros([3, 4]);
  const expected = [
    [1, 0, 0, 0],
    [0, 0, 2, 0],
    [0, 0, 0, 4],
  ];
  assert.equal(
    toNested(
      scatterAdd(
        base,
        [
          [0, 0],
          [1, 2],
          [2, 3],
        ],
        array([1, 2, 4]),
      ),
    ),
    expected,
  );
  assert.equal(
    toNested(
      scatterSet(
        base,
        [
          [0, 0],
          [1, 2],
          [2, 3],
        ],
        array([1, 2, 4]),
      ),
    ),
    expected,
  );
  assert.equal(
    toNested(
      scatterAdd(
        base,
        [
          [0, 1, 2],
          [0, 2, 3],
        ],
        array([1, 2, 4]),
      ),
    ),
    expected,
  );
});

test.run();
