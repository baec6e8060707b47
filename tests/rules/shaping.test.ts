import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  broadcastTo,
  concat,
  diag,
  diagonal,
  expandDims,
  flip,
  gradient,
  jacobian,
  linspace,
  moveaxis,
  type NdArray,
  pad,
  ravel,
  repeat,
  reshape,
  roll,
  rot90,
  type Scalar,
  split,
  squeeze,
  stack,
  sum,
  swapaxes,
  tile,
  toNested,
  trace,
  transpose,
  tril,
  triu,
  zeros,
} from "../../lib/index.js";
import { modeTests } from "../helpers/check-modes.js";
import { build, decimals } from "../helpers/layouts.js";

const v = decimals([5], 1);
const m = decimals([3, 4], 2);
const n = decimals([3, 2], 3);
const cube = decimals([2, 3, 4], 4);
const thin = decimals([1, 3, 1], 5);
const square = decimals([4, 4], 6);

modeTests([
  {
    title: "transpose reverses the axes",
    f: (x: NdArray) => transpose(x),
    args: [cube],
    value: build([4, 3, 2], (i, j, k) => cube.get(k, j, i)),
  },
  {
    title: "transpose puts axes in an order",
    f: (x: NdArray) => transpose(x, [2, 0, -2]),
    args: [cube],
    value: build([4, 2, 3], (i, j, k) => cube.get(j, k, i)),
  },
  {
    title: "moveaxis moves one axis",
    f: (x: NdArray) => moveaxis(x, 0, -1),
    args: [cube],
    value: build([3, 4, 2], (i, j, k) => cube.get(k, i, j)),
  },
  {
    title: "moveaxis moves several axes",
    f: (x: NdArray) => moveaxis(x, [0, 1], [2, 0]),
    args: [cube],
    value: build([3, 4, 2], (i, j, k) => cube.get(k, i, j)),
  },
  {
    title: "swapaxes exchanges two axes",
    f: (x: NdArray) => swapaxes(x, 0, -1),
    args: [cube],
    value: build([4, 3, 2], (i, j, k) => cube.get(k, j, i)),
  },
  { title: "squeeze drops all axes of extent 1", f: (x: NdArray) => squeeze(x), args: [thin], value: build([3], (i) => thin.get(0, i, 0)) },
  {
    title: "squeeze drops a named axis",
    f: (x: NdArray) => squeeze(x, { axis: -1 }),
    args: [thin],
    value: build([1, 3], (_, i) => thin.get(0, i, 0)),
  },
  {
    title: "expandDims adds axes at places of the result",
    f: (x: NdArray) => expandDims(x, [0, -1]),
    args: [m],
    value: build([1, 3, 4, 1], (_, i, j) => m.get(i, j)),
  },
  { title: "flip reverses all axes", f: (x: NdArray) => flip(x), args: [m], value: build([3, 4], (i, j) => m.get(2 - i, 3 - j)) },
  { title: "flip reverses one axis", f: (x: NdArray) => flip(x, { axis: 1 }), args: [m], value: build([3, 4], (i, j) => m.get(i, 3 - j)) },
  { title: "rot90 turns counterclockwise", f: (x: NdArray) => rot90(x), args: [m], value: build([4, 3], (i, j) => m.get(j, 3 - i)) },
  { title: "rot90 turns clockwise", f: (x: NdArray) => rot90(x, { k: -1 }), args: [m], value: build([4, 3], (i, j) => m.get(2 - j, i)) },
  { title: "rot90 turns halfway", f: (x: NdArray) => rot90(x, { k: 2 }), args: [m], value: build([3, 4], (i, j) => m.get(2 - i, 3 - j)) },
  {
    title: "reshape keeps the row-major order",
    f: (x: NdArray) => reshape(x, [2, -1]),
    args: [m],
    value: build([2, 6], (i, j) => m.get(Math.floor((6 * i + j) / 4), (6 * i + j) % 4)),
  },
  {
    title: "ravel lines the entries up",
    f: (x: NdArray) => ravel(x),
    args: [m],
    value: build([12], (i) => m.get(Math.floor(i / 4), i % 4)),
  },
  {
    title: "broadcastTo repeats",
    f: (x: NdArray) => broadcastTo(x, [2, 3, 4]),
    args: [m],
    value: build([2, 3, 4], (_, i, j) => m.get(i, j)),
  },
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
    title: "pad differentiates in its value too",
    f: (x: NdArray, value: Scalar) => pad(x, [1, 2], { value }),
    args: [n, 0.5],
    value: build([6, 5], (i, j) => (i > 0 && i < 4 && j > 0 && j < 3 ? n.get(i - 1, j - 1) : 0.5)),
    slopes: [build([3, 2], () => 1), 24],
  },
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

test("results are fresh row-major arrays, also where nothing is moved", () => {
  const functions: ((x: NdArray) => NdArray | NdArray[])[] = [
    (x) => transpose(x, [0, 1]),
    (x) => reshape(x, [3, 4]),
    (x) => roll(x, 0),
    (x) => roll(x, [], { axis: [] }),
    (x) => flip(x, { axis: [] }),
    (x) => rot90(x, { k: 4 }),
    (x) => squeeze(x),
    (x) => moveaxis(x, 0, 0),
    (x) => pad(x, 0),
    (x) => tile(x, 1),
    (x) => concat([x]),
    (x) => split(x, 1),
    (x) => tril(x, { k: 9 }),
  ];
  for (const f of functions) {
    const x = decimals([3, 4], 12);
    const [y] = [f(x)].flat() as [NdArray];
    assert.equal(toNested(y), toNested(x), f.toString());
    assert.equal(y.stride, [4, 1]);
    y.set(0, 0, 100);
    assert.is.not(x.get(0, 0), 100, f.toString());
  }
});

test("empty arrays keep their shapes", () => {
  const empty = zeros([0, 3]);
  assert.equal(transpose(empty).shape, [3, 0]);
  assert.equal(reshape(empty, [3, 0, 2]).shape, [3, 0, 2]);
  assert.equal(flip(empty).shape, [0, 3]);
  assert.equal(roll(empty, 2, { axis: 0 }).shape, [0, 3]);
  assert.equal(roll(empty, 2).shape, [0, 3]);
  assert.equal(tile(empty, [2, 2]).shape, [0, 6]);
  assert.equal(tile(array([[1, 2]]), [0, 1]).shape, [0, 2]);
  assert.equal(repeat(empty, 2, { axis: 1 }).shape, [0, 6]);
  assert.equal(
    toNested(
      pad(
        empty,
        [
          [1, 0],
          [0, 0],
        ],
        { value: 7 },
      ),
    ),
    [[7, 7, 7]],
  );
  assert.equal(concat([empty, array([[1, 2, 3]])]).shape, [1, 3]);
  assert.equal(diag(zeros([0])).shape, [0, 0]);
  assert.equal(diag(array([[1, 2]]), { k: 5 }).shape, [0]);
  assert.is(trace(zeros([0, 0])), 0);
  assert.equal(linspace(0, 1, 0).shape, [0]);
  assert.equal(gradient((x) => sum(transpose(x)), empty)[0].shape, [0, 3]);
  assert.equal(gradient((x) => sum(concat([x, x])), empty)[0].shape, [0, 3]);
});

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

const messages: [make: () => unknown, message: string][] = [
  [() => transpose(m, [0]), "transpose: axes = [0] for an array of shape [3, 4]; name each of its axes once"],
  [() => transpose(m, [0, 0]), "transpose: axis 0 is named twice; name each axis once"],
  [() => transpose([1, 2] as never), "transpose: x is a list of length 2; an array is needed: array(x) makes one of lists"],
  [() => moveaxis(m, [0, 1], 0), "moveaxis: source names 2 axes, destination 1; name as many"],
  [() => squeeze(m, { axis: 1 }), "squeeze: axis 1 of an array of shape [3, 4] has 4 entries; name axes of extent 1"],
  [() => expandDims(m, 3), "expandDims: axis = 3 is not an axis of an array with 3 axes; use an integer from -3 to 2"],
  [() => rot90(v), "rot90: an array of shape [5] has no plane; give one with two axes or more"],
  [() => rot90(m, { k: 0.5 }), "rot90: k = 0.5 is not a number of quarter turns; give an integer"],
  [() => reshape(m, [5, 2]), "reshape: shape [5, 2] for an array of shape [3, 4]: it has 10 entries, the array 12; make them equal"],
  [
    () => reshape(m, [-1, 5]),
    "reshape: shape [-1, 5] for an array of shape [3, 4]: 12 entries do not fill it; choose the other extents so that they divide 12",
  ],
  [() => reshape(m, [-1, -1]), "reshape: shape [-1, -1] for an array of shape [3, 4]: extents are integers, 0 or more, and one may be −1"],
  [() => roll(m, 0.5), "roll: shift = [0.5]; give integers"],
  [() => roll(m, [1, 2, 3], { axis: [0, 1] }), "roll: 3 shifts for 2 axes; give one shift for each axis, or one for all"],
  [() => tile(m, [-1]), "tile: reps = [-1]; give how often to repeat along each axis, integers, 0 or more"],
  [() => repeat(m, [1, 2], { axis: 0 }), "repeat: repeats = [1, 2] for 3 entries; give one integer, 0 or more, or one for each"],
  [
    () =>
      pad(m, [
        [1, 1],
        [1, 1],
        [1, 1],
      ]),
    "pad: 3 pairs of widths for 2 axes; give one for all, or one for each axis",
  ],
  [() => pad(m, -1), "pad: widths [-1,-1]; give pairs [before, after] of integers, 0 or more"],
  [() => pad(m, 1, { mode: "reflect" as never }), 'pad: mode = "reflect" is not there; use "constant"'],
  [() => concat([]), "concat: the list is empty; give at least one array"],
  [() => concat(m as never), "concat: the first argument is an array of shape [3, 4]; give a list of arrays"],
  [() => concat([m, 3 as never]), "concat: entry 1 of the list is a number; an array is needed (stack takes numbers)"],
  [() => concat([m, n]), "concat: entry 1 has shape [3, 2], entry 0 has [3, 4]; they may differ along axis 0 only"],
  [() => stack([m, n]), "stack: entry 1 has shape [3, 2], entry 0 has [3, 4]; make them equal"],
  [() => split(m, 2), "split: axis 0 with 3 entries does not fall into 2 equal parts; give a divisor, or a list of sizes"],
  [() => split(m, [2, 2]), "split: sizes [2, 2] add up to 4, axis 0 has 3 entries; make them integers that add up to it"],
  [() => diag(cube), "diag: an array of shape [2, 3, 4]; give a vector or a matrix (diagonal takes more axes)"],
  [() => diag(m, { k: 0.5 }), "diag: k = 0.5 is not a diagonal; give an integer"],
  [() => diagonal(m, { axis2: 0 }), "diagonal: axis 0 is named twice; a diagonal runs along two axes"],
  [() => tril(v), "tril: an array of shape [5] has no rows and columns; give one with two axes or more"],
  [() => trace(v), "trace: an array of shape [5]; give a matrix, or take sum(diagonal(x), { axis: -1 })"],
  [() => linspace(0, 1, 2.5), "linspace: num = 2.5 is not a count; give an integer, 0 or more"],
  [() => linspace("0" as never, 1, 2), "linspace: start is a string; give a number"],
];

for (const [make, message] of messages) {
  test(`refused: ${message}`, () => {
    try {
      make();
    } catch (error) {
      assert.is((error as Error).message, message);
      return;
    }
    assert.unreachable("nothing was thrown");
  });
}

test.run();
