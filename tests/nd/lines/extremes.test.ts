import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  argExtreme,
  array,
  broadcastView,
  type Extreme,
  extremePosition,
  type NdArray,
  positionOfIndices,
  reducedShape,
  rowMajor,
  viewOn,
  zeros,
} from "../../../lib/nd/index.js";
import { seeded } from "../../helpers/random.js";
import { entriesOf, forIndices, sampleViews } from "../sample-views.js";

const choices = (rank: number) =>
  Array.from({ length: 2 ** rank }, (_, bits) => Array.from({ length: rank }, (_, k) => k).filter((k) => (bits >> k) & 1));

/** The search entry by entry: the first best one wins, and the first NaN beats all. */
function plainly(x: NdArray, axes: readonly number[], which: Extreme): number[] {
  const shape = reducedShape(x.shape, axes);
  const winners: { entry: number; position: number }[] = [];
  let position = 0;
  forIndices(x.shape, (indices) => {
    const to = positionOfIndices(
      shape,
      indices.filter((_, k) => !axes.includes(k)),
    );
    const entry = x.get(...indices);
    const best = winners[to];
    const better = best !== undefined && (which === "max" ? entry > best.entry : entry < best.entry);
    if (best === undefined || (!Number.isNaN(best.entry) && (Number.isNaN(entry) || better))) winners[to] = { entry, position };
    position++;
  });
  return winners.map((winner) => winner.position);
}

/** The same array with some entries made NaN or infinite. */
function spoilt(x: NdArray, seed: number): NdArray {
  const random = seeded(seed);
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  forIndices(x.shape, (indices) => {
    if (random() < 0.15) x.set(...indices, odd[Math.floor(3 * random())] as number);
  });
  return x;
}

for (const [dtype, spoil] of [
  ["float64", false],
  ["float64", true],
  ["float32", true],
  ["uint8", false],
] as const) {
  const makes = sampleViews(41, dtype);
  for (const [name, view] of makes) {
    test(`positions in ${name}, ${dtype}${spoil ? " with NaN and infinities" : ""}, count in row-major order and the first wins`, () => {
      const x = spoil ? spoilt(view, 43) : view;
      for (const which of ["max", "min"] as const) {
        for (const axes of choices(x.dimension)) {
          const found = argExtreme(x, axes, which);
          assert.instance(found, Int32Array);
          assert.equal([...found], plainly(x, axes, which), `${which} over ${axes}`);
        }
        const all = x.shape.map((_, k) => k);
        assert.is(extremePosition(x, which), argExtreme(x, all, which)[0]);
      }
    });
  }
}

test("the search finds the extreme at every place of a run, the first of equals, and the first NaN", () => {
  for (let size = 1; size < 14; size++) {
    for (let at = 0; at < size; at++) {
      const data = new Float64Array(size);
      data[at] = 1;
      assert.is(extremePosition(rowMajor(data, [size]), "max"), at);
      assert.is(extremePosition(rowMajor(data, [size]), "min"), at === 0 && size > 1 ? 1 : 0);
      data.fill(2, at);
      assert.is(extremePosition(rowMajor(data, [size]), "max"), at);
      data.fill(Number.NaN, at);
      assert.is(extremePosition(rowMajor(data, [size]), "max"), at);
      assert.is(extremePosition(rowMajor(data, [size]), "min"), at);
    }
  }
});

test("entries that are all infinite have a position", () => {
  for (const which of ["max", "min"] as const) {
    for (const value of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const x = array([
        [value, value],
        [value, value],
      ]);
      assert.equal([...argExtreme(x, [0], which)], [0, 1]);
      assert.equal([...argExtreme(x, [1], which)], [0, 2]);
      assert.is(extremePosition(x.transpose(1, 0), which), 0);
    }
  }
});

test("zeros of both signs are equal: the first wins", () => {
  assert.is(extremePosition(array([-0, 0]), "max"), 0);
  assert.is(extremePosition(array([0, -0]), "min"), 0);
});

test("a NaN in one row leaves the other rows alone", () => {
  const x = array([
    [1, Number.NaN, 5],
    [4, 6, 6],
  ]);
  assert.equal([...argExtreme(x, [1], "max")], [1, 4]);
  assert.equal([...argExtreme(x, [0], "min")], [0, 1, 2]);
  assert.is(extremePosition(x, "max"), 1);
});

test("positions in a transposed view count along its own rows, not along the store", () => {
  const x = array([
    [0, 7, 0],
    [7, 0, 0],
  ]).transpose(1, 0);
  assert.equal(entriesOf(x), [0, 7, 7, 0, 0, 0]);
  assert.is(extremePosition(x, "max"), 1);
});

test("searches read lists and broadcast views", () => {
  assert.is(extremePosition(viewOn([3, 9, 4, 1], [2, 2], [1, 2], 0), "max"), 2);
  assert.equal([...argExtreme(broadcastView(array([1, 5, 2]), [2, 3]), [0], "max")], [0, 1, 2]);
});

test("an empty axis is a RangeError that names the caller, the axis and the shape", () => {
  assert.throws(
    () => argExtreme(zeros([3, 0]), [1], "max"),
    (error: unknown) =>
      error instanceof RangeError &&
      error.message === "max: axis 1 of an array of shape [3, 0] is empty; reduce over axes that have entries",
  );
  assert.throws(() => argExtreme(zeros([0]), [0], "min", "argmin"), /^argmin: axis 0 of an array of shape \[0\] is empty/);
  assert.throws(() => extremePosition(zeros([2, 0]), "min", "median"), /^median: an array of shape \[2, 0\] is empty/);
});

test("an axis with entries may be reduced in an empty array: there is nothing to find", () => {
  assert.is(argExtreme(zeros([0, 3]), [1], "max").length, 0);
  assert.is(argExtreme(zeros([3, 0]), [0], "min").length, 0);
});

test.run();
