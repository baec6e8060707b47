// Tests: cumulative, logcumsumexp, recurrence, running-extremes, differences.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  cummax,
  cummin,
  cumprod,
  cumsum,
  diff,
  full,
  gradient,
  logcumsumexp,
  mul,
  type NdArray,
  sum,
  toNested,
  trapz,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { recurrence, recurrenceBack, shifted } from "../../../rules/reductions/recurrence.js";
import { entryBySlices } from "../../helpers/by-slices.js";
import { type ModeCase, modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const m = decimals([3, 4], 1);
const cube = decimals([2, 3, 2], 2);
const total = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
const scans: Record<string, [f: typeof cumsum, fold: (xs: number[]) => number]> = {
  cumsum: [cumsum, total],
  cumprod: [cumprod, (xs) => xs.reduce((a, b) => a * b, 1)],
  logcumsumexp: [logcumsumexp, (xs) => Math.log(total(xs.map(Math.exp)))],
  cummax: [cummax, (xs) => Math.max(...xs)],
  cummin: [cummin, (xs) => Math.min(...xs)],
};

modeTests(
  Object.entries(scans).flatMap(([title, [f, fold]]): ModeCase[] => {
    const each = (xs: number[]): number[] => xs.map((_, k) => fold(xs.slice(0, k + 1)));
    return [
      { title: `${title} goes along the first axis`, f: (x: NdArray) => f(x), args: [m], value: entryBySlices(m, [0], each), rtol: 1e-12 },
      {
        title: `${title} goes along an axis`,
        f: (x: NdArray) => f(x, { axis: -2 }),
        args: [cube],
        value: entryBySlices(cube, [1], each),
        rtol: 1e-12,
      },
    ];
  }),
);

const a = decimals([3, 4], 5);
const right = build([3, 4], (i, j) => {
  let s = 0;
  for (let k = 0; k <= j; k++) s = m.get(i, k) + (k === 0 ? 0 : a.get(i, k) * s);
  return s;
});
const left = build([3, 4], (i, j) => {
  let s = 0;
  for (let k = 3; k >= j; k--) s = m.get(i, k) + (k === 3 ? 0 : a.get(i, k + 1) * s);
  return s;
});

modeTests([
  {
    title: "recurrence solves s[k] = u[k] + a[k] s[k − 1]",
    f: (p: NdArray, u: NdArray) => recurrence(p, u, 1),
    args: [a, m],
    value: right,
  },
  {
    title: "recurrenceBack solves s[k] = u[k] + a[k + 1] s[k + 1]",
    f: (p: NdArray, u: NdArray) => recurrenceBack(p, u, 1),
    args: [a, m],
    value: left,
  },
  {
    title: "shifted moves by one place",
    f: (x: NdArray) => shifted(x, 0, -1),
    args: [m],
    value: build([3, 4], (i, j) => (i < 2 ? m.get(i + 1, j) : 0)),
  },
  {
    title: "cummax at ties keeps the first",
    f: (x: NdArray) => cummax(x),
    args: [array([2, 2, 1, 2])],
    value: array([2, 2, 2, 2]),
    slopes: [array([4, 0, 0, 0])],
    kink: true,
  },
  {
    title: "cumprod with zeros",
    f: (x: NdArray) => cumprod(x),
    args: [array([2, 0, 3, 0, 5])],
    value: array([2, 0, 0, 0, 0]),
    slopes: [array([1, 8, 0, 0, 0])],
  },
  {
    title: "diff along the last axis",
    f: (x: NdArray) => diff(x),
    args: [m],
    value: build([3, 3], (i, j) => m.get(i, j + 1) - m.get(i, j)),
  },
  {
    title: "diff twice along the first",
    f: (x: NdArray) => diff(x, { n: 2, axis: 0 }),
    args: [m],
    value: build([1, 4], (_, j) => m.get(2, j) - 2 * m.get(1, j) + m.get(0, j)),
    rtol: 1e-12,
  },
  {
    title: "trapz of points 1 apart",
    f: (y: NdArray) => trapz(y),
    args: [array([1, 3, 4, 2])],
    value: 8.5,
    slopes: [array([0.5, 1, 1, 0.5])],
  },
  {
    title: "trapz along the last axis",
    f: (y: NdArray) => trapz<NdArray>(y),
    args: [m],
    value: build([3], (i) => m.get(i, 0) / 2 + m.get(i, 1) + m.get(i, 2) + m.get(i, 3) / 2),
  },
  {
    title: "trapz differentiates in its points too",
    f: (y: NdArray, x: NdArray) => trapz(y, x),
    args: [array([1, 3, 4]), array([0, 2, 3])],
    value: 7.5,
    slopes: [array([1, 1.5, 0.5]), array([-2, -1.5, 3.5])],
  },
  {
    title: "trapz takes points for all rows, or for each",
    f: (y: NdArray, x: NdArray, z: NdArray) => [trapz<NdArray>(y, x), trapz<NdArray>(y, z)],
    args: [m, decimals([4], 3), decimals([3, 4], 4)],
    value: [decimals([4], 3), decimals([3, 4], 4)].map((x) =>
      build([3], (i) =>
        total(
          [0, 1, 2].map(
            (k) => ((m.get(i, k) + m.get(i, k + 1)) * (x.dimension === 1 ? x.get(k + 1) - x.get(k) : x.get(i, k + 1) - x.get(i, k))) / 2,
          ),
        ),
      ),
    ),
    rtol: 1e-12,
  },
]);

test("NaN stays from where it appears, and the running extremes give its place the gradient", () => {
  const x = array([1, Number.NaN, 3]);
  for (const [f] of Object.values(scans)) assert.equal([...f(x).data].map(Number.isNaN), [false, true, true]);
  assert.equal(toNested(gradient((v) => sum(cummax(v)), x)[0]), [1, 2, 0]);
});

test("logcumsumexp holds at ±800 and at −∞", () => {
  assert.equal(toNested(logcumsumexp(array([-Infinity, -Infinity, 0]))), [-Infinity, -Infinity, 0]);
  const w = array([1, 1, 0]);
  const f = (x: NdArray) => sum(mul(w, logcumsumexp(x)));
  assert.equal(toNested(gradient(f as never, array([-800, 800, 5]))[0] as NdArray), [1, 1, 0]);
  assertClose(gradient(f as never, array([800, 800, 5]))[0], array([1.5, 0.5, 0]), { rtol: 1e-12 });
  assert.equal(toNested(gradient((x) => sum(logcumsumexp(x)), array([-Infinity, -Infinity, 0]))[0]), [0, 0, 1]);
});

test("empty axes stay empty", () => {
  for (const [f] of Object.values(scans)) {
    assert.equal(f(zeros([0, 2])).shape, [0, 2]);
    assert.equal(f(zeros([2, 0])).shape, [2, 0]);
    assert.equal(gradient((x) => sum(f(x)), zeros([0, 2]))[0].shape, [0, 2]);
  }
  assert.equal(diff(zeros([2, 1]), { n: 3 }).shape, [2, 0]);
  assert.equal(diff(zeros([0, 3]), { axis: 0 }).shape, [0, 3]);
  assert.equal([trapz(zeros([0])), trapz(array([5]))], [0, 0]);
  assert.equal(toNested(diff(m, { n: 0 })), toNested(m));
});

refused([
  [() => cumsum(m, { axis: 2 }), RangeError, "cumsum: axis = 2 is not an axis of an array with 2 axes; use an integer from -2 to 1"],
  [() => cummin(array(1)), RangeError, "cummin: axis = 0 of an array that has no axes; give one with an axis or more"],
  [() => cumprod(2 as never), TypeError, "cumprod: x is a number; an array is needed"],
  [() => diff(m, { n: -1 }), RangeError, "diff: n = -1 is not how often to take differences; give an integer, 0 or more"],
  [() => trapz(m, zeros([3])), RangeError, "trapz: x has shape [3], y has [3, 4]; give one point for each entry of the last axis, or of y"],
  [() => trapz(array(1)), RangeError, "trapz: y has no axes; give an array of values along its last axis"],
]);

test("sums of −0 alone are −0, however many lines there are", () => {
  for (let lines = 1; lines <= 6; lines++) {
    const x = full([lines, 3], -0);
    for (const y of [cumsum(x, { axis: 1 }), cumsum(x, { axis: 0 })])
      assert.ok(
        y.data.every((entry) => Object.is(entry, -0)),
        `${lines} lines`,
      );
  }
});

test.run();
