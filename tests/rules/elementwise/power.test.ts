import { test } from "uvu";
import * as assert from "uvu/assert";
import { add, array, derivative, gradient, mul, pow, sqrt } from "../../../lib/index.js";
import { edgeAt, testEdges, testScalarCase } from "./scalar-cases.js";

testScalarCase({
  f: pow,
  grid: [
    [0.3, 1.7, 12],
    [2.5, -1.5, 3, 0.5],
  ],
  value: (x = 0, y = 0) => x ** y,
  slopes: (x = 0, y = 0) => [y * x ** (y - 1), x ** y * Math.log(x)],
  curves: (x = 0, y = 0) => {
    const mixed = x ** (y - 1) * (1 + y * Math.log(x));
    return [y * (y - 1) * x ** (y - 2), mixed, mixed, x ** y * Math.log(x) ** 2];
  },
});

const { LN2 } = Math;
const flat = [0, 0, 0, 0];

testEdges("pow: exact at x = 0 and at y = 0", [
  edgeAt(pow, [0, 0], 1, [0, -Infinity]),
  edgeAt(pow, [0, 1], 0, [1, 0]),
  edgeAt(pow, [0, 2], 0, [0, 0], [2, 0, 0, 0]),
  edgeAt(pow, [0, 3], 0, [0, 0], flat),
  edgeAt(pow, [0, 2.5], 0, [0, 0], flat),
  edgeAt(pow, [-0, 3], 0, [0, 0], flat),
  edgeAt(pow, [2, 0], 1, [0, LN2], [0, 0.5, 0.5, LN2 * LN2]),
  edgeAt(pow, [-2, 0], 1, [0, NaN]),
]);

testEdges("pow(0, p) with p < 1 has the one-sided limits for slopes", [
  edgeAt(pow, [0, 0.5], 0, [Infinity, 0]),
  edgeAt(pow, [0, -1], Infinity, [-Infinity, -Infinity]),
  edgeAt(pow, [0, -2.5], Infinity, [-Infinity, -Infinity]),
]);

testEdges("pow of a negative base by an integer is smooth in the base, and NaN in the exponent", [
  edgeAt(pow, [-2, 3], -8, [12, NaN], [-12, NaN, NaN, NaN]),
  edgeAt(pow, [-2, -1], -0.5, [-0.25, NaN], [-0.25, NaN, NaN, NaN]),
  edgeAt(pow, [-2, 0.5], NaN, [NaN, NaN]),
]);

testEdges("pow: NaN and infinite exponents", [
  edgeAt(pow, [1, NaN], NaN, [NaN, 0]),
  edgeAt(pow, [2, -Infinity], 0, [0, 0]),
  edgeAt(pow, [3, Infinity], Infinity, [Infinity, Infinity]),
]);

test("pow: an array of exponents that does not move leaves negative bases alone", () => {
  const [g] = gradient(
    (v) => {
      const z = pow(v, array([3, 2, 1]));
      return add(add(z.get(0), z.get(1)), z.get(2));
    },
    array([-2, 0, 3]),
  );
  assert.equal([...g.data], [12, 0, 1]);
});

test("pow(x, 1/2) of a square is flat at 0 in both modes, as √(x·x) is", () => {
  for (const root of [sqrt, (x: never) => pow(x, 0.5)] as (typeof sqrt)[]) {
    assert.is(
      derivative((x) => root(mul(x, x)), 0),
      0,
    );
    assert.equal(
      gradient((x) => root(mul(x, x)), 0),
      [0],
    );
  }
});

test.run();
