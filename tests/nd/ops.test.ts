import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, broadcastView, type NdArray, packed, sumData, toNested, viewOn, viewOnStore, zeros } from "../../lib/nd/index.js";
import { assign, sumStrided } from "../../lib/nd/ops.js";
import { entriesOf, integers, sampleViews } from "./sample-views.js";

for (const [name, x] of sampleViews(51)) {
  test(`assigning ${name} copies its entries, and into it writes them`, () => {
    const y = zeros(x.shape);
    assign(y, x);
    assert.equal(entriesOf(y), entriesOf(x));
    const other = integers(x.shape, 52);
    assign(x, other);
    assert.equal(entriesOf(x), entriesOf(other));
  });

  test(`the strided sum of ${name} is the sum of its entries`, () => assert.is(sumStrided(x), sumData(x)));
}

for (const shape of [
  [130, 120],
  [30, 25, 28],
]) {
  test(`large views of shape [${shape}] are copied and summed alike`, () => {
    const x = integers(shape, 53);
    const order = shape.map((_, k) => shape.length - 1 - k);
    for (const view of [x, x.transpose(...order), x.step(...shape.map(() => -1)), x.transpose(...order).step(-1)]) {
      assert.is(sumStrided(view), sumData(view));
      const y = zeros(view.shape);
      assign(y, view);
      assert.equal(entriesOf(y), entriesOf(view));
      const turned = zeros([...view.shape].reverse()).transpose(...order);
      assign(turned, view);
      assert.equal(entriesOf(turned), entriesOf(view));
    }
  });
}

test("overlapping views are copied as if src were read first", () => {
  for (const size of [8, 20_000]) {
    const x = zeros([size]);
    for (let i = 0; i < size; i++) x.set(i, i);
    const before = entriesOf(x);
    assign(x.lo(1), x.hi(size - 1));
    assert.equal(entriesOf(x), [0, ...before.slice(0, -1)]);
    assign(x, x.step(-1));
    assert.equal(entriesOf(x), [0, ...before.slice(0, -1)].reverse());
  }
  const square = integers([130, 130], 2);
  const turned = entriesOf(square.transpose(1, 0));
  assign(square, square.transpose(1, 0));
  assert.equal(entriesOf(square), turned);
});

test("two typed arrays over one buffer overlap too", () => {
  const buffer = new ArrayBuffer(32);
  const high = viewOn(new Float64Array(buffer, 8, 3), [3], [1], 0);
  const low = viewOn(new Float64Array(buffer, 0, 3), [3], [1], 0);
  assign(low, array([1, 2, 3]));
  assign(high, low);
  assert.equal([...new Float64Array(buffer)], [1, 1, 2, 3]);
  assign(low.step(-1), high);
  assert.equal(toNested(low), [3, 2, 1]);
});

test("lists that overlap are copied as if src were read first", () => {
  const list = [1, 2, 3, 4];
  assign(viewOn(list, [3], [1], 1), viewOn(list, [3], [1], 0));
  assert.equal(list, [1, 1, 2, 3]);
});

test("a broadcast src is read, a broadcast dst refused", () => {
  const y = zeros([2, 3]);
  assign(y, broadcastView(array([1, 2, 3]), [2, 3]));
  assert.equal(toNested(y), [
    [1, 2, 3],
    [1, 2, 3],
  ]);
  assert.throws(
    () => assign(broadcastView(zeros([3]), [2, 3]), y),
    /^assign: dst repeats its entries along axis 0: it is a broadcast view; write to a copy$/,
  );
});

test("entries become the kind of number that dst holds", () => {
  const bytes = zeros([3], { dtype: "uint8" });
  assign(bytes, array([1.9, 257, 3]));
  assert.equal(toNested(bytes), [1, 1, 3]);
  const single = zeros([2, 1], { dtype: "float32" });
  assign(single, array([[0.1], [0.2]]).step(-1, 1));
  assert.equal(toNested(single), [[Math.fround(0.2)], [Math.fround(0.1)]]);
});

test("stores of numbers are read and written through get and set", () => {
  const cells = [1, 2, 3, 4];
  const store = {
    length: 4,
    get: (i: number) => cells[i] as number,
    set: (i: number, value: number) => {
      cells[i] = value;
    },
  };
  const x = viewOnStore(store, [2, 2], [2, 1], 0) as unknown as NdArray;
  const y = zeros([2, 2]);
  assign(y, x.transpose(1, 0));
  assert.equal(toNested(y), [
    [1, 3],
    [2, 4],
  ]);
  assign(x, x.transpose(1, 0));
  assert.equal(cells, [1, 3, 2, 4]);
  assign(x.pick(0, 0), array(9));
  assert.is(cells[0], 9);
  assert.is(sumStrided(x), 18);
});

test("empty views are nothing to copy", () => {
  assign(zeros([0, 3]), zeros([0, 3]));
  assign(zeros([2, 0, 3]), zeros([3, 0, 2]).transpose(2, 1, 0));
  assert.is(sumStrided(zeros([3, 0])), 0);
});

test("shapes that differ are a RangeError that names both", () => {
  assert.throws(
    () => assign(zeros([2, 3]), zeros([3])),
    /^assign: src has shape \[3\], dst has \[2, 3\]; make them equal, or broadcast src$/,
  );
  assert.throws(() => assign(zeros([2]), zeros([2, 1]), "copyTo"), /^copyTo: src has shape \[2, 1\], dst has \[2\]/);
});

test("sums of integers and lists are exact", () => {
  const x = integers([120, 130], 3, "uint8").transpose(1, 0);
  assert.is(
    sumStrided(x),
    entriesOf(x).reduce((a, b) => a + b, 0),
  );
  const list = Array.from({ length: 20_000 }, (_, i) => i);
  assert.is(sumStrided(viewOn(list, [10_000], [2], 0)), sumData(packed(viewOn(list, [10_000], [2], 0))));
});

test.run();
