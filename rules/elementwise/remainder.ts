import { type Binary, type Scalar, scalarRule } from "../../lib/core/index.js";
import { div, neg, sub } from "./field.js";
import { round } from "./rounding.js";

/** How often y went into x, from the exact remainder: ⌊x/y⌋ of the rounded quotient may be one off. */
const count = (remainder: Scalar, x: Scalar, y: Scalar): Scalar => round(div(sub(x, remainder), y));

/**
 * x − y ⌊x/y⌋, of the sign of y, as NumPy's mod; exact but for one rounding. NaN for y = 0. At multiples of y, where it jumps, the slopes
 * are those on the side of the value.
 *   ṙ = ẋ − ⌊x/y⌋ ẏ              x̄ = r̄,  ȳ = −⌊x/y⌋ r̄
 */
export const mod: Binary = scalarRule(
  (x: number, y: number): number => {
    const r = x % y;
    if (r === 0) return y < 0 ? -0 : 0;
    return r < 0 !== y < 0 ? r + y : r;
  },
  (r, x, y) => [1, neg(count(r, x, y))],
  { name: "mod" },
);

/**
 * x − y trunc(x/y), of the sign of x, as JavaScript's x % y; exact. NaN for y = 0. At jumps as `mod`.
 *   ṙ = ẋ − trunc(x/y) ẏ         x̄ = r̄,  ȳ = −trunc(x/y) r̄
 */
export const rem: Binary = scalarRule(
  (x: number, y: number): number => x % y,
  (r, x, y) => [1, neg(count(r, x, y))],
  { name: "rem" },
);
