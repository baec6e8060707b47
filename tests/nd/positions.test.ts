import { test } from "uvu";
import * as assert from "uvu/assert";
import { indicesOfPosition, offsetOfPosition, offsetsOf, positionOfIndices } from "../../lib/nd/index.js";
import { entriesOf, forIndices, sampleViews } from "./sample-views.js";

for (const [name, x] of sampleViews(21)) {
  test(`a position in ${name} leads to its entry, to its indices and back`, () => {
    const entries = entriesOf(x);
    let position = 0;
    forIndices(x.shape, (indices) => {
      assert.is(x.data[offsetOfPosition(x, position)], entries[position]);
      assert.equal(indicesOfPosition(x.shape, position), indices);
      assert.is(positionOfIndices(x.shape, indices), position);
      position++;
    });
    assert.equal(
      [...offsetsOf(x)].map((at) => x.data[at]),
      entries,
    );
  });
}

test("no entries have no offsets, and a view without axes has one", () => {
  for (const shape of [[0], [0, 3], [3, 0], [2, 0, 3]]) assert.is(offsetsOf({ shape, stride: shape, offset: 5 }).length, 0);
  assert.equal([...offsetsOf({ shape: [], stride: [], offset: 5 })], [5]);
  assert.equal([...offsetsOf({ shape: [2, 3], stride: [1, 0], offset: 0 })], [0, 0, 0, 1, 1, 1]);
});

test("a position outside the array is a RangeError", () => {
  for (const position of [-1, 6, 0.5, Number.NaN]) {
    assert.throws(() => indicesOfPosition([2, 3], position), /^indicesOfPosition: position = .* is not in an array of shape \[2, 3\]/);
  }
  assert.throws(() => indicesOfPosition([2, 0], 0), RangeError);
  assert.throws(() => indicesOfPosition([0, 2], 0), RangeError);
  assert.throws(() => indicesOfPosition([], 1), RangeError);
});

test("an index outside its axis is a RangeError that names the axis", () => {
  assert.throws(() => positionOfIndices([2, 3], [1, 3]), /^positionOfIndices: index 3 leaves axis 1 of an array of shape \[2, 3\]/);
  assert.throws(() => positionOfIndices([2, 3], [-1, 0]), /axis 0/);
  assert.throws(() => positionOfIndices([2, 3], [0.5, 0]), RangeError);
  assert.throws(() => positionOfIndices([2, 3], [1]), /1 indices for an array of shape \[2, 3\]; give one index per axis/);
});

test.run();
