import ndarray from "ndarray";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  allocate,
  array,
  broadcastView,
  type DType,
  fillsStore,
  floatDType,
  isFloating,
  isNdArray,
  rowMajor,
  sameStore,
  scalarViewPrototype,
  toNested,
  viewOn,
  viewOnStore,
  zerosOf,
} from "../../lib/nd/index.js";

const kinds: DType[] = ["float64", "float32", "int32", "uint32", "int16", "uint16", "int8", "uint8"];

test("a view of any number of axes is ndarray's own view", () => {
  const data = Float64Array.from({ length: 120 }, (_, i) => i);
  for (const shape of [[], [120], [6, 20], [4, 5, 6], [2, 3, 4, 5], [1, 2, 3, 4, 5]]) {
    const own = rowMajor(data, shape);
    const theirs = ndarray(data, shape);
    assert.is(own.constructor, theirs.constructor);
    assert.equal(own.shape, shape);
    assert.equal(own.stride, theirs.stride);
    assert.is(own.dimension, shape.length);
    assert.is(own.dtype, "float64");
  }
});

test("a view shares the store", () => {
  const data = new Float64Array(6);
  viewOn(data, [2, 2], [1, 2], 1).set(1, 0, 7);
  assert.is(data[2], 7);
});

test("a view does not keep the caller's lists of extents and strides", () => {
  const shape = [2, 2];
  const stride = [2, 1];
  for (const data of [new Float64Array(4), new Int32Array(4), [1, 2, 3, 4]]) {
    const x = viewOn(data, shape, stride, 0);
    assert.is.not(x.shape, shape);
    assert.is.not(x.stride, stride);
  }
});

test("a store of objects reads and writes through get and set, in any view", () => {
  const cells = ["a", "b", "c", "d", "e", "f"];
  const store = {
    length: 6,
    get: (i: number) => cells[i] as string,
    set: (i: number, value: string) => {
      cells[i] = value;
    },
  };
  const x = viewOnStore(store, [2, 3], [3, 1], 0);
  assert.is(x.dtype, "generic");
  assert.is(x.transpose(1, 0).get(2, 1), "f");
  x.pick(1).lo(1).set(0, "z");
  assert.is(cells[4], "z");
  const single = viewOnStore(store, [], [], 3);
  assert.is(single.get(), "d");
  assert.is(Object.getPrototypeOf(single), scalarViewPrototype());
});

test("each kind of number has its typed array, filled with zeros", () => {
  for (const dtype of kinds) {
    const data = allocate(dtype, 3);
    assert.is(zerosOf([3], dtype).dtype, dtype);
    assert.equal([...data], [0, 0, 0]);
  }
});

test("ndarrays are told from other objects", () => {
  assert.ok(isNdArray(zerosOf([2])));
  assert.ok(isNdArray(ndarray([1, 2, 3])));
  assert.ok(isNdArray(zerosOf([])));
  for (const other of [null, undefined, 3, "x", [1, 2], new Float64Array(2), { shape: [2] }, { dimension: 1 }, () => 0]) {
    assert.not.ok(isNdArray(other));
  }
});

test("floats have tangents, integers and booleans do not", () => {
  for (const dtype of ["float64", "float32", "array", "generic"]) assert.ok(isFloating(dtype));
  for (const dtype of ["int32", "uint32", "int16", "uint16", "int8", "uint8", "uint8_clamped", "bigint64"])
    assert.not.ok(isFloating(dtype));
});

test("results are float32 for float32, float64 for all else", () => {
  assert.is(floatDType("float32"), "float32");
  for (const dtype of ["float64", "int8", "array", "generic"]) assert.is(floatDType(dtype), "float64");
});

test("an array fills its store when nothing of it lies outside", () => {
  const x = array([
    [1, 2],
    [3, 4],
  ]);
  assert.ok(fillsStore(x));
  assert.not.ok(fillsStore(x.transpose(1, 0)));
  assert.not.ok(fillsStore(x.lo(1, 0)));
  assert.not.ok(fillsStore(x.hi(1, 2)));
});

test("broadcasting repeats entries by stride 0, without a copy", () => {
  const row = array([1, 2, 3]);
  const view = broadcastView(row, [2, 3]);
  assert.equal(toNested(view), [
    [1, 2, 3],
    [1, 2, 3],
  ]);
  assert.is(view.data, row.data);
  assert.equal(view.stride, [0, 1]);
  assert.equal(toNested(broadcastView(array([[1], [2]]), [2, 2])), [
    [1, 1],
    [2, 2],
  ]);
  assert.equal(toNested(broadcastView(array(5), [2])), [5, 5]);
});

test("broadcasting follows the strides of a view", () => {
  const x = array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  assert.equal(toNested(broadcastView(x.pick(null, 1).step(-1), [2, 2])), [
    [5, 2],
    [5, 2],
  ]);
  assert.equal(toNested(broadcastView(x, [2, 3])), toNested(x));
  assert.equal(broadcastView(x.lo(0, 0).hi(1, 3), [0, 3]).shape, [0, 3]);
});

test("an array that does not broadcast is a RangeError that names both shapes", () => {
  assert.throws(
    () => broadcastView(array([1, 2, 3]), [2, 2]),
    (error: unknown) =>
      error instanceof RangeError && error.message.startsWith("broadcastTo: an array of shape [3] does not broadcast to [2, 2]"),
  );
  assert.throws(() => broadcastView(zerosOf([1, 3]), [3], "clip"), /^clip: an array of shape \[1, 3\] does not broadcast to \[3\]/);
  assert.throws(() => broadcastView(zerosOf([2]), []), RangeError);
});

test("a view of another shape keeps the kind of store", () => {
  const numbers = sameStore(array([1, 2, 3, 4], { dtype: "float32" }), [2, 2], [2, 1], 0);
  assert.is(numbers.dtype, "float32");
  assert.is(numbers.get(1, 1), 4);
  const store = { length: 2, get: (i: number) => i, set: () => undefined };
  const generic = sameStore(viewOnStore(store, [2], [1], 0), [1, 2], [0, 1], 0);
  assert.is(generic.dtype, "generic");
  assert.is(generic.get(0, 1), 1);
});

test.run();
