import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  derivative,
  gradient,
  hessian,
  hvp,
  jacobian,
  matmul,
  mul,
  pullback,
  pushforward,
  type Scalar,
  sum,
  vhp,
} from "../../lib/index.js";

/** A scalar function of an array. */
export type F = (x: AnyArray) => Scalar;

/** The slope of f at x along v. */
export type Slope = (f: F, x: AnyArray, v: AnyArray) => Scalar;

const inner = (a: AnyArray, b: AnyArray): Scalar => sum(mul(a, b));

const forward: Slope = (f, x, v) => pushforward(f, [x], [v])[1] as Scalar;
const reverse: Slope = (f, x, v) => inner(gradient(f, x)[0], v);

/** The ways to the slope along a direction; each starts a level, forward or reverse. */
export const slopes: Readonly<Record<string, Slope>> = {
  pushforward: forward,
  gradient: reverse,
  "derivative along a line": (f, x, v) => derivative((s) => f(add(x, mul(s, v))), 0),
  "gradient along a line": (f, x, v) => gradient((s: Scalar) => f(add(x, mul(s, v))), 0)[0] as Scalar,
  "pullback of a record": (f, x, v) => inner((pullback(({ a }: { a: AnyArray }) => f(a), { a: x })[1](1)[0] as { a: AnyArray }).a, v),
};

/** wᵀ H v in the four pairs of modes, and by the operators for second derivatives. */
export const seconds: Readonly<Record<string, (f: F, x: AnyArray, v: AnyArray, w: AnyArray) => Scalar>> = {
  "forward over forward": (f, x, v, w) => forward((y) => forward(f, y, v), x, w),
  "forward over reverse": (f, x, v, w) => forward((y) => reverse(f, y, v), x, w),
  "reverse over forward": (f, x, v, w) => reverse((y) => forward(f, y, v), x, w),
  "reverse over reverse": (f, x, v, w) => reverse((y) => reverse(f, y, v), x, w),
  hvp: (f, x, v, w) => inner(hvp(f, x, v) as AnyArray, w),
  vhp: (f, x, v, w) => inner(vhp(f, v, x) as AnyArray, w),
  hessian: (f, x, v, w) => inner(matmul<AnyArray>(hessian(f, x) as AnyArray, v), w),
  "hessian, reverse": (f, x, v, w) => inner(matmul<AnyArray>(hessian(f, x, { mode: "reverse" }) as AnyArray, v), w),
  "jacobian of the gradient": (f, x, v, w) => inner(matmul<AnyArray>(jacobian((y: AnyArray) => gradient(f, y)[0], x) as AnyArray, v), w),
};

/** Asserts that a plain number is the expected one up to rounding. */
export function close(got: Scalar, expected: number, what = "", tolerance = 1e-11): void {
  assert.type(got, "number", what);
  const apart = Math.abs((got as number) - expected);
  assert.ok(apart <= tolerance * Math.max(1, Math.abs(expected)), `${what}: got ${got as number}, expected ${expected}`);
}
