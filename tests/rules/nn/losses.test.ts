// Tests: losses, loss-rule, loss-loops.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  bceWithLogits,
  gradient,
  hessian,
  huber,
  klDiv,
  mse,
  mul,
  type NdArray,
  NoTangent,
  primal,
  pushforward,
  rrule,
  type Scalar,
  sum,
  toNested,
  unthunk,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals, integral, layouts, single } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

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

/** The terms of each loss and their slopes, as numbers. */
const terms: Readonly<Record<string, (x: number, t: number) => readonly [term: number, byX: number, byT: number]>> = {
  mse: (x, t) => [(x - t) ** 2, 2 * (x - t), 2 * (t - x)],
  huber: (x, t) => {
    const d = x - t;
    return Math.abs(d) <= 1 ? [(d * d) / 2, d, -d] : [Math.abs(d) - 0.5, Math.sign(d), -Math.sign(d)];
  },
  bceWithLogits: (x, t) => [Math.log(1 + Math.exp(x)) - x * t, 1 / (1 + Math.exp(-x)) - t, -x],
  klDiv: (p, q) => [p * Math.log(p / q), Math.log(p / q) + 1, -p / q],
};

for (const [name, loss] of Object.entries({ mse, huber, bceWithLogits, klDiv })) {
  const f = loss as typeof mse;
  const entry = terms[name] as (typeof terms)[string];
  const count = name === "klDiv" ? () => 1 : (size: number) => size;

  test(`${name} and its slopes entry by entry, for any length and memory`, () => {
    for (const size of [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 63, 64, 65, 66, 67]) {
      const x = build([size, 2], (i, j) => 0.05 + ((i * 7 + j * 3) % 11) / 4);
      const t = build([size, 2], (i, j) => 0.1 + ((i * 5 + j) % 7) / 8);
      const all = build([size, 2, 3], (i, j, k) => entry(x.get(i, j), t.get(i, j))[k] as number);
      const n = count(2 * size);
      const value = sum(all.pick(null, null, 0)) / n;
      const bars = [1, 2].map((k) => build([size, 2], (i, j) => all.get(i, j, k) / n));
      for (const [layout, laid] of Object.entries(layouts)) {
        assertClose(f(laid(x), t), value, { rtol: 1e-12 }, layout);
        assertClose(f(x, laid(t)), value, { rtol: 1e-12 }, layout);
        assertClose(gradient(f, laid(x), laid(t)), bars, { rtol: 1e-12, atol: 1e-14 }, layout);
      }
      const [x32, t32] = [single(x), single(t)];
      assertClose(f(x32, t32), value, { rtol: 1e-5 }, "float32");
      assertClose(gradient(f, x32, t32), bars.map(single), { rtol: 1e-4, atol: 1e-5 }, "float32");
    }
  });

  test(`${name} of operands that broadcast: rows, columns, numbers, integers`, () => {
    const x = build([3, 4], (i, j) => 0.25 + i + j / 4);
    for (const t of [build([4], (j) => 0.5 + j / 8), build([3, 1], (i) => 0.5 + i / 8), build([1], () => 0.75), build([], () => 0.25)]) {
      const full = build([3, 4], (i, j) => t.get(...t.shape.map((extent, k) => (extent === 1 ? 0 : t.dimension - k === 1 ? j : i))));
      assertClose(f(x, t), f(x, full), { rtol: 1e-13 });
      const [xbar, tbar] = gradient((a, b) => f(a, b), x, t);
      const [expected, spread] = gradient((a, b) => f(a, b), x, full);
      assertClose(xbar, expected, { rtol: 1e-13, atol: 1e-15 });
      assert.equal(tbar.shape, [...t.shape]);
      assertClose(sum(tbar), sum(spread), { rtol: 1e-12, atol: 1e-14 });
    }
    assertClose(
      f(x, 0.5),
      f(
        x,
        build([3, 4], () => 0.5),
      ),
      { rtol: 1e-13 },
    );
    const whole = integral(build([3, 4], (i, j) => 1 + ((i + j) % 3)));
    const floats = build([3, 4], (i, j) => whole.get(i, j));
    assertClose(f(x, whole), f(x, floats), { rtol: 1e-14 });
    assertClose(gradient((a) => f(a, whole), x)[0], gradient((a) => f(a, floats), x)[0], { rtol: 1e-13, atol: 1e-15 });
    const [, back] = rrule(f, x, whole) as unknown as [number, (seed: number) => unknown[]];
    assert.is(unthunk(back(1)[2]), NoTangent);
  });

  test(`${name}: a cotangent of 0 leaves no trace, an infinite one none where nothing moves`, () => {
    const x = array([1, Number.POSITIVE_INFINITY, 0.5]);
    const [, back] = rrule(f, x, array([1, 1, 0.5])) as unknown as [number, (seed: number) => unknown[]];
    assert.equal(toNested(unthunk(back(0)[1]) as NdArray), [0, 0, 0]);
    if (name === "mse" || name === "huber") {
      const [first, , last] = toNested(unthunk(back(Number.POSITIVE_INFINITY)[1]) as NdArray) as number[];
      assert.equal([first, last], [0, 0]);
    }
  });
}

