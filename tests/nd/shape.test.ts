import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  broadcastShapes,
  broadcastsTo,
  formatShape,
  isRowMajor,
  normalizeAxes,
  normalizeAxis,
  reducedShape,
  rowMajorStride,
  sameShape,
  sizeOf,
} from "../../lib/nd/index.js";

test("the size of a shape is the product of its extents, 1 without axes", () => {
  assert.is(sizeOf([3, 4]), 12);
  assert.is(sizeOf([]), 1);
  assert.is(sizeOf([3, 0, 2]), 0);
});

test("row-major strides count entries from the last axis", () => {
  assert.equal(rowMajorStride([2, 3, 4]), [12, 4, 1]);
  assert.equal(rowMajorStride([]), []);
});

test("axes of extent 1 may have any stride in a row-major view", () => {
  assert.ok(isRowMajor([2, 3], [3, 1]));
  assert.ok(isRowMajor([1, 3], [77, 1]));
  assert.ok(isRowMajor([3, 1], [1, -5]));
  assert.ok(isRowMajor([], []));
  assert.not.ok(isRowMajor([2, 3], [1, 2]));
  assert.not.ok(isRowMajor([2, 3], [6, 2]));
  assert.not.ok(isRowMajor([3], [-1]));
  assert.not.ok(isRowMajor([2, 3], [0, 1]));
});

test("equal shapes have equal extents and as many", () => {
  assert.ok(sameShape([2, 3], [2, 3]));
  assert.not.ok(sameShape([2, 3], [3, 2]));
  assert.not.ok(sameShape([2], [2, 1]));
});

test("shapes broadcast from their last axis, extents 1 stretch", () => {
  assert.equal(broadcastShapes("add", [3, 1], [4]), [3, 4]);
  assert.equal(broadcastShapes("add", [], [2, 3]), [2, 3]);
  assert.equal(broadcastShapes("add", [5, 1, 3], [4, 1], [1]), [5, 4, 3]);
  assert.equal(broadcastShapes("add"), []);
});

test("an empty axis broadcasts with extent 1 alone", () => {
  assert.equal(broadcastShapes("add", [0], [1]), [0]);
  assert.equal(broadcastShapes("add", [1], [0]), [0]);
  assert.throws(() => broadcastShapes("add", [0], [3]), RangeError);
});

test("shapes that do not broadcast are named, with the axis and the cure", () => {
  assert.throws(
    () => broadcastShapes("mul", [2, 3], [2, 4]),
    (error: unknown) =>
      error instanceof RangeError &&
      error.message === "mul: shapes [2, 3] and [2, 4] do not broadcast: axis 1 has extents 3 and 4; make them equal, or one of them 1",
  );
  assert.throws(() => broadcastShapes("mul", [2, 3], [2]), /axis 1 has extents 3 and 2/);
  assert.throws(() => broadcastShapes("fma", [3], [1], [4]), /shapes \[3\] and \[1\] and \[4\]/);
});

test("a shape broadcasts to another when each extent is equal or 1", () => {
  assert.ok(broadcastsTo([3], [2, 3]));
  assert.ok(broadcastsTo([2, 1], [2, 3]));
  assert.ok(broadcastsTo([], [2, 3]));
  assert.not.ok(broadcastsTo([2, 3], [3]));
  assert.not.ok(broadcastsTo([2], [2, 3]));
  assert.not.ok(broadcastsTo([3], [1]));
});

test("shapes print as lists", () => {
  assert.is(formatShape([3, 4]), "[3, 4]");
  assert.is(formatShape([]), "[]");
});

test("negative axes count from the end", () => {
  assert.is(normalizeAxis("sum", -1, 3), 2);
  assert.is(normalizeAxis("sum", 0, 3), 0);
  assert.is(normalizeAxis("sum", -3, 3), 0);
});

test("an axis that does not exist is a RangeError that names the range", () => {
  assert.throws(() => normalizeAxis("sum", 2, 2), /^sum: axis = 2 is not an axis of an array with 2 axes; use an integer from -2 to 1$/);
  assert.throws(() => normalizeAxis("sum", -3, 2), RangeError);
  assert.throws(() => normalizeAxis("sum", 0.5, 2), RangeError);
  assert.throws(() => normalizeAxis("sum", Number.NaN, 2), RangeError);
  assert.throws(() => normalizeAxis("sum", 0, 0), RangeError);
});

test("axes come sorted and counted from the front, all when absent", () => {
  assert.equal(normalizeAxes("sum", undefined, 3), [0, 1, 2]);
  assert.equal(normalizeAxes("sum", -1, 3), [2]);
  assert.equal(normalizeAxes("sum", [2, 0], 3), [0, 2]);
  assert.equal(normalizeAxes("sum", [], 3), []);
  assert.equal(normalizeAxes("sum", undefined, 0), []);
});

test("an axis named twice is a RangeError", () => {
  assert.throws(() => normalizeAxes("sum", [1, -1], 2), /sum: axis 1 is named twice/);
});

test("reduced axes leave the shape, or stay with extent 1", () => {
  assert.equal(reducedShape([2, 3, 4], [1]), [2, 4]);
  assert.equal(reducedShape([2, 3, 4], [0, 2], true), [1, 3, 1]);
  assert.equal(reducedShape([], []), []);
});

test.run();
