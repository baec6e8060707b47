// Tests: sorting, line-selection, ranks.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyArray, array, gradient, max, mul, type NdArray, sort, sum, toNested, topk, zeros } from "../../../lib/index.js";
import { decreasingOrder, increasingOrder, leadingOrder } from "../../../rules/support/ranks.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { seeded } from "../../helpers/random.js";
import { refused } from "../../helpers/refused.js";

const m = decimals([3, 4], 1);
const cube = decimals([2, 3, 4], 2);
/** The entries of a line, sorted. */
const sorted = (line: readonly number[], descending = false): number[] => [...line].sort((a, b) => (descending ? b - a : a - b));
const rowOf = (i: number): number[] => [0, 1, 2, 3].map((j) => m.get(i, j));

modeTests([
  {
    title: "sort along the last axis",
    f: (x: NdArray) => sort(x),
    args: [m],
    value: build([3, 4], (i, j) => sorted(rowOf(i))[j] as number),
  },
  {
    title: "sort from the largest on",
    f: (x: NdArray) => sort(x, { descending: true }),
    args: [m],
    value: build([3, 4], (i, j) => sorted(rowOf(i), true)[j] as number),
  },
  {
    title: "sort along an axis in the middle",
    f: (x: NdArray) => sort(x, { axis: -2 }),
    args: [cube],
    value: build([2, 3, 4], (i, j, k) => sorted([0, 1, 2].map((p) => cube.get(i, p, k)))[j] as number),
  },
  {
    title: "topk takes the largest, from the largest on",
    f: (x: NdArray) => topk(x, 2),
    args: [m],
    value: build([3, 2], (i, n) => sorted(rowOf(i), true)[n] as number),
    slopes: [build([3, 4], (i, j) => (sorted(rowOf(i), true).indexOf(m.get(i, j)) < 2 ? 1 : 0))],
  },
  {
    title: "topk takes the smallest along another axis",
    f: (x: NdArray) => topk(x, 1, { axis: 1, largest: false }),
    args: [cube],
    value: build([2, 1, 4], (i, _, k) => Math.min(cube.get(i, 0, k), cube.get(i, 1, k), cube.get(i, 2, k))),
  },
  { title: "topk of no entries", f: (x: NdArray) => topk(x, 0), args: [m], value: build([3, 0], () => 0) },
]);

/** The gradient of Σ wₙ yₙ, w = 1, 2, 3, …: it tells which entry went where. */
function destinations(f: (x: AnyArray) => AnyArray, x: NdArray): unknown {
  const weights = array(Array.from({ length: f(x).size }, (_, n) => n + 1));
  return toNested(gradient((a: AnyArray) => sum(mul(f(a), weights)), x)[0]);
}

test("sort is stable both ways: of equal entries the first one goes first", () => {
  const x = array([2, 1, 2, 1, 3]);
  assert.equal(
    destinations((a) => sort(a), x),
    [3, 1, 4, 2, 5],
  );
  assert.equal(
    destinations((a) => sort(a, { descending: true }), x),
    [2, 4, 3, 5, 1],
  );
  assert.equal(
    destinations((a) => topk(a, 2), array([1, 5, 5, 5])),
    [0, 1, 2, 0],
  );
  assert.equal(
    destinations((a) => topk(a, 2, { largest: false }), array([1, 0, 5, 0, 0])),
    [0, 1, 0, 2, 0],
  );
});

test("NaN counts as the largest: it comes last, and first from the largest on", () => {
  const x = array([Number.NaN, 2, Infinity, Number.NaN, -Infinity]);
  assert.equal(toNested(sort(x)), [-Infinity, 2, Infinity, Number.NaN, Number.NaN]);
  assert.equal(toNested(sort(x, { descending: true })), [Number.NaN, Number.NaN, Infinity, 2, -Infinity]);
  assert.equal(toNested(topk(x, 1)), [max(x)]);
  assert.equal(toNested(topk(x, 2, { largest: false })), [-Infinity, 2]);
  assert.equal(
    destinations((a) => sort(a), x),
    [4, 2, 3, 5, 1],
  );
});

test("0 and −0 are equal, and keep their order", () => {
  assert.equal([...increasingOrder(Float64Array.of(1, 0, -0, 0, -1))], [4, 1, 2, 3, 0]);
  assert.equal([...decreasingOrder(Float64Array.of(1, 0, -0, 0, -1))], [0, 1, 2, 3, 4]);
});

test("the orders are those of a stable sort by comparisons, with many ties and NaN", () => {
  const random = seeded(5);
  for (let length = 0; length < 60; length += 7) {
    const entries = Float64Array.from({ length }, () => (random() < 0.1 ? Number.NaN : Math.floor(6 * random())));
    const key = (k: number): number => (Number.isNaN(entries[k]) ? 100 : (entries[k] as number));
    const indices = Array.from({ length }, (_, k) => k);
    assert.equal(
      [...increasingOrder(entries)],
      [...indices].sort((a, b) => key(a) - key(b)),
    );
    assert.equal(
      [...decreasingOrder(entries)],
      [...indices].sort((a, b) => key(b) - key(a)),
    );
    for (const count of [0, 1, length >> 1, length].filter((n) => n <= length)) {
      assert.equal([...leadingOrder(entries, count, false)], [...increasingOrder(entries)].slice(0, count));
      assert.equal([...leadingOrder(entries, count, true)], [...decreasingOrder(entries)].slice(0, count));
    }
  }
});

test("arrays without entries are sorted", () => {
  assert.equal(sort(zeros([0])).shape, [0]);
  assert.equal(sort(zeros([2, 0, 3]), { axis: 1 }).shape, [2, 0, 3]);
  assert.equal(sort(zeros([0, 3])).shape, [0, 3]);
  assert.equal(topk(zeros([2, 0]), 0).shape, [2, 0]);
});

refused([
  [() => sort(m, { axis: 2 }), RangeError, "sort: axis = 2 is not an axis of an array with 2 axes; use an integer from -2 to 1"],
  [() => sort(array(1)), RangeError, "sort: axis = -1 of an array that has no axes; give one with an axis or more"],
  [() => sort(array(1), { axis: "0" as never }), TypeError, 'sort: axis is the string "0"; the array has no axes'],
  [() => sort(m, { descending: 1 as never }), TypeError, "sort: descending is a number; give true or false"],
  [() => sort([3, 1] as never), TypeError, "sort: x is a list of length 2; an array is needed: array(x) makes one of lists"],
  [() => topk(m, 5), RangeError, "topk: k = 5 of axis 1 of length 4; give an integer from 0 to 4"],
  [() => topk(m, 1.5), RangeError, "topk: k = 1.5 of axis 1 of length 4; give an integer from 0 to 4"],
  [() => topk(m, undefined as never), TypeError, "topk: k is undefined; give the number of entries wanted"],
  [() => topk(m, 1, { largest: "no" as never }), TypeError, "topk: largest is a string; give true or false"],
]);

test.run();
