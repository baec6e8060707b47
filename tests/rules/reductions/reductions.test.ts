// Tests: variance, logsumexp, norm-lines, reduction-rule, lined-numbers.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  gradient,
  hessian,
  jacobian,
  logsumexp,
  max,
  mean,
  median,
  min,
  type NdArray,
  type NormOptions,
  norm,
  prod,
  quantile,
  type ReduceOptions,
  type Reduction,
  std,
  sum,
  toNested,
  variance,
  zeros,
} from "../../../lib/index.js";
import { rowMajor } from "../../../lib/nd/index.js";
import { bySlices, entryBySlices } from "../../helpers/by-slices.js";
import { type ModeCase, modeTests } from "../../helpers/check-modes.js";
import { decimals } from "../../helpers/layouts.js";

/** A reduction as it works on a list, with its slopes there. */
interface OnList {
  readonly title: string;
  readonly f: (x: NdArray, options?: ReduceOptions) => unknown;
  readonly fold: (xs: number[]) => number;
  readonly slopes: (xs: number[]) => number[];
  readonly kink?: boolean;
  readonly rtol?: number;
}

const total = (xs: number[]): number => xs.reduce((a, b) => a + b, 0);
const average = (xs: number[]): number => total(xs) / xs.length;
const firstOf = (xs: number[], value: number): number[] => xs.map((_, k) => (k === xs.indexOf(value) ? 1 : 0));
const squares = (xs: number[]): number => total(xs.map((x) => (x - average(xs)) ** 2));
const others = (xs: number[]): number[] => xs.map((_, k) => xs.filter((__, j) => j !== k).reduce((a, b) => a * b, 1));
const ranked = (xs: number[]): number[] => [...xs].sort((a, b) => a - b);
const between = (xs: number[], q: number): readonly [low: number, high: number, t: number] => {
  const h = q * (xs.length - 1);
  const low = ranked(xs)[Math.floor(h)] as number;
  return [low, ranked(xs)[Math.ceil(h)] as number, h - Math.floor(h)];
};
const quantileOf = (xs: number[], q: number): number => {
  const [low, high, t] = between(xs, q);
  return (1 - t) * low + t * high;
};
const quantileSlopes = (xs: number[], q: number): number[] => {
  const [low, high, t] = between(xs, q);
  return firstOf(xs, low).map((e, k) => (1 - t) * e + t * (firstOf(xs, high)[k] as number));
};

const reductions: OnList[] = [
  { title: "sum", f: sum, fold: total, slopes: (xs) => xs.map(() => 1) },
  { title: "mean", f: mean, fold: average, slopes: (xs) => xs.map(() => 1 / xs.length) },
  { title: "max", f: (x, o) => max(x, o), fold: (xs) => Math.max(...xs), slopes: (xs) => firstOf(xs, Math.max(...xs)) },
  { title: "min", f: (x, o) => min(x, o), fold: (xs) => Math.min(...xs), slopes: (xs) => firstOf(xs, Math.min(...xs)) },
  { title: "prod", f: prod, fold: (xs) => xs.reduce((a, b) => a * b, 1), slopes: others },
  {
    title: "logsumexp",
    f: logsumexp,
    fold: (xs) => Math.log(total(xs.map(Math.exp))),
    slopes: (xs) => xs.map((x) => Math.exp(x) / total(xs.map(Math.exp))),
  },
  {
    title: "variance",
    f: variance,
    fold: (xs) => squares(xs) / xs.length,
    slopes: (xs) => xs.map((x) => (2 * (x - average(xs))) / xs.length),
  },
  {
    title: "variance with ddof 1",
    f: (x, o) => variance(x, { ...o, ddof: 1 }),
    fold: (xs) => squares(xs) / (xs.length - 1),
    slopes: (xs) => xs.map((x) => (2 * (x - average(xs))) / (xs.length - 1)),
  },
  {
    title: "std",
    f: std,
    fold: (xs) => Math.sqrt(squares(xs) / xs.length),
    slopes: (xs) => xs.map((x) => (x - average(xs)) / Math.sqrt(squares(xs) * xs.length)),
  },
  { title: "norm", f: norm, fold: (xs) => Math.hypot(...xs), slopes: (xs) => xs.map((x) => x / Math.hypot(...xs)) },
  {
    title: "median",
    f: median,
    fold: (xs) => quantileOf(xs, 0.5),
    slopes: (xs) => quantileSlopes(xs, 0.5),
  },
  {
    title: "quantile 0.3",
    f: (x, o) => quantile(x, 0.3, o),
    fold: (xs) => quantileOf(xs, 0.3),
    slopes: (xs) => quantileSlopes(xs, 0.3),
  },
];

for (const [ord, fold, slope] of [
  ["fro", (xs) => Math.hypot(...xs), (x, y) => x / y],
  [1, (xs) => total(xs.map(Math.abs)), (x) => Math.sign(x)],
  [3, (xs) => total(xs.map((x) => Math.abs(x) ** 3)) ** (1 / 3), (x, y) => Math.sign(x) * (Math.abs(x) / y) ** 2],
  [0.5, (xs) => total(xs.map((x) => Math.abs(x) ** 0.5)) ** 2, (x, y) => Math.sign(x) * (Math.abs(x) / y) ** -0.5],
  [-2, (xs) => total(xs.map((x) => x ** -2)) ** -0.5, (x, y) => Math.sign(x) * (Math.abs(x) / y) ** -3],
  [Infinity, (xs) => Math.max(...xs.map(Math.abs)), (x, y) => (Math.abs(x) === y ? Math.sign(x) : 0)],
  [-Infinity, (xs) => Math.min(...xs.map(Math.abs)), (x, y) => (Math.abs(x) === y ? Math.sign(x) : 0)],
] as [NonNullable<NormOptions["ord"]>, (xs: number[]) => number, (x: number, y: number) => number][]) {
  reductions.push({
    title: `norm of ord ${ord}`,
    f: (x, o) => norm(x, { ...o, ord }),
    fold,
    slopes: (xs) => xs.map((x) => slope(x, fold(xs))),
  });
}

