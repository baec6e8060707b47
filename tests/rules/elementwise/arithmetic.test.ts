// Tests: field, remainder.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  add,
  array,
  derivative,
  div,
  fma,
  gradient,
  hypot,
  mod,
  mul,
  type NdArray,
  neg,
  pushforward,
  reciprocal,
  rem,
  type Scalar,
  square,
  sub,
  sum,
  toNested,
  withGradient,
} from "../../../lib/index.js";
import { edge, edgeAt, testEdges, testScalarCase, testUnaryCase } from "./scalar-cases.js";

const left = [-1.7, 0.3, 2.6];
const right = [0.9, -2.2, 3.1, -0.4];
const both = [...left, ...right];
const pairs = [left, right];

testScalarCase({ f: add, grid: pairs, value: (x = 0, y = 0) => x + y, slopes: () => [1, 1] });
testScalarCase({ f: sub, grid: pairs, value: (x = 0, y = 0) => x - y, slopes: () => [1, -1] });
testScalarCase({ f: mul, grid: pairs, value: (x = 0, y = 0) => x * y, slopes: (x = 0, y = 0) => [y, x], curves: () => [0, 1, 1, 0] });
testScalarCase({
  f: div,
  grid: pairs,
  value: (x = 0, y = 0) => x / y,
  slopes: (x = 0, y = 0) => [1 / y, -x / y ** 2],
  curves: (x = 0, y = 0) => [0, -1 / y ** 2, -1 / y ** 2, (2 * x) / y ** 3],
});
testUnaryCase({ f: neg, at: both, value: (x) => 0 - x, slope: () => -1 });
testUnaryCase({ f: square, at: both, value: (x) => x ** 2, slope: (x) => x + x, curve: () => 2 });
testUnaryCase({ f: reciprocal, at: both, value: (x) => x ** -1, slope: (x) => -(x ** -2), curve: (x) => 2 * x ** -3 });
testScalarCase({
  f: fma,
  grid: [left, right, [0.4, 5]],
  value: (x = 0, y = 0, z = 0) => z + x * y,
  slopes: (x = 0, y = 0) => [y, x, 1],
  curves: () => [0, 1, 0, 1, 0, 0, 0, 0, 0],
});

const dividends = [-7.3, 0.4, 11.3];
const divisors = [2.5, -1.7, 0.8, 20];

testScalarCase({
  f: mod,
  grid: [dividends, divisors],
  value: (x = 0, y = 0) => x - y * Math.floor(x / y),
  slopes: (x = 0, y = 0) => [1, -Math.floor(x / y)],
  tolerance: { value: 1e-14 },
});
testScalarCase({
  f: rem,
  grid: [dividends, divisors],
  value: (x = 0, y = 0) => x - y * Math.trunc(x / y),
  slopes: (x = 0, y = 0) => [1, -Math.trunc(x / y)],
  tolerance: { value: 1e-14 },
});

testEdges("division by 0 has the one-sided limits for slopes", [
  edgeAt(div, [1, 0], Infinity, [Infinity, -Infinity]),
  edgeAt(div, [0, 2], 0, [0.5, 0]),
  edgeAt(div, [3, Infinity], 0, [0, 0]),
  edge(reciprocal, 0, Infinity, -Infinity, Infinity),
  edge(reciprocal, -Infinity, 0, 0, 0),
]);

const flat = [0, 0, 0, 0];

testEdges("mod has the sign of the divisor, rem that of the dividend; the count is that of the exact quotient", [
  edgeAt(mod, [-6, 4], 2, [1, 2], flat),
  edgeAt(mod, [6, -4], -2, [1, 2], flat),
  edgeAt(mod, [8, 4], 0, [1, -2], flat),
  edgeAt(mod, [-1e-20, 1], 1, [1, 1], flat),
  edgeAt(rem, [-6, 4], -2, [1, 1], flat),
  edgeAt(rem, [6, -4], 2, [1, 1], flat),
  edgeAt(rem, [-8, 4], 0, [1, 2], flat),
  // 0.1 is a little more than a tenth, so it goes 59 times into 6, though 6 / 0.1 is rounded to 60
  edgeAt(mod, [6, 0.1], 0.09999999999999967, [1, -59], flat),
  edgeAt(rem, [6, 0.1], 0.09999999999999967, [1, -59], flat),
  edgeAt(mod, [1, 0], NaN, [1, NaN]),
  edgeAt(rem, [1, 0], NaN, [1, NaN]),
]);

test("mod gives a zero of the divisor's sign, as NumPy's does", () => {
  assert.ok(Object.is(mod(-4, 2), 0));
  assert.ok(Object.is(mod(4, -2), -0));
});

test("operations on one traced number with itself count both sides", () => {
  const slopes = [mul, add, sub, div].map((f) => derivative((x) => f(x, x), 3));
  assert.equal(slopes, [6, 2, 0, 0]);
  const gradients = [mul, add, sub, div].flatMap((f) => gradient((x) => f(x, x), 3));
  assert.equal(gradients, [6, 2, 0, 0]);
});

test("functions of three and more operands give an array where one is, plain or traced", () => {
  const x = array([3, 4]);
  const plain: readonly NdArray[] = [fma(x, 2, 1), fma(2, x, 1), fma(2, 3, x), hypot(x, 4), hypot(4, x, 0)];
  assert.equal(
    plain.map((y) => [...y.data]),
    [
      [7, 9],
      [7, 9],
      [9, 10],
      [5, Math.hypot(4, 4)],
      [5, Math.hypot(4, 4)],
    ],
  );
  const [xbar] = gradient((a) => sum(add(fma(2, a, 1), fma(2, 3, a))), x);
  assert.equal([...xbar.data], [3, 3]);
});

test("fma rounds once, of numbers, arrays and traced ones", () => {
  const lost = 5.551115123125783e-17;
  assert.is(fma(0.1, 10, -1), lost);
  assert.equal(toNested(fma(array([0.1, 2]), array([10, 3]), -1)), [lost, 5]);
  assert.equal(toNested(fma(array([[0.1], [2]]), array([10, 3]), -1)), [
    [lost, fma(0.1, 3, -1)],
    [19, 5],
  ]);
  assert.is(pushforward((x: Scalar) => fma(x, 10, -1), [0.1], [1])[0], lost);
  assert.is(withGradient((x: Scalar) => fma(x, 10, -1), 0.1).value, lost);
});

test.run();
