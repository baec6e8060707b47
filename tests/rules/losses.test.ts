import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, bceWithLogits, gradient, huber, klDiv, mse, type NdArray, primal, sum, toNested, zeros } from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { modeTests } from "../helpers/check-modes.js";
import { build, decimals } from "../helpers/layouts.js";
import { refused } from "../helpers/refused.js";

const a = decimals([2, 3], 1);
const b = decimals([2, 3], 2);
const row = decimals([3], 3);
const p = build([2, 3], (i, j) => (1 + i + 2 * j) / 10);
const q = build([2, 3], (i, j) => (2 + 3 * i + j) / 9);

const overEntries = (term: (i: number, j: number) => number): number => {
  let total = 0;
  for (let i = 0; i < 2; i++) for (let j = 0; j < 3; j++) total += term(i, j);
  return total;
};

modeTests([
  {
    title: "mse",
    f: (a: NdArray, b: NdArray) => mse(a, b),
    args: [a, b],
    value: overEntries((i, j) => (a.get(i, j) - b.get(i, j)) ** 2) / 6,
    slopes: [build([2, 3], (i, j) => (a.get(i, j) - b.get(i, j)) / 3), build([2, 3], (i, j) => (b.get(i, j) - a.get(i, j)) / 3)],
    rtol: 1e-12,
  },
  {
    title: "mse of a matrix and a row sums the row's gradient",
    f: (a: NdArray, b: NdArray) => mse(a, b),
    args: [a, row],
    value: overEntries((i, j) => (a.get(i, j) - row.get(j)) ** 2) / 6,
    slopes: [build([2, 3], (i, j) => (a.get(i, j) - row.get(j)) / 3), build([3], (j) => (2 * row.get(j) - a.get(0, j) - a.get(1, j)) / 3)],
    rtol: 1e-12,
  },
  {
    title: "huber with another delta",
    f: (a: NdArray, b: NdArray) => huber(a, b, { delta: 3.5 }),
    args: [a, b],
    value:
      overEntries((i, j) => {
        const d = Math.abs(a.get(i, j) - b.get(i, j));
        return d < 3.5 ? (d * d) / 2 : 3.5 * (d - 1.75);
      }) / 6,
    slopes: [
      build([2, 3], (i, j) => Math.max(-3.5, Math.min(3.5, a.get(i, j) - b.get(i, j))) / 6),
      build([2, 3], (i, j) => Math.max(-3.5, Math.min(3.5, b.get(i, j) - a.get(i, j))) / 6),
    ],
    rtol: 1e-12,
  },
  {
    title: "bceWithLogits",
    f: (x: NdArray, t: NdArray) => bceWithLogits(x, t),
    args: [a, p],
    value:
      overEntries((i, j) => {
        const s = 1 / (1 + Math.exp(-a.get(i, j)));
        return -p.get(i, j) * Math.log(s) - (1 - p.get(i, j)) * Math.log(1 - s);
      }) / 6,
    slopes: [build([2, 3], (i, j) => (1 / (1 + Math.exp(-a.get(i, j))) - p.get(i, j)) / 6), build([2, 3], (i, j) => -a.get(i, j) / 6)],
    rtol: 1e-11,
  },
]);

test("klDiv is Σ p (log p − log q), with slopes log p − log q + 1 and −p/q", () => {
  const expected = overEntries((i, j) => p.get(i, j) * (Math.log(p.get(i, j)) - Math.log(q.get(i, j))));
  assertClose(klDiv(p, q), expected, { rtol: 1e-13, atol: 0 });
  const [pbar, qbar] = gradient(klDiv, p, q);
  assertClose(
    pbar,
    build([2, 3], (i, j) => Math.log(p.get(i, j)) - Math.log(q.get(i, j)) + 1),
    { rtol: 1e-13, atol: 1e-15 },
  );
  assertClose(
    qbar,
    build([2, 3], (i, j) => -p.get(i, j) / q.get(i, j)),
    { rtol: 1e-15, atol: 0 },
  );
});

test("klDiv: what has no probability counts for nothing", () => {
  assertClose(klDiv(array([0, 1, 0]), array([0.5, 0.5, 0])), Math.LN2, { rtol: 1e-15, atol: 0 });
  assert.equal(toNested(gradient((q) => klDiv(array([0, 1, 0]), q), array([0.5, 0.5, 0]))[0]), [-0, -2, -0]);
  assert.equal(toNested(gradient((p) => klDiv(p, array([0.5, 0.5, 0])), array([0, 0.5, 0]))[0]), [
    Number.NEGATIVE_INFINITY,
    1,
    Number.NEGATIVE_INFINITY,
  ]);
  assert.is(klDiv(array([0.5]), array([0])), Number.POSITIVE_INFINITY);
  assert.is(klDiv(zeros([0]), zeros([0])), 0);
  assert.ok(Number.isNaN(klDiv(array([-0.5]), array([1]))));
});

test("klDiv of neighbours keeps its digits", () => {
  const h = 2 ** -30;
  assertClose(klDiv(0.5, 0.5 + h), -0.5 * Math.log1p(2 * h), { rtol: 1e-14, atol: 0 });
});

test("bceWithLogits at ±800 is finite, and its slopes are σ(x) − t", () => {
  assert.is(bceWithLogits(array([800, -800]), array([1, 0])), 0);
  assert.is(bceWithLogits(array([800, -800]), array([0, 1])), 800);
  assert.equal(toNested(gradient((x) => bceWithLogits(x, array([0, 1])), array([800, -800]))[0]), [0.5, -0.5]);
});

test("the slopes of plain arrays are those that an outer call traces, at far ends and ties too", () => {
  const x = array([800, -800, 1, -1, 0, Number.NaN, 0.25]);
  const y = array([0, 0.5, 0, 0, 0, 0.5, 0.25]);
  for (const [name, loss] of Object.entries({ mse, huber, bceWithLogits, klDiv })) {
    const f = loss as typeof mse;
    const plainly = gradient((a, b) => f(a, b), x, y).map(toNested);
    const traced: unknown[] = [];
    gradient(
      (a, b) => {
        const slopes = gradient((a, b) => f(a, b), a, b);
        traced.push(...slopes.map((slope) => toNested(primal(slope) as NdArray)));
        return sum(slopes[0]);
      },
      x,
      y,
    );
    assert.equal(plainly, traced, name);
  }
});

test("huber at the edge has the slope of both sides", () => {
  assert.equal(toNested(gradient((x) => huber(x, 0), array([1, -1]))[0]), [0.5, -0.5]);
  assert.is(huber(3, 1), 1.5);
});

test("losses of numbers are numbers, and a number stands for a whole array", () => {
  assert.is(mse(3, 1), 4);
  assert.is(mse(array([1, 3]), 2), 1);
  assert.equal(gradient(mse, 3, 1), [4, -4]);
});

refused([
  [() => mse(zeros([0]), 1), RangeError, "mse: arrays of shape [0] have no entries, and no mean; give some"],
  [() => huber(a, b, { delta: 0 }), RangeError, "huber: delta = 0; give a positive number"],
  [() => huber(a, b, { delta: "1" as never }), TypeError, "huber: delta is a string; give a positive number"],
  [() => bceWithLogits([1] as never, 1), TypeError, "bceWithLogits: argument 1 is a list of length 1; a number or an array is needed"],
]);

test.run();
