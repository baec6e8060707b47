import { type AnyFunction, add, type Binary, type Scalar, scalarRule, TracedNumber, type Unary } from "../../lib/core/index.js";
import { div, mul, reciprocal } from "./field.js";

/**
 * y = eˣ.
 *   ẏ = y ẋ                      x̄ = y ȳ
 */
export const exp: Unary = scalarRule(Math.exp, (y) => [y], {
  exact: true,
  dispatch: (general: Unary) =>
    ((x: Scalar, index?: unknown, list?: unknown): unknown => {
      if (index !== undefined || list !== undefined) return (general as AnyFunction)(x, index, list);
      if (typeof x === "number") return Math.exp(x);
      if (!(x instanceof TracedNumber)) return general(x);
      const p = x.primal;
      const y = Math.exp(p);
      return x.level.unary(y, x, y);
    }) as Unary,
});

/**
 * y = 2ˣ, exact at integers.
 *   ẏ = ln 2 · y ẋ               x̄ = ln 2 · y ȳ
 */
export const exp2: Unary = scalarRule(
  (x: number): number => 2 ** x,
  (y) => [mul(Math.LN2, y)],
  { name: "exp2" },
);

/**
 * y = 10ˣ, at integers the number that is written so: 10 ** −3 is 0.001.
 *   ẏ = ln 10 · y ẋ              x̄ = ln 10 · y ȳ
 */
export const exp10: Unary = scalarRule(
  (x: number): number => (Number.isSafeInteger(x) ? Number(`1e${x}`) : 10 ** x),
  (y) => [mul(Math.LN10, y)],
  { name: "exp10" },
);

/**
 * eˣ − 1, accurate near 0.
 *   ẏ = eˣ ẋ                     x̄ = eˣ ȳ
 */
export const expm1: Unary = scalarRule(Math.expm1, (y, x) => [expAt(y, x)]);

/** eˣ with y = eˣ − 1 at hand: y + 1 while that keeps its digits. y comes with x; it does not count as an operand that moves. */
const expAt: Binary = scalarRule(
  (y: number, x: number): number => (y > -0.5 ? y + 1 : Math.exp(x)),
  (slope) => [0, slope],
  { name: "expAt" },
);

/**
 * ln x; NaN for x < 0. At 0 the slope is its limit from the right, ∞.
 *   ẏ = ẋ / x                    x̄ = ȳ / x
 */
export const log: Unary = scalarRule(
  Math.log,
  (_, x) => [reciprocal(add(x, 0))], // −0 + 0 is 0: the slope there is ∞ too
  {
    exact: true,
    dispatch: (general: Unary) =>
      ((x: Scalar, index?: unknown, list?: unknown): unknown => {
        if (index !== undefined || list !== undefined) return (general as AnyFunction)(x, index, list);
        if (typeof x === "number") return Math.log(x);
        if (!(x instanceof TracedNumber)) return general(x);
        const p = x.primal;
        return x.level.unary(Math.log(p), x, 1 / (p + 0));
      }) as Unary,
  },
);

/**
 * log₂ x; at 0 as `log`.
 *   ẏ = ẋ / (x ln 2)             x̄ = ȳ / (x ln 2)
 */
export const log2: Unary = scalarRule(Math.log2, (_, x) => [div(Math.LOG2E, add(x, 0))]);

/**
 * log₁₀ x; at 0 as `log`.
 *   ẏ = ẋ / (x ln 10)            x̄ = ȳ / (x ln 10)
 */
export const log10: Unary = scalarRule(Math.log10, (_, x) => [div(Math.LOG10E, add(x, 0))]);

/**
 * ln(1 + x), accurate near 0; NaN for x < −1. At −1 the slope is its limit from the right, ∞.
 *   ẏ = ẋ / (1 + x)              x̄ = ȳ / (1 + x)
 */
export const log1p: Unary = scalarRule(Math.log1p, (_, x) => [reciprocal(add(1, x))]);
