import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  derivative,
  gradient,
  hvp,
  jacobian,
  mul,
  type NdArray,
  pullback,
  pushforward,
  type Scalar,
  sum,
  toNested,
  withGradient,
} from "../../lib/index.js";

/** A scalar function of an array. */
export type F = (x: AnyArray) => Scalar;

/** The slope of f at x along v. */
export type Slope = (f: F, x: AnyArray, v: AnyArray) => Scalar;

/** The ways to the slope along a direction: each starts one level, forward or reverse. */
export const slopes: Readonly<Record<string, Slope>> = {
  pushforward: (f, x, v) => pushforward(f, [x], [v])[1] as Scalar,
  "derivative along a line": (f, x, v) => derivative((s) => f(add(x, mul(s, v))), 0),
  gradient: (f, x, v) => sum(mul(gradient(f, x)[0], v)),
  "pullback, called with v": (f, x, v) => sum(pullback(f, x)[1](1)[0] as AnyArray, {}) && sum(mul(pullback(f, x)[1](1)[0] as AnyArray, v)),
  "gradient along a line": (f, x, v) => gradient((s: Scalar) => f(add(x, mul(s, v))), 0)[0] as Scalar,
  "gradient of a record": (f, x, v) => sum(mul((withGradient(({ a }) => f(a), { a: x }).gradient[0] as { a: AnyArray }).a, v)),
};

/** The forward and the reverse ones that make the pairs FF, FR, RF, RR. */
export const modes: Readonly<Record<"F" | "R", Slope>> = { F: slopes["pushforward"] as Slope, R: slopes["gradient"] as Slope };

/** Second directional derivatives, by the operators that are made for them too. */
export const seconds: Readonly<Record<string, (f: F, x: AnyArray, v: AnyArray, w: AnyArray) => Scalar>> = {
  ...Object.fromEntries(
    (["F", "R"] as const).flatMap((outer) =>
      (["F", "R"] as const).map((inner) => [
        outer + inner,
        (f: F, x: AnyArray, v: AnyArray, w: AnyArray) => modes[outer]((y) => modes[inner](f, y, v), x, w),
      ]),
    ),
  ),
  hvp: (f, x, v, w) => sum(mul(hvp(f, x, v), w)),
  jacobian: (f, x, v, w) => sum(mul(jacobian((y: AnyArray) => gradient(f, y)[0] as AnyArray, x), mul(jacobianRow(w), v))),
};

/** w as a column: it multiplies the rows of a matrix. */
function jacobianRow(w: AnyArray): AnyArray {
  return jacobian((s: AnyArray) => mul(s, 1), w) as AnyArray;
}

/** Asserts that two numbers agree up to rounding. */
export function close(got: Scalar, expected: number, what = "", tolerance = 1e-11): void {
  assert.type(got, "number");
  const apart = Math.abs((got as number) - expected);
  assert.ok(apart <= tolerance * Math.max(1, Math.abs(expected)), `${what}: got ${got as number}, expected ${expected}`);
}

/** The numbers of a plain array. */
export const numbers = (x: unknown): unknown => toNested(x as NdArray);
