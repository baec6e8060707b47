import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  eigh,
  eigvalsh,
  expm,
  gradient,
  lstsq,
  type NdArray,
  pinv,
  pullback,
  qr,
  rrule,
  sum,
  svd,
  svdvals,
  unthunk,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals, layouts } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const tall = decimals([2, 3, 2], 1);
const square = decimals([2, 2, 2], 2);
const small = build([2, 2, 2], (h, i, j) => square.get(h, i, j) / 8);
const right = decimals([2, 3, 1], 3);
const rightForAll = decimals([3], 4);
const rtol = 1e-12;

const at = (x: AnyArray, n: number): NdArray => x.pick(n, ...x.shape.slice(1).map(() => null)) as NdArray;
/** What a function of one problem gives for each of two, as arrays of all. */
function singly(f: (n: number) => unknown): unknown {
  const [first, second] = [f(0), f(1)];
  const both = (x: NdArray, y: NdArray): NdArray => build([2, ...x.shape], (n, ...rest) => (n === 0 ? x : y).get(...rest));
  return Array.isArray(first)
    ? first.map((x, k) => both(x, (second as NdArray[])[k] as NdArray))
    : both(first as NdArray, second as NdArray);
}
/** The gradient of Σ y in all results, problem by problem. */
function slopesSingly(f: (...args: never[]) => unknown, args: readonly NdArray[]): unknown[] {
  const pull = pullback as unknown as (f: unknown, ...args: unknown[]) => [y: unknown, back: (ybar: unknown) => NdArray[]];
  const each = [0, 1].map((n) => {
    const [y, back] = pull(f, ...args.map((x) => at(x, n)));
    const ones = (t: NdArray): NdArray => build(t.shape, () => 1);
    return back(Array.isArray(y) ? y.map(ones) : ones(y as NdArray));
  });
  return args.map((_, k) => singly((n) => (each[n] as NdArray[])[k]));
}

const ofOne: Readonly<Record<string, readonly [f: (a: NdArray) => unknown, a: NdArray]>> = {
  svd: [(a) => svd(a), tall],
  svdvals: [(a) => svdvals(a), tall],
  eigh: [(a) => eigh(a), square],
  eigvalsh: [(a) => eigvalsh(a), square],
  qr: [(a) => qr(a), tall],
  pinv: [(a) => pinv(a), tall],
  expm: [(a) => expm(a), small],
};

modeTests([
  ...Object.entries(ofOne).map(([name, [f, a]]) => ({
    title: `${name} of two matrices is that of each`,
    f,
    args: [a],
    value: singly((n) => f(at(a, n))),
    slopes: slopesSingly(f as never, [a]),
    rtol,
  })),
  {
    title: "qr of two wide matrices",
    f: (a: NdArray) => qr(a),
    args: [decimals([2, 2, 3], 5)],
    value: singly((n) => qr(at(decimals([2, 2, 3], 5), n))),
    rtol,
  },
  {
    title: "lstsq of two problems",
    f: (a: NdArray, b: NdArray) => lstsq(a, b),
    args: [tall, right],
    value: singly((n) => lstsq(at(tall, n), at(right, n))),
    slopes: slopesSingly(lstsq as never, [tall, right]),
    rtol,
  },
  {
    title: "lstsq of two matrices and one vector",
    f: (a: NdArray, b: NdArray) => lstsq(a, b),
    args: [tall, rightForAll],
    value: singly((n) => lstsq(at(tall, n), rightForAll)),
    rtol,
  },
  {
    title: "lstsq of one matrix and two right sides",
    f: (a: NdArray, b: NdArray) => lstsq(a, b),
    args: [at(tall, 0), right],
    value: singly((n) => lstsq(at(tall, 0), at(right, n))),
    rtol,
  },
]);

test("what all problems have in common gets the sum of their cotangents", () => {
  const one = (n: number): NdArray => gradient((b) => sum(lstsq(at(tall, n), b)), rightForAll)[0];
  assertClose(
    gradient((b) => sum(lstsq(tall, b)), rightForAll)[0],
    build([3], (i) => one(0).get(i) + one(1).get(i)),
    { rtol: 1e-13, atol: 0 },
  );
});

test("any number of axes stand before the matrices, in any memory, and none of them, or no matrices, is no fault", () => {
  const many = decimals([2, 1, 3, 2, 2], 6);
  for (const [layout, laid] of Object.entries(layouts)) {
    const [w, v] = eigh(laid(many));
    assert.equal(
      [w.shape, v.shape],
      [
        [2, 1, 3, 2],
        [2, 1, 3, 2, 2],
      ],
      layout,
    );
    const [wn, vn] = eigh(many.pick(1, 0, 2, null, null));
    assertClose([w.pick(1, 0, 2, null), v.pick(1, 0, 2, null, null)], [wn, vn], { rtol: 1e-14, atol: 0 }, layout);
  }
  const [u, s, vt] = svd(zeros([3, 0, 4, 2]));
  assert.equal(
    [u.shape, s.shape, vt.shape],
    [
      [3, 0, 4, 2],
      [3, 0, 2],
      [3, 0, 2, 2],
    ],
  );
  assert.equal(lstsq(zeros([0, 3, 2]), zeros([3])).shape, [0, 2]);
  assert.equal(gradient((a) => sum(expm(a)), zeros([0, 2, 2]))[0].shape, [0, 2, 2]);
  assert.equal(
    qr(zeros([2, 3, 0])).map((x) => x.shape),
    [
      [2, 3, 0],
      [2, 0, 0],
    ],
  );
});

test("results that nobody uses, and matrices whose part has no weight, have cotangents of 0", () => {
  const pull = rrule as unknown as (f: unknown, a: NdArray) => [unknown, (ybar: unknown) => unknown[]];
  const [, back] = pull(svd, tall);
  const seed = build([2, 2], (n, k) => (n === 0 ? k + 1 : 0));
  const bar = unthunk(back([zeros([2, 3, 2]), seed, zeros([2, 2, 2])])[1]) as NdArray;
  assertClose(at(bar, 1), zeros([3, 2]), { rtol: 0, atol: 0 });
  assertClose(
    gradient((a) => (svd(a) as AnyArray[])[1]?.get(0, 0) as number, tall)[0],
    build([2, 3, 2], (n, i, j) => (n === 0 ? gradient((a) => svdvals(a).get(0), at(tall, 0))[0].get(i, j) : 0)),
    { rtol: 1e-12, atol: 1e-14 },
  );
});

test("stacks in a list, by way of its methods", () => {
  const [first, second] = [tall, decimals([2, 3, 2], 7)].map(svdvals as (a: NdArray) => NdArray);
  assert.equal(
    [first?.shape, second?.shape],
    [
      [2, 2],
      [2, 2],
    ],
  );
});

refused([
  [
    () => lstsq(tall, zeros([3, 3, 1])),
    RangeError,
    "lstsq: shapes [2] and [3] do not broadcast: axis 0 has extents 2 and 3; make them equal, or one of them 1",
  ],
]);

test.run();
