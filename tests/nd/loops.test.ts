import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  addInto,
  addNumber,
  addStrided,
  array,
  broadcastView,
  commonDType,
  forEachEntry,
  forEachPosition,
  map1,
  map2,
  packed,
  packedData,
  toNested,
  viewOn,
  viewOnStore,
  zerosOf,
} from "../../lib/nd/index.js";
import type { NdArray } from "../../lib/nd/types.js";
import { entriesOf, forIndices, integers, sampleViews } from "./sample-views.js";

for (const [name, x] of sampleViews(11)) {
  test(`packing ${name} gives its entries in row-major order, in a store of its own`, () => {
    const y = packed(x);
    assert.equal([...y.data], entriesOf(x));
    assert.equal(y.shape, [...x.shape]);
    assert.is.not(y.data, x.data);
  });

  test(`positions of ${name} come in row-major order`, () => {
    const seen: number[] = [];
    forEachPosition(x, (at) => seen.push(x.data[at] as number));
    assert.equal(seen, entriesOf(x));
  });

  test(`map1 over ${name} is entry by entry`, () => {
    const y = map1((v) => 2 * v + 1, x);
    assert.equal(
      entriesOf(y),
      entriesOf(x).map((v) => 2 * v + 1),
    );
    assert.equal(y.shape, [...x.shape]);
  });

  test(`map2 over ${name} and a packed array of its shape is entry by entry`, () => {
    const other = integers(x.shape, 5);
    const right = entriesOf(other);
    assert.equal(
      entriesOf(map2((a, b) => 10 * a + b, x, other)),
      entriesOf(x).map((v, i) => 10 * v + (right[i] as number)),
    );
  });

  test(`adding ${name} into an array, and an array into it, is entry by entry`, () => {
    const from = integers(x.shape, 6);
    const into = packed(x);
    addInto(into, x);
    assert.equal(
      entriesOf(into),
      entriesOf(x).map((v) => 2 * v),
    );
    const before = entriesOf(x);
    addInto(x, from);
    const added = entriesOf(from);
    assert.equal(
      entriesOf(x),
      before.map((v, i) => v + (added[i] as number)),
    );
  });

  test(`adding a number to ${name} reaches its entries and no others`, () => {
    const before = entriesOf(x);
    const outside = (x.data as Float64Array).reduce((total, v) => total + v, 0) - before.reduce((total, v) => total + v, 0);
    addNumber(x.data, x.shape, x.stride, x.offset, 3);
    const after = entriesOf(x);
    assert.equal(
      after,
      before.map((v) => v + 3),
    );
    assert.is((x.data as Float64Array).reduce((total, v) => total + v, 0) - after.reduce((total, v) => total + v, 0), outside);
  });

  test(`forEachEntry counts the entries of ${name} and finds them in every operand`, () => {
    const other = integers(x.shape, 7);
    const seen: number[][] = [];
    forEachEntry([x, other], x.shape, (n, [p, q]) => seen.push([n, x.data[p as number] as number, other.data[q as number] as number]));
    const right = entriesOf(other);
    assert.equal(
      seen,
      entriesOf(x).map((v, i) => [i, v, right[i] as number]),
    );
  });
}

test("addStrided leaves entries outside the view alone", () => {
  const dst = zerosOf([3, 3]);
  const view = dst.lo(1, 1).hi(2, 2).transpose(1, 0);
  const src = array([
    [1, 2],
    [3, 4],
  ]);
  addStrided(view.data, view.stride, view.offset, src.data, src.stride, src.offset, [2, 2]);
  assert.equal(toNested(dst), [
    [0, 0, 0],
    [0, 1, 3],
    [0, 2, 4],
  ]);
});

test("addStrided reads a broadcast source", () => {
  for (const shape of [[], [4], [3, 4], [2, 3, 4], [2, 2, 3, 4]]) {
    const dst = integers(shape, 3);
    const before = entriesOf(dst);
    addInto(dst, broadcastView(array(2), shape));
    assert.equal(
      entriesOf(dst),
      before.map((v) => v + 2),
    );
  }
});

