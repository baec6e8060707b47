import { test } from "uvu";
import * as assert from "uvu/assert";
import { addStrided, allocate, broadcastView, copyStrided, viewOn, zerosOf } from "../../lib/nd/index.js";
import type { DType, NdArray, NumericData } from "../../lib/nd/types.js";
import { entriesOf, forIndices, integers, sampleViews } from "./sample-views.js";

/** Around the eight rows of a strip and the run that is copied whole. */
const lengths = [0, 1, 2, 7, 8, 9, 15, 16, 17, 47, 48, 49, 63, 64, 65];

/** A matrix of zeros with a frame around it, read in many ways: each has the shape that is asked for. */
function layoutsOf(rows: number, cols: number, dtype: DType): [string, NdArray][] {
  const fresh = (m: number, n: number): NdArray => zerosOf([m, n], dtype);
  return [
    ["row-major", fresh(rows, cols)],
    ["transposed", fresh(cols, rows).transpose(1, 0)],
    [
      "a block",
      fresh(rows + 2, cols + 3)
        .lo(1, 2)
        .hi(rows, cols),
    ],
    [
      "a transposed block",
      fresh(cols + 1, rows + 2)
        .lo(1, 1)
        .hi(cols, rows)
        .transpose(1, 0),
    ],
    ["every other entry", fresh(2 * rows, 2 * cols).step(2, 2)],
    ["backwards", fresh(rows, cols).step(-1, -1)],
    ["rows backwards", fresh(rows, cols).step(-1, 1)],
    ["a transposed array backwards", fresh(cols, rows).transpose(1, 0).step(1, -1)],
  ];
}

function fill(x: NdArray, seed: number): void {
  const data = x.data as NumericData;
  for (let i = 0; i < data.length; i++) data[i] = ((i * 37 + seed * 11) % 101) - 50;
}

/** The store that entry-by-entry assignment leaves, through ndarray's own get and index. */
function expected(dst: NdArray, src: NdArray, adds: boolean): NumericData {
  const store = dst.data.slice() as NumericData;
  forIndices(dst.shape, (indices) => {
    const at = dst.index(...indices);
    store[at] = adds ? (store[at] as number) + src.get(...indices) : src.get(...indices);
  });
  return store;
}

function check(dst: NdArray, src: NdArray): void {
  for (const [move, adds] of [
    [copyStrided, false],
    [addStrided, true],
  ] as const) {
    const want = expected(dst, src, adds);
    move(dst.data, dst.stride, dst.offset, src.data, src.stride, src.offset, dst.shape);
    assert.equal(dst.data, want);
  }
}

for (const rows of [0, 1, 2, 7, 8, 9, 17]) {
  test(`matrices of ${rows} rows are copied and added between any two layouts, and nothing around them changes`, () => {
    for (const cols of lengths) {
      for (const [, dst] of layoutsOf(rows, cols, "float64")) {
        for (const [, src] of layoutsOf(rows, cols, "float64")) {
          fill(src, 1);
          fill(dst, 2);
          check(dst, src);
        }
      }
    }
  });
}

test("large transposes are exact", () => {
  for (const [m, n] of [
    [63, 130],
    [130, 67],
    [256, 256],
  ] as const) {
    const src = integers([m, n], 3);
    const dst = zerosOf([n, m]);
    check(dst, src.transpose(1, 0));
    check(zerosOf([m, n]), src.step(-1, -1));
  }
});

for (const [name, x] of sampleViews(61)) {
  for (const [other, y] of sampleViews(62)) {
    if (x === y || x.shape.join() !== y.shape.join()) continue;
    test(`${name} is written into ${other}, and into itself`, () => {
      check(y, x);
      check(x, x);
    });
  }
  test(`${name} goes into a row-major array and into one of reversed axes`, () => {
    check(zerosOf(x.shape), x);
    const order = x.shape.map((_, k) => x.shape.length - 1 - k);
    check(zerosOf([...x.shape].reverse()).transpose(...order), x);
  });
}

test("all orders of the axes of a four-dimensional array", () => {
  const x = integers([3, 9, 2, 10], 5);
  const orders = (rest: readonly number[]): number[][] =>
    rest.length === 0 ? [[]] : rest.flatMap((axis) => orders(rest.filter((other) => other !== axis)).map((tail) => [axis, ...tail]));
  for (const order of orders([0, 1, 2, 3])) {
    const view = x.transpose(...order);
    check(zerosOf(view.shape), view);
    check(zerosOf(x.shape).transpose(...order), integers(view.shape, 6));
  }
});

test("any kind of number goes into any other", () => {
  const kinds: DType[] = ["float64", "float32", "int32", "uint8"];
  for (const to of kinds) {
    for (const from of kinds) {
      for (const [m, n] of [
        [3, 5],
        [9, 64],
      ] as const) {
        for (const [, dst] of layoutsOf(m, n, to)) {
          const src = integers([m, n], 7, from);
          check(dst, src);
          check(dst, integers([n, m], 8, from).transpose(1, 0));
        }
      }
    }
  }
  const list = viewOn([1, 2, 3, 4, 5, 6], [2, 3], [3, 1], 0);
  check(zerosOf([2, 3]), list);
  check(viewOn([0, 0, 0, 0, 0, 0], [3, 2], [1, 3], 0).transpose(1, 0), integers([2, 3]));
});

test("a broadcast source is repeated", () => {
  for (const shape of [[4], [9, 64], [2, 9, 50]]) {
    const { length } = shape;
    check(zerosOf(shape), broadcastView(integers([1], 9), shape));
    check(zerosOf(shape), broadcastView(integers(shape.slice(-1), 9), shape));
    if (length > 1) check(zerosOf(shape), broadcastView(integers([...shape.slice(0, -1), 1], 9), shape));
  }
});

test("overlapping windows of one store are read as views of it", () => {
  const data = integers([40], 4).data;
  const windows = viewOn(data, [9, 5], [3, 1], 2);
  check(zerosOf([9, 5]), windows);
  check(zerosOf([5, 9]), windows.transpose(1, 0));
  assert.equal(entriesOf(windows.pick(1)).slice(0, 2), entriesOf(windows.pick(0)).slice(3));
});

test("arrays without axes, and empty ones", () => {
  const x = allocate("float64", 3);
  x.set([1, 2, 3]);
  const y = allocate("float64", 2);
  copyStrided(y, [], 1, x, [], 2, []);
  addStrided(y, [], 1, x, [], 0, []);
  assert.equal([...y], [0, 4]);
  for (const shape of [[0], [0, 3], [3, 0], [2, 0, 3]]) {
    copyStrided(y, shape, 0, x, shape, 0, shape);
    addStrided(y, shape, 0, x, shape, 0, shape);
  }
  assert.equal([...y], [0, 4]);
});

test.run();
