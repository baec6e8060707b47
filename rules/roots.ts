import { add, type Scalar, scalarRule, type Unary, type Variadic } from "../lib/core/index.js";
import { div, mul, reciprocal, square } from "./field.js";
import { share } from "./share.js";

/**
 * y = √x; NaN for x < 0. At 0 the slope is its limit from the right, ∞.
 *   ẏ = ẋ / 2y                   x̄ = ȳ / 2y
 */
export const sqrt: Unary = scalarRule(
  Math.sqrt,
  (y) => [div(0.5, add(y, 0))], // −0 + 0 is 0: √−0 is −0, and its slope is ∞ all the same
  {
    dispatch: (general: Unary) =>
      ((x: Scalar): unknown => {
        if (typeof x === "number") return Math.sqrt(x);
        const p = x?.primal;
        if (typeof p !== "number") return general(x);
        const y = Math.sqrt(p);
        return x.level.unary(y, x, 0.5 / (y + 0));
      }) as Unary,
  },
);

/**
 * y = ∛x, of negative numbers too. At 0 the slope is its limit, ∞.
 *   ẏ = ẋ / 3y²                  x̄ = ȳ / 3y²
 */
export const cbrt: Unary = scalarRule(Math.cbrt, (y) => [reciprocal(mul(3, square(y)))]);

/**
 * y = √(Σ xₖ²) of any number of operands, without overflow on the way. Where all of them are 0 the slopes are 0.
 *   ẏ = Σ xₖ ẋₖ / y              x̄ₖ = xₖ ȳ / y
 */
export const hypot: Variadic = scalarRule(Math.hypot, (y, ...xs) => xs.map((x) => share(x, y)));
