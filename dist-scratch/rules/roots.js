import { add, scalarRule } from "../lib/core/index.js";
import { div, mul, neg, reciprocal, square } from "./field.js";
/**
 * y = √x; NaN for x < 0. At 0 the slope is its limit from the right, ∞.
 *   ẏ = ẋ / 2y                   x̄ = ȳ / 2y
 */
export const sqrt = scalarRule(Math.sqrt, (y) => [div(0.5, add(y, 0))], // −0 + 0 is 0: √−0 is −0, and its slope is ∞ all the same
{
    dispatch: (general) => ((x) => {
        if (typeof x === "number")
            return Math.sqrt(x);
        const p = x?.primal;
        if (typeof p !== "number")
            return general(x);
        const y = Math.sqrt(p);
        return x.level.unary(y, x, 0.5 / (y + 0));
    }),
});
/**
 * y = ∛x, of negative numbers too. At 0 the slope is its limit, ∞.
 *   ẏ = ẋ / 3y²                  x̄ = ȳ / 3y²
 */
export const cbrt = scalarRule(Math.cbrt, (y) => [reciprocal(mul(3, square(y)))]);
/** x / h where x is a part of the length h: 0 at h = 0, and so are its slopes. */
const share = scalarRule((x, h) => (h === 0 ? 0 : x / h), (out, _, h) => [share(1, h), neg(share(out, h))], { name: "share" });
/**
 * y = √(Σ xₖ²) of any number of operands, without overflow on the way. Where all of them are 0 the slopes are 0.
 *   ẏ = Σ xₖ ẋₖ / y              x̄ₖ = xₖ ȳ / y
 */
export const hypot = scalarRule(Math.hypot, (y, ...xs) => xs.map((x) => share(x, y)));
