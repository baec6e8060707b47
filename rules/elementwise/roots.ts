import { type AnyFunction, add, type Scalar, scalarRule, TracedNumber, type Unary, type Variadic } from "../../lib/core/index.js";
import { div, mul, neg, reciprocal, square } from "./field.js";
import { share } from "./share.js";

/**
 * y = √x; NaN for x < 0. At 0 the slope is its limit from the right, ∞.
 *   ẏ = ẋ / 2y                   x̄ = ȳ / 2y
 */
export const sqrt: Unary = scalarRule(
  Math.sqrt,
  (y) => [div(0.5, add(y, 0))], // −0 + 0 is 0: √−0 is −0, and its slope is ∞ all the same
  {
    exact: true,
    dispatch: (general: Unary) =>
      ((x: Scalar, index?: unknown, list?: unknown): unknown => {
        if (index !== undefined || list !== undefined) return (general as AnyFunction)(x, index, list);
        if (typeof x === "number") return Math.sqrt(x);
        if (!(x instanceof TracedNumber)) return general(x);
        const p = x.primal;
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
 * u = x / h, what x contributes to the length h of (x, …others): 0 at h = 0. h comes with them, since it is at hand, but does not count as an
 * operand that moves: the slopes are those of u as a function of all x. From h they would come out as 1 − u², which cancels.
 *   ∂u/∂x = |others|² / h³       ∂u/∂xⱼ = −u xⱼ / h²
 */
const component: Variadic = scalarRule(
  (...xs: number[]): number => (xs[0] === 0 ? 0 : (xs[1] as number) / (xs[0] as number)),
  (u: Scalar, h: Scalar, _: Scalar, ...others: Scalar[]) => {
    if (others.length === 0) return [0, 0];
    return [0, share(square(share(hypot(...others), h)), h), ...others.map((x) => neg(mul(u, share(share(x, h), h))))];
  },
  { name: "component" },
);

/**
 * y = √(Σ xₖ²) of any number of operands, without overflow on the way. Where all of them are 0 the slopes are 0.
 *   ẏ = Σ xₖ ẋₖ / y              x̄ₖ = xₖ ȳ / y
 */
export const hypot: Variadic = scalarRule(Math.hypot, (y, ...xs) =>
  // Numbers need no rule of the slope.
  xs.map((x, k) => (typeof y === "number" ? share(x, y) : component(y, x, ...xs.filter((_, j) => j !== k)))),
);
