import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyFunction, broadcastTo, cast, scale, strongProduct, sumTo } from "../../../lib/core/index.js";
import {
  type AnyArray,
  add,
  array,
  derivative,
  gradient,
  hessian,
  mul,
  type NdArray,
  pullback,
  pushforward,
  ruleOf,
  type Scalar,
  sin,
  sum,
  toNested,
} from "../../../lib/index.js";
import { allClose, isNdArray, rowMajor, sizeOf } from "../../../lib/nd/index.js";
import { fails } from "../../helpers/fails.js";

const nested = (x: unknown): unknown => (isNdArray(x) ? toNested(x as NdArray) : Array.isArray(x) ? x.map(nested) : x);
const matrix = array([
  [1, 2, 3],
  [4, 5, 6],
]);

/** ẏ and x̄ of f at args, for tangents and one cotangent. */
function bothWays(f: AnyFunction, args: readonly unknown[], tangents: readonly unknown[], ybar: unknown): [unknown, unknown] {
  const [, dy] = pushforward(f, args, tangents);
  return [nested(dy), nested((pullback as (...all: unknown[]) => [unknown, (t: unknown) => unknown])(f, ...args)[1](ybar))];
}

test("all five are differentiable functions with rules", () => {
  for (const f of [add, scale, sumTo, broadcastTo, cast]) assert.is(ruleOf(f)?.derived.length, 0);
});

test("add: ẏ = ẋ₁ + ẋ₂, x̄ = ȳ, with broadcasting undone", () => {
  assert.equal(bothWays(add, [2, 3], [10, 100], 7), [110, [7, 7]]);
  assert.equal(bothWays(add, [array([1, 2]), 3], [array([10, 20]), 100], array([1, 5])), [
    [110, 120],
    [[1, 5], 6],
  ]);
  const [dy, bars] = bothWays(add, [matrix, array([1, 1, 1])], [matrix, array([100, 200, 300])], matrix);
  assert.equal(dy, [
    [101, 202, 303],
    [104, 205, 306],
  ]);
  assert.equal(bars, [nested(matrix), [5, 7, 9]]);
});

test("scale: ẏ = ṗ t + p ṫ, p̄ = t ȳ, t̄ = p ȳ, with broadcasting undone", () => {
  assert.equal(bothWays(scale, [2, 3], [10, 100], 7), [230, [21, 14]]);
  const [dy, bars] = bothWays(scale, [2, array([3, 4])], [1, array([10, 20])], array([1, 5]));
  assert.equal(
    [dy, bars],
    [
      [23, 44],
      [23, [2, 10]],
    ],
  );
});

test("scale is exactly 0 when either factor is, whatever the other one is", () => {
  for (const wild of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1e308]) {
    for (const zero of [0, -0]) {
      assert.ok(strongProduct(wild, zero) === 0);
      assert.ok(strongProduct(zero, wild) === 0);
      assert.ok(scale(wild, zero) === 0);
      assert.equal(nested(scale(array([wild, 1]), array([zero, 2]))), [0, 2]);
      assert.ok(derivative((x) => scale(wild, mul(x, zero)), 1) === 0);
      assert.ok(gradient((x) => scale(wild, mul(x, zero)), 1)[0] === 0);
    }
  }
  assert.ok(Number.isNaN(scale(Number.NaN, 1)));
  assert.is(scale(Number.POSITIVE_INFINITY, 2), Number.POSITIVE_INFINITY);
});

test("mul keeps IEEE's products, and both modes meet ∞ · 0 in a sweep as 0", () => {
  assert.ok(Number.isNaN(mul(Number.POSITIVE_INFINITY, 0)));
  const steep = (x: Scalar): Scalar => mul(0, mul(x, Number.POSITIVE_INFINITY));
  assert.is(derivative(steep, 1), 0);
  assert.equal(gradient(steep, 1), [0]);
});

test("sumTo and broadcastTo are each other's transposes", () => {
  for (const shape of [[3], [2, 1], [1, 3], [1], [1, 1], [2, 3]]) {
    const small = rowMajor(
      Float64Array.from({ length: sizeOf(shape) }, (_, k) => k + 2),
      shape,
    );
    const [dy, bars] = bothWays((x: AnyArray) => sumTo(x, shape), [matrix], [matrix], small);
    assert.equal(dy, nested(sumTo(matrix, shape)));
    assert.equal(bars, [nested(broadcastTo(small, [2, 3]))]);
    const back = bothWays((x: AnyArray) => broadcastTo(x, [2, 3]), [small], [small], matrix);
    assert.equal(back, [nested(broadcastTo(small, [2, 3])), [nested(sumTo(matrix, shape))]]);
  }
});

