import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  addUpToShape,
  array,
  broadcastView,
  type DType,
  full,
  map1,
  type NdArray,
  packed,
  prodAxes,
  reduceAxes,
  reducedShape,
  rowMajor,
  sumAxes,
  sumData,
  sumToShape,
  toNested,
  viewOn,
  viewOnStore,
  zeros,
} from "../../lib/nd/index.js";
import { seeded } from "../helpers/random.js";
import { entriesOf, forIndices, integers, sampleViews } from "./sample-views.js";

/** All choices among the axes 0 … rank − 1. */
const choices = (rank: number) =>
  Array.from({ length: 2 ** rank }, (_, bits) => Array.from({ length: rank }, (_, k) => k).filter((k) => (bits >> k) & 1));

/** The reduction entry by entry, through get and set alone. */
function plainly(x: NdArray, axes: readonly number[], init: number, step: (a: number, b: number) => number): NdArray {
  const y = full(reducedShape(x.shape, axes, true), init);
  forIndices(x.shape, (indices) => {
    const to = indices.map((index, k) => (axes.includes(k) ? 0 : index));
    y.set(...to, step(y.get(...to), x.get(...indices)));
  });
  return y;
}

const add = (a: number, b: number) => a + b;
const multiply = (a: number, b: number) => a * b;

for (const dtype of ["float64", "float32", "int32"] satisfies DType[]) {
  for (const [name, x] of sampleViews(31, dtype)) {
    test(`the sum of ${name}, ${dtype}, is the sum of its entries`, () => assert.is(sumData(x), entriesOf(x).reduce(add, 0)));

    test(`sums of ${name}, ${dtype}, over any axes are those of its entries`, () => {
      for (const axes of choices(x.dimension)) {
        const expected = plainly(x, axes, 0, add);
        const kept = sumAxes(x, axes, true);
        assert.equal(toNested(kept), toNested(expected), `axes ${axes}`);
        const dropped = sumAxes(x, axes);
        assert.equal(dropped.shape, reducedShape(x.shape, axes));
        assert.equal(entriesOf(dropped), entriesOf(expected), `axes ${axes}`);
        assert.is(dropped.dtype, dtype === "float32" ? "float32" : "float64");
        assert.is.not(dropped.data, x.data);
      }
    });
  }
}

for (const [name, x] of sampleViews(37)) {
  test(`products of ${name} over any axes are those of its entries`, () => {
    const signs = map1((v) => (v % 3 === 0 ? 1 : v % 3 > 0 ? 2 : -1), x);
    for (const axes of choices(x.dimension)) {
      assert.equal(entriesOf(prodAxes(signs, axes)), entriesOf(plainly(signs, axes, 1, multiply)), `axes ${axes}`);
    }
  });

  test(`a fold of ${name} over any axes goes through its entries in row-major order`, () => {
    const step = (a: number, b: number) => (3 * a + b) % 1009;
    for (const axes of choices(x.dimension)) {
      assert.equal(entriesOf(reduceAxes(x, axes, false, 5, step)), entriesOf(plainly(x, axes, 5, step)), `axes ${axes}`);
    }
  });

  test(`summing a broadcast of ${name} to its shape multiplies it by the number of copies`, () => {
    const shape = [3, 2, ...x.shape];
    for (const sumTo of [sumToShape, addUpToShape])
      assert.equal(
        entriesOf(sumTo(broadcastView(x, shape), x.shape)),
        entriesOf(x).map((v) => 6 * v),
      );
  });
}

test("sums over many entries hold for every number of leftovers", () => {
  for (let size = 0; size < 40; size++) {
    const x = integers([size], size + 1);
    assert.is(sumData(x), entriesOf(x).reduce(add, 0));
  }
});

test("large contiguous, transposed and stepped views have the sum of their entries", () => {
  const random = seeded(4);
  const x = rowMajor(
    Float64Array.from({ length: 120 * 130 }, () => Math.floor(100 * random())),
    [120, 130],
  );
  for (const view of [x, x.transpose(1, 0), x.step(2, 3), x.step(-1, -2), x.lo(3, 5).hi(100, 90)]) {
    assert.is(sumData(view), entriesOf(view).reduce(add, 0));
  }
});

test("the empty sum is 0 and the empty product 1", () => {
  for (const shape of [[0], [0, 3], [3, 0], [2, 0, 3]]) {
    const x = zeros(shape);
    const all = shape.map((_, k) => k);
    assert.is(sumData(x), 0);
    assert.is(toNested(sumAxes(x, all)), 0);
    assert.is(toNested(prodAxes(x, all)), 1);
  }
  assert.equal(toNested(sumAxes(zeros([0, 3]), [0])), [0, 0, 0]);
  assert.equal(toNested(prodAxes(zeros([3, 0]), [1])), [1, 1, 1]);
  assert.equal(sumAxes(zeros([0, 3]), [1]).shape, [0]);
});

test("the sum of an empty view does not read its store", () => {
  const x = full([4, 4], 7);
  for (const view of [x.hi(0, 4), x.hi(4, 0), x.transpose(1, 0).hi(0, 2)]) assert.is(sumData(view), 0);
});

test("sums read lists, integers and stores of numbers", () => {
  assert.is(sumData(viewOn([1, 2, 3, 4], [2, 2], [1, 2], 0)), 10);
  assert.is(sumData(array([200, 100], { dtype: "uint8" })), 300);
  const store = { length: 4, get: (i: number) => i + 0.5, set: () => undefined };
  const x = viewOnStore(store, [2, 2], [2, 1], 0) as unknown as NdArray;
  assert.is(sumData(x), 8);
  assert.equal(toNested(sumAxes(x, [0])), [3, 5]);
});

