import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  derivative,
  gradient,
  ldexp,
  mul,
  type NdArray,
  NoTangent,
  pullback,
  pushforward,
  rrule,
  type Scalar,
  toNested,
} from "../../../lib/index.js";

test("ldexp is x·2ⁿ, exact over the whole range", () => {
  assert.equal([ldexp(3, 4), ldexp(-0.75, -1), ldexp(5, 0), ldexp(0, 2000), ldexp(1, 1024)], [48, -0.375, 5, 0, Infinity]);
  assert.is(ldexp(1, -1074), Number.MIN_VALUE);
  assert.is(ldexp(Number.MIN_VALUE, 1074), 1);
  assert.is(ldexp(Number.MIN_VALUE, 2097), 2 ** 1023);
  assert.is(ldexp(2 ** 1000, -2000), 2 ** -1000);
  assert.is(ldexp(1, -100000), 0);
  assert.ok(Number.isNaN(ldexp(NaN, 3)));
});

test("ldexp rounds once, into the subnormal numbers too", () => {
  // 1 + 2⁻⁵² lies just above the middle of two subnormal numbers after the shift; rounded twice it would come out even
  assert.is(ldexp(1 + 2 ** -52, -1075), Number.MIN_VALUE);
  assert.is(ldexp(1, -1075), 0);
  assert.is(ldexp(3 - 2 ** -51, -1075), Number.MIN_VALUE);
  assert.is(ldexp(3, -1075), 2 * Number.MIN_VALUE);
  // 16½ and a little, in units of the smallest number
  assert.is(ldexp(2 ** -10 * (1 + 2 ** -5 + 2 ** -52), -1060), 17 * Number.MIN_VALUE);
});

test("ldexp: slope 2ⁿ in both modes, no tangent for n, nothing at second order", () => {
  const f = (x: Scalar): Scalar => ldexp(x, 3);
  assert.equal([derivative(f, 5), ...gradient(f, 5), derivative((x) => derivative(f, x), 5)], [8, 8, 0]);
  const [y, back] = rrule(ldexp, 5, 3) as readonly [number, (ybar: number) => readonly unknown[]];
  assert.equal([y, back(1)], [40, [NoTangent, 8, NoTangent]]);
  assert.equal(
    gradient((x) => mul(ldexp(x, 2), ldexp(x, 1)), 3),
    [48],
  );
});

test("ldexp of a transposed array: tangent and cotangent are shifted entry by entry", () => {
  const x = array([
    [1.5, 2.5, 7],
    [-0.5, 4, 9],
  ]).transpose(1, 0);
  const [y, dy] = pushforward((v) => ldexp(v, -2), [x], [x]);
  const [, back] = pullback((v) => ldexp(v, -2), x);
  const quarters = [
    [0.375, -0.125],
    [0.625, 1],
    [1.75, 2.25],
  ];
  assert.equal([toNested(y as NdArray), toNested(dy as NdArray), toNested(back(x)[0] as NdArray)], [quarters, quarters, quarters]);
});

test("ldexp of arrays keeps shape and kind", () => {
  const x = array([1, -3], { dtype: "float32" });
  const [y, back] = pullback((v) => ldexp(v, 2), x);
  const [xbar] = back(array([1, 10], { dtype: "float32" })) as [NdArray];
  assert.equal([y.dtype, [...y.data], xbar.dtype, [...xbar.data]], ["float32", [4, -12], "float32", [4, 40]]);
  assert.is(ldexp(array([1, 2], { dtype: "int32" }), 1).dtype, "float64");
});

test("ldexp refuses an exponent that is no integer", () => {
  for (const n of [0.5, Number.NaN, Infinity]) {
    assert.throws(
      () => ldexp(1, n),
      (error: Error) =>
        error instanceof RangeError && error.message === `ldexp: n = ${n} is not an integer; give the exponent of a power of 2`,
    );
  }
});

test.run();