test("huber moves with its delta: the mean of |d| − delta over what lies farther away", () => {
  const x = array([0.5, -1.5, 2]);
  assert.is(gradient((delta: Scalar) => huber(x, 0, { delta }), 1)[0], 0.5);
  assert.equal(
    pushforward((delta: Scalar) => huber(x, 0, { delta }), [1], [2]),
    [huber(x, 0), 1],
  );
  assert.equal(
    gradient((options: { delta: Scalar }) => huber(x, 0, options), { delta: 1 }),
    [{ delta: 0.5 }],
  );
  assert.is(gradient((delta: Scalar) => huber(x, 0, { delta }), 2)[0], 0);
  assert.is(gradient((delta: Scalar) => huber(x, 0, { delta }), Number.POSITIVE_INFINITY)[0], 0);
  assert.is(gradient((delta: Scalar) => huber(-3, 1, { delta }), 1)[0], 3);
});

modeTests([
  {
    title: "huber with a delta of its own argument",
    f: (a: NdArray, b: NdArray, delta: number) => huber(a, b, { delta }),
    args: [a, row, 3.5],
    value:
      overEntries((i, j) => {
        const d = Math.abs(a.get(i, j) - row.get(j));
        return d < 3.5 ? (d * d) / 2 : 3.5 * (d - 1.75);
      }) / 6,
    slopes: [
      build([2, 3], (i, j) => Math.max(-3.5, Math.min(3.5, a.get(i, j) - row.get(j))) / 6),
      build([3], (j) => [0, 1].reduce((total, i) => total - Math.max(-3.5, Math.min(3.5, a.get(i, j) - row.get(j))) / 6, 0)),
      overEntries((i, j) => Math.max(0, Math.abs(a.get(i, j) - row.get(j)) - 3.5)) / 6,
    ],
    rtol: 1e-12,
  },
]);

test("huber's second derivatives by delta: −1 for each entry farther away, and the sign of its distance", () => {
  const x = array([0.5, -1.5, 2]);
  assert.is(
    hessian((delta: Scalar) => huber(x, 0, { delta }), 1),
    -2 / 3,
  );
  const along = (delta: Scalar): Scalar => sum(mul(array([1, 10, 100]), gradient((x) => huber(x, 0, { delta }), x)[0])) as Scalar;
  assertClose(gradient(along, 1)[0], 90 / 3, { rtol: 1e-15 });
});

test("huber with delta = ∞ is half of mse, at an infinite distance too", () => {
  assert.is(huber(array([3, 5]), array([1, 5]), { delta: Number.POSITIVE_INFINITY }), 1);
  assert.is(huber(Number.POSITIVE_INFINITY, 0, { delta: Number.POSITIVE_INFINITY }), Number.POSITIVE_INFINITY);
});

test("losses of numbers are numbers, and a number stands for a whole array", () => {
  assert.is(mse(3, 1), 4);
  assert.is(mse(array([1, 3]), 2), 1);
  assert.equal(gradient(mse, 3, 1), [4, -4]);
});

refused([
  [() => mse(zeros([0]), 1), RangeError, "mse: arrays of shape [0] have no entries, and no mean; give some"],
  [() => huber(a, b, { delta: 0 }), RangeError, "huber: delta = 0; give a positive number"],
  [() => gradient((delta: Scalar) => huber(a, b, { delta }), -1), RangeError, "huber: delta = -1; give a positive number"],
  [() => huber(a, b, { delta: "1" as never }), TypeError, "huber: delta is a string; give a positive number"],
  [() => bceWithLogits([1] as never, 1), TypeError, "bceWithLogits: argument 1 is a list of length 1; a number or an array is needed"],
]);

test.run();