test("sums of single precision are added up in double precision", () => {
  const x = full([1000, 3], 0.1, { dtype: "float32" });
  const exact = 1000 * Math.fround(0.1);
  assert.ok(Math.abs(sumData(x) - 3 * exact) < 1e-9);
  for (const total of entriesOf(sumAxes(x, [0]))) assert.is(total, Math.fround(exact));
});

test("NaN and infinities go through sums and products", () => {
  const x = array([
    [1, Number.NaN, Number.POSITIVE_INFINITY],
    [2, 3, 0],
  ]);
  assert.ok(Number.isNaN(sumData(x)));
  assert.equal(toNested(sumAxes(x, [0])), [3, Number.NaN, Number.POSITIVE_INFINITY]);
  assert.equal(toNested(prodAxes(x, [0])), [2, Number.NaN, Number.NaN]);
});

test("a sum over no axes is a copy", () => {
  const x = integers([2, 3]);
  const y = sumAxes(x, []);
  assert.equal(toNested(y), toNested(x));
  assert.is.not(y.data, x.data);
});

for (const [sumTo, how] of [
  [sumToShape, ""],
  [addUpToShape, ", entry after entry"],
] as const) {
  test(`an array that has the shape already is returned itself${how}`, () => {
    const x = integers([2, 3]);
    assert.is(sumTo(x, [2, 3]), x);
  });

  test(`summing to a shape undoes broadcasting along leading and stretched axes${how}`, () => {
    const x = integers([2, 3, 4]);
    assert.equal(toNested(sumTo(x, [3, 4])), toNested(sumAxes(x, [0])));
    assert.equal(toNested(sumTo(x, [3, 1])), toNested(sumAxes(x, [0, 2], true).pick(0)));
    assert.equal(toNested(sumTo(x, [1, 1, 4])), toNested(sumAxes(x, [0, 1], true)));
    assert.equal(toNested(sumTo(x, [2, 1, 1])), toNested(sumAxes(x, [1, 2], true)));
    assert.is(toNested(sumTo(x, [])), sumData(x));
    assert.equal(toNested(sumTo(x, [1])), [sumData(x)]);
    assert.equal(toNested(sumTo(array([[3]]), [])), 3);
    assert.equal(toNested(sumTo(array([[3]]), [1])), [3]);
  });

  test(`summing to a shape from an empty array gives zeros${how}`, () => {
    assert.equal(toNested(sumTo(zeros([0, 3]), [1, 3])), [[0, 0, 0]]);
    assert.equal(toNested(sumTo(zeros([0, 3]), [3])), [0, 0, 0]);
    assert.equal(sumTo(zeros([2, 0]), [1, 0]).shape, [1, 0]);
  });

  test(`a shape that does not broadcast back is a RangeError that names both${how}`, () => {
    assert.throws(
      () => sumTo(zeros([2, 3]), [2]),
      /^sumToShape: an array of shape \[2, 3\] does not sum to \[2\]; extents must be equal or 1, counted from the last axis$/,
    );
    assert.throws(() => sumTo(zeros([3]), [2, 3], "add"), /^add: an array of shape \[3\] does not sum to \[2, 3\]/);
  });
}

test("reductions leave their input as it was", () => {
  const x = integers([3, 4, 5]);
  const before = entriesOf(packed(x));
  sumAxes(x, [1]);
  prodAxes(x, [0, 2]);
  sumToShape(x, [5]);
  assert.equal(entriesOf(x), before);
});

for (const [name, x] of sampleViews(51)) {
  test(`the sum of all of ${name} is the sum of its entries`, () =>
    assert.is(
      sumData(x),
      entriesOf(x).reduce((a, b) => a + b, 0),
    ));
}

for (const shape of [
  [130, 120],
  [30, 25, 28],
]) {
  test(`large views of shape [${shape}] are summed in whatever order of memory`, () => {
    const x = integers(shape, 53);
    const order = shape.map((_, k) => shape.length - 1 - k);
    for (const view of [x, x.transpose(...order), x.step(...shape.map(() => -1)), x.transpose(...order).step(-1)]) {
      assert.is(
        sumData(view),
        entriesOf(view).reduce((a, b) => a + b, 0),
      );
    }
  });
}

test("stores of numbers are read through get", () => {
  for (const extent of [2, 150]) {
    const cells = Array.from({ length: extent * extent }, (_, i) => i);
    const store = { length: cells.length, get: (i: number) => cells[i] as number, set: () => undefined };
    const x = viewOnStore(store, [extent, extent], [1, extent], 0) as unknown as NdArray;
    assert.is(sumData(x), (cells.length * (cells.length - 1)) / 2);
  }
});

test("an empty view has the sum 0", () => {
  assert.is(sumData(zeros([3, 0])), 0);
});

test("sums of integers and lists are exact", () => {
  const x = integers([120, 130], 3, "uint8").transpose(1, 0);
  assert.is(
    sumData(x),
    entriesOf(x).reduce((a, b) => a + b, 0),
  );
  const list = Array.from({ length: 20_000 }, (_, i) => i);
  assert.is(sumData(viewOn(list, [10_000], [2], 0)), sumData(packed(viewOn(list, [10_000], [2], 0))));
});

test.run();
