import {
  array,
  callable,
  createRange,
  derivative,
  frule,
  gradient,
  mul,
  type NdArray,
  NoTangent,
  ones,
  pool,
  poolNative,
  pullback,
  pushforward,
  type Range,
  rrule,
  sin,
  square,
  sum,
  toNested,
  traced,
  unthunk,
} from "cotangent";
import { assertClose, testRule } from "cotangent/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { blocksOf, filled, flat, gridOf, matrices, randn } from "./checks.js";

const rows: Range[] = [
  [0, 3],
  [2, 7],
  [7, 8],
];
const cols: Range[] = [
  [0, 6],
  [1, 2],
  [3, 3],
];
const tolerance = { rtol: 1e-12, atol: 1e-12 };

/** Σ x sin x over a block. */
const f = (block: NdArray) => sum(mul(block, sin(block)));

/** The same by hand with its first and second derivative: p(x) = x sin x entry by entry. */
const p = (x: number): number => x * Math.sin(x);
const p1 = (x: number): number => Math.sin(x) + x * Math.cos(x);
const p2 = (x: number): number => 2 * Math.cos(x) - x * Math.sin(x);

/** Σ over the blocks' entries of each block: what pooling g(x) · t gives. */
function pooled(x: NdArray, g: (entry: number) => number, t: NdArray): number[] {
  const grid = gridOf(x);
  const moves = gridOf(t);
  return blocksOf(rows, cols).map(([top, bottom, left, right]) => {
    let total = 0;
    for (let i = top; i < bottom; i++) {
      for (let j = left; j < right; j++) total += g((grid[i] as number[])[j] as number) * ((moves[i] as number[])[j] as number);
    }
    return total;
  });
}

/** Its transpose: g(x) times the seeds of all blocks that hold the entry. */
function spread(x: NdArray, g: (entry: number) => number, seeds: readonly number[]): number[] {
  const grid = gridOf(x);
  const xbar = grid.map((line) => line.map(() => 0));
  blocksOf(rows, cols).forEach(([top, bottom, left, right], n) => {
    for (let i = top; i < bottom; i++) {
      for (let j = left; j < right; j++)
        ((xbar[i] as number[])[j] as number) += g((grid[i] as number[])[j] as number) * (seeds[n] as number);
    }
  });
  return xbar.flat();
}

for (const [name, x] of matrices(111)) {
  test(`pooling by Σ x sin x of a matrix, ${name}: both modes and orders, by rule and traced, as by hand`, () => {
    const before = flat(x);
    const dx = randn([8, 6], 112);
    const dz = randn([8, 6], 113);
    const ybar = randn([3, 3], 114);
    const dy = pooled(x, p1, dx);
    const xbar = spread(x, p1, flat(ybar));
    const second = pooled(x, p2, mul(dx, dz));
    const [byFrule, moved] = frule([NoTangent, dx], poolNative, x, rows, cols, f) as [NdArray, NdArray];
    assertClose(flat(byFrule), pooled(x, p, ones([8, 6])), tolerance, "y by frule");
    assertClose(flat(moved), dy, tolerance, "ẏ by frule");
    const [, back] = rrule(poolNative, x, rows, cols, f) as [NdArray, (ybar: NdArray) => unknown[]];
    const cotangents = back(ybar);
    assert.equal([cotangents[0], ...cotangents.slice(2)], [NoTangent, NoTangent, NoTangent, NoTangent]);
    assertClose(flat(unthunk(cotangents[1]) as NdArray), xbar, tolerance, "x̄ by rrule");
    for (const g of [poolNative, traced(poolNative), pool]) {
      const h = (v: NdArray) => g(v, rows, cols, f as never);
      assertClose(flat(h(x)), pooled(x, p, ones([8, 6])), tolerance, "y");
      assertClose(flat(pushforward(h as never, [x], [dx])[1] as NdArray), dy, tolerance, "ẏ");
      assertClose(flat(pullback(h as never, x)[1](ybar)[0] as NdArray), xbar, tolerance, "x̄");
      const phi = (v: NdArray) => sum(mul(ybar, h(v)));
      const expected = second.reduce((total, entry, n) => total + entry * (flat(ybar)[n] as number), 0);
      const hessian = spread(x, p2, flat(ybar)).map((entry, n) => entry * (flat(dx)[n] as number));
      const along = (t: NdArray) => (v: NdArray) => pushforward(phi as never, [v], [t])[1];
      const slope = (v: NdArray) => pullback(phi as never, v)[1](1)[0] as NdArray;
      assertClose(pushforward(along(dz) as never, [x], [dx])[1], expected, tolerance, "forward over forward");
      assertClose(flat(pushforward(slope as never, [x], [dx])[1] as NdArray), hessian, tolerance, "forward over reverse");
      assertClose(flat(pullback(along(dx) as never, x)[1](1)[0] as NdArray), hessian, tolerance, "reverse over forward");
      const alongSlope = (v: NdArray) => sum(mul(slope(v), dx));
      assertClose(flat(pullback(alongSlope as never, x)[1](1)[0] as NdArray), hessian, tolerance, "reverse over reverse");
    }
    assert.equal(flat(x), before);
  });
}