const m = decimals([3, 4], 1);
const cube = decimals([3, 2, 4], 2);

modeTests(
  reductions.flatMap(({ title, f, fold, slopes, rtol = 1e-12 }): ModeCase[] => [
    { title, f: (x: NdArray) => f(x), args: [m], value: bySlices(m, [0, 1], fold), slopes: [entryBySlices(m, [0, 1], slopes)], rtol },
    {
      title: `${title} along the last axis`,
      f: (x: NdArray) => f(x, { axis: -1 }),
      args: [m],
      value: bySlices(m, [1], fold),
      slopes: [entryBySlices(m, [1], slopes)],
      rtol,
    },
    {
      title: `${title} along the first of three axes`,
      f: (x: NdArray) => f(x, { axis: 0 }),
      args: [cube],
      value: bySlices(cube, [0], fold),
      slopes: [entryBySlices(cube, [0], slopes)],
      rtol,
    },
    {
      title: `${title} along two axes, kept`,
      f: (x: NdArray) => f(x, { axis: [2, 0], keepDims: true }),
      args: [cube],
      value: bySlices(cube, [0, 2], fold, true),
      slopes: [entryBySlices(cube, [0, 2], slopes)],
      rtol,
    },
  ]),
);

test("without axes an array gives a number, with all of them named one without axes", () => {
  for (const { title, f, fold } of reductions) {
    assert.type(f(m), "number", title);
    const named = f(m, { axis: [0, 1] }) as NdArray;
    assert.equal(named.shape, [], title);
    assert.ok(Math.abs(named.get() - fold([...m.data])) <= 1e-12 * Math.abs(fold([...m.data])), title);
    assert.equal((f(m, { keepDims: true }) as NdArray).shape, [1, 1], title);
  }
});

test("one entry without axes reduces to itself", () => {
  const x = array(3);
  for (const f of [sum, mean, prod, median, norm, logsumexp, (a: NdArray) => max(a), (a: NdArray) => min(a)] as Reduction[])
    assert.is(f(x), 3);
  assert.is(variance(x), 0);
  assert.is(gradient((a) => prod(a), x)[0].get(), 1);
});

test("equal entries differ by nothing: std and variance and their slopes are 0, the curvature of variance 2 (δ − 1/n) / n", () => {
  for (const entry of [0.1, 0.7, -1e10 / 3, 1e300 / 3]) {
    for (const n of [3, 7, 67]) {
      const x = rowMajor(new Float64Array(n).fill(entry), [n]);
      for (const f of [std, variance] as Reduction[]) {
        const slopes = [...gradient((a) => f(a), x)[0].data, ...jacobian((a: AnyArray) => f(a), x, { mode: "forward" }).data];
        assert.is(f(x), 0);
        assert.ok(slopes.every((slope) => slope === 0));
      }
      for (const mode of ["forward", "reverse"] as const) {
        assert.ok([...hessian((a: AnyArray) => std(a), x, { mode }).data].every((curve) => curve === 0));
        const curves = [...hessian((a: AnyArray) => variance(a), x, { mode }).data];
        assert.ok(curves.every((curve, k) => Math.abs(curve - (2 / n) * (Number(k % (n + 1) === 0) - 1 / n)) < 1e-15));
      }
    }
  }
});

test("an empty sum is 0, product 1, norm 0, logsumexp −∞", () => {
  const none = zeros([0, 3]);
  assert.equal(
    [sum(none), prod(none), norm(none), norm(none, { ord: 1 }), norm(none, { ord: Infinity }), logsumexp(none)],
    [0, 1, 0, 0, 0, -Infinity],
  );
  assert.equal(toNested(sum(none, { axis: 0 })), [0, 0, 0]);
  assert.equal(toNested(prod(none, { axis: 0 })), [1, 1, 1]);
  assert.equal(toNested(norm(none, { axis: 0 })), [0, 0, 0]);
  assert.equal(toNested(logsumexp(none, { axis: 0 })), [-Infinity, -Infinity, -Infinity]);
  for (const f of [sum, prod, norm, logsumexp] as Reduction[]) {
    assert.equal(gradient((x) => f(x), none)[0].shape, [0, 3]);
    assert.equal(gradient((x) => sum(f(x, { axis: 0 })), none)[0].shape, [0, 3]);
  }
});

test("an axis that is not empty may be reduced beside an empty one", () => {
  const none = zeros([0, 3]);
  for (const { title, f } of reductions) {
    assert.equal((f(none, { axis: 1 }) as NdArray).shape, [0], title);
    assert.equal(gradient((x) => sum(f(x as NdArray, { axis: 1 }) as NdArray), none)[0].shape, [0, 3], title);
  }
});

test("NaN gives NaN, in the slice that has it only", () => {
  const x = array([
    [1, Number.NaN, 3],
    [4, 5, 6],
  ]);
  for (const { title, f } of reductions) {
    const y = f(x, { axis: 1 }) as NdArray;
    assert.ok(Number.isNaN(y.get(0)), title);
    assert.not.ok(Number.isNaN(y.get(1)), title);
    assert.ok(Number.isNaN(f(x) as number), title);
  }
});

test.run();