test("empty arrays have no entries to visit", () => {
  for (const shape of [[0], [0, 3], [3, 0], [2, 0, 3], [0, 2, 3], [2, 3, 0], [2, 0, 3, 0]]) {
    const x = zerosOf(shape);
    const fail = () => assert.unreachable();
    forEachPosition(x, fail);
    forEachEntry([x], shape, fail);
    assert.equal(map1(fail as never, x).shape, shape);
    assert.equal(map2(fail as never, x, x).shape, shape);
    assert.is(packedData(x).length, 0);
    addInto(x, x);
  }
});

test("packing an empty view of a filled store gives nothing", () => {
  const x = integers([4, 5]);
  for (const view of [x.hi(0, 5), x.lo(2, 0).hi(2, 0), x.transpose(1, 0).hi(0, 3)]) assert.is(packedData(view).length, 0);
});

test("packing float32 stays float32, integers and lists become float64", () => {
  assert.instance(packedData(array([1], { dtype: "float32" })), Float32Array);
  assert.instance(packedData(array([1], { dtype: "uint8" })), Float64Array);
  assert.instance(packedData(viewOn([1, 2], [2], [1], 0)), Float64Array);
  assert.instance(packedData(array([1], { dtype: "float32" }), "float64"), Float64Array);
  assert.instance(packedData(array([1]), "float32"), Float32Array);
});

test("packing a row-major view copies its part of the store only", () => {
  const x = integers([6, 4]).lo(2, 0).hi(3, 4);
  const data = packedData(x);
  assert.is(data.length, 12);
  assert.equal([...data], entriesOf(x));
});

test("packing reads a store of numbers through its get", () => {
  const store = { length: 4, get: (i: number) => 10 * i, set: () => undefined };
  const x = viewOnStore(store, [2, 2], [1, 2], 0) as unknown as NdArray;
  assert.equal([...packedData(x)], [0, 20, 10, 30]);
});

test("the common kind is float64 as soon as one array is not float32", () => {
  const single = zerosOf([1], "float32");
  assert.is(commonDType([single, single]), "float32");
  assert.is(commonDType([single, zerosOf([1])]), "float64");
  assert.is(commonDType([single, zerosOf([1], "int32")]), "float64");
  assert.is(commonDType([]), "float64");
});

test("maps give the float kind of what they read, unless told otherwise", () => {
  const single = array([1, 2], { dtype: "float32" });
  assert.is(map1(Math.sqrt, single).dtype, "float32");
  assert.is(map1(Math.sqrt, array([1, 2], { dtype: "int16" })).dtype, "float64");
  assert.is(map1(Math.sqrt, single, "float64").dtype, "float64");
  assert.is(map2(Math.max, single, single).dtype, "float32");
  assert.is(map2(Math.max, single, array([1, 2])).dtype, "float64");
});

test("map2 reads broadcast views on both sides", () => {
  const shape = [2, 3];
  const column = broadcastView(array([[10], [20]]), shape);
  const row = broadcastView(array([1, 2, 3]), shape);
  assert.equal(toNested(map2((a, b) => a + b, column, row)), [
    [11, 12, 13],
    [21, 22, 23],
  ]);
  assert.equal(toNested(map2((a, b) => a + b, row, column)), [
    [11, 12, 13],
    [21, 22, 23],
  ]);
});

test("four axes are walked in row-major order", () => {
  const shape = [2, 1, 3, 2];
  const x = integers(shape);
  const indices: number[][] = [];
  forIndices(shape, (index) => indices.push(index));
  const positions: number[] = [];
  forEachPosition(x, (at) => positions.push(at));
  assert.equal(
    positions,
    indices.map((index) => x.index(...index)),
  );
});

test.run();