test("sumTo to shape [] gives a number; broadcastTo takes numbers", () => {
  assert.is(sumTo(matrix, []), 21);
  assert.equal(
    bothWays((x: AnyArray) => sumTo(x, []), [array([1, 2])], [array([10, 20])], 3),
    [30, [[3, 3]]],
  );
  assert.equal(
    bothWays(
      (x: Scalar) => broadcastTo(x, [2, 2]),
      [5],
      [1],
      array([
        [1, 2],
        [3, 4],
      ]),
    ),
    [
      [
        [1, 1],
        [1, 1],
      ],
      [10],
    ],
  );
  assert.is(sumTo(5, []), 5);
});

test("sumTo and broadcastTo refuse shapes that do not fit", () => {
  fails(() => sumTo(matrix, [2]), RangeError, "sumTo", "[2]", "[2, 3]");
  fails(() => broadcastTo(matrix, [3]), RangeError, "broadcastTo", "[2, 3]", "[3]");
  fails(() => gradient((x) => sum(broadcastTo(x, [2])), matrix), RangeError, "broadcastTo");
});

test("cast: the same numbers of another kind, whose cotangent has x's kind", () => {
  const single = array([0.1, 2], { dtype: "float32" });
  const [y, back] = pullback((x) => cast(x, "float64"), single);
  assert.is(y.dtype, "float64");
  const [xbar] = back(array([1, 0.1])) as unknown as [NdArray];
  assert.is(xbar.dtype, "float32");
  assert.equal(nested(xbar), [1, Math.fround(0.1)]);
  const [z, dz] = pushforward((x: AnyArray) => cast(x, "float32"), [array([1, 2])], [array([0.1, 1])]);
  assert.equal([(z as NdArray).dtype, (dz as NdArray).dtype], ["float32", "float32"]);
  assert.is((dz as NdArray).get(0), Math.fround(0.1));
});

test("cast gives memory of its own", () => {
  const x = array([1, 2]);
  cast(x, "float64").set(0, 9);
  assert.is(x.get(0), 1);
});

test("all five differentiate twice: the four pairs of modes agree", () => {
  const x = array([0.4, -1.2, 2.5]);
  const f = (v: AnyArray): Scalar => {
    const table = broadcastTo(cast(v, "float64"), [2, 3]);
    const bent = scale(sin(table), add(table, scale(v, v)));
    return sumTo(mul(sumTo(bent, [2, 1]), sumTo(scale(bent, v), [1, 3])), []);
  };
  const forward = hessian(f, x, { mode: "forward" }) as NdArray;
  const reverse = hessian(f, x, { mode: "reverse" }) as NdArray;
  assert.ok(allClose(forward, reverse, { rtol: 1e-13, atol: 1e-12 }));
  assert.ok(allClose(forward, forward.transpose(1, 0), { rtol: 1e-13, atol: 1e-12 }));
  const h = 1e-5;
  for (let j = 0; j < 3; j++) {
    const shift = (by: number): number[] =>
      toNested(gradient(f, array([0.4, -1.2, 2.5].map((entry, k) => (k === j ? entry + by : entry))))[0]) as number[];
    const [up, down] = [shift(h), shift(-h)];
    for (let i = 0; i < 3; i++) {
      const slope = ((up[i] as number) - (down[i] as number)) / (2 * h);
      assert.ok(
        Math.abs(slope - forward.get(i, j)) < 1e-6 * (1 + Math.abs(slope)),
        `H[${i}, ${j}] = ${forward.get(i, j)}, differences give ${slope}`,
      );
    }
  }
});

test("float32 stays float32 where all arrays are; numbers do not count", () => {
  const single = array([1, 2], { dtype: "float32" });
  for (const y of [add(single, 1), scale(0.1, single), broadcastTo(single, [2, 2])]) assert.is(y.dtype, "float32");
  assert.is(add(single, array([1, 2])).dtype, "float64");
  const [g] = gradient((x) => sum(scale(0.1, add(x, 1))), single);
  assert.is(g.dtype, "float32");
});

test.run();