test("f gets a view of its block, with ndarray's own face", () => {
  const x = filled(
    [3, 4],
    Array.from({ length: 12 }, (_, k) => k),
  );
  const corner = (block: NdArray) => mul(block.get(0, 0), block.step(-1, -1).get(0, 0));
  const ranges: Range[] = [[1, 3]];
  for (const g of [poolNative, traced(poolNative)]) {
    assert.equal(toNested(g(x, ranges, ranges, corner as never)), [[50]]);
    assert.equal(toNested(gradient((v) => sum(g(v, ranges, ranges, corner as never)), x)[0]), [
      [0, 0, 0, 0],
      [0, 10, 0, 0],
      [0, 0, 5, 0],
    ]);
  }
});

test("an f that does not depend on its block, or returns an array without axes, is a function too", () => {
  const x = randn([2, 2], 115);
  const ones2 = createRange(2, 1);
  for (const g of [poolNative, traced(poolNative)]) {
    assert.equal(toNested(gradient((v) => sum(g(v, ones2, ones2, () => 1)), x)[0]), [
      [0, 0],
      [0, 0],
    ]);
    assert.equal(gradient((v) => sum(g(v, ones2, ones2, ((block: NdArray) => square(block).pick(0, 0)) as never)), x)[0], mul(2, x));
  }
});

test("what f returns must be a number; the error names the block", () => {
  const x = ones([4, 4]);
  const twice = (block: NdArray) => mul(2, block);
  const expected = (e: Error) =>
    e instanceof TypeError &&
    e.message === "poolNative: f returned an array of shape [3, 2] for the block rows[0] = [0, 3), cols[0] = [0, 2); a number is needed";
  for (const g of [poolNative, traced(poolNative)]) {
    assert.throws(() => g(x, createRange(4, 3), createRange(4, 2), twice as never), expected);
    assert.throws(() => gradient((v) => sum(g(v, createRange(4, 3), createRange(4, 2), twice as never)), x), expected);
    assert.throws(() => pushforward((v) => g(v, createRange(4, 3), createRange(4, 2), twice as never), [x], [x]), expected);
    assert.throws(
      () => g(x, createRange(4, 3), createRange(4, 2), 3 as never),
      /^poolNative: f is a number; give a function of a block that returns a number$/,
    );
  }
  assert.equal(x, ones([4, 4]));
});

test("an f that closes over a traced value of a running call is an error with the cure", () => {
  const x = ones([2, 2]);
  const all = createRange(2, 2);
  const refused =
    /^poolNative: its rule, or a function it was handed, closes over a traced value of the call that is running; pass that value as an argument$/;
  const weighted = (v: NdArray, w: number) => sum(poolNative(v, all, all, (block) => mul(w, sum(block))));
  assert.throws(() => gradient(weighted as never, x, 2), refused);
  assert.throws(() => pushforward(weighted as never, [x, 2], [x, 1]), refused);
  // The closed-over value may belong to a call inside the one that traces x: it would be lost without a word.
  assert.throws(() => gradient(((v: NdArray) => derivative(((w: number) => weighted(v, w)) as never, 2)) as never, x), refused);
  assert.throws(() => pushforward(((v: NdArray) => gradient(((w: number) => weighted(v, w)) as never, 2)[0]) as never, [x], [x]), refused);
});

test("an f that closes over a traced value of an outer call differentiates by it", () => {
  const x = randn([2, 2], 116);
  const all = createRange(2, 2);
  // d/dw ⟨∇ of Σ (w x)² by x, 1⟩ = 4 w Σ x.
  const inner = (w: number) =>
    sum(gradient(((v: NdArray) => sum(poolNative(v, all, all, (block) => sum(square(mul(w, block)))))) as never, x)[0] as NdArray);
  const expected = 12 * (sum(x) as number);
  assertClose(derivative(inner as never, 3), expected, tolerance);
  assertClose(gradient(inner as never, 3)[0], expected, tolerance);
});

test("the parameters of a callable f receive their tangent and cotangent", () => {
  const x = randn([4, 4], 117);
  const halves = createRange(4, 2);
  const layer = callable({ w: 3, b: array([1, 2]) }, (params, block: NdArray) => mul(params.w, sum(square(block))) as never) as never;
  const total = (v: NdArray, g: never) => sum(poolNative(v, halves, halves, g));
  const [xbar, lbar] = gradient(total as never, x, layer) as unknown as [NdArray, { w: number; b: NdArray }];
  assertClose(
    flat(xbar),
    flat(x).map((entry) => 6 * entry),
    tolerance,
  );
  assertClose(lbar, { w: sum(square(x)), b: array([0, 0]) }, tolerance);
  assertClose(gradient(((g: never) => total(x, g)) as never, layer)[0], { w: sum(square(x)), b: array([0, 0]) }, tolerance);
  assertClose(pushforward(total as never, [x, layer], [x, { w: 2, b: array([0, 0]) }])[1], 8 * (sum(square(x)) as number), tolerance);
});

test("the kit finds nothing wrong with it", () => testRule(poolNative, randn([5, 4], 118), createRange(5, 2), createRange(4, 3), f));

test.run();
