import { type Binary, scalarRule, type Unary } from "../lib/core/index.js";
import { mul } from "./field.js";

/**
 * −1, 0 or 1.
 *   ẏ = 0                        x̄ = 0, at 0 too
 */
export const sign: Unary = scalarRule(Math.sign, () => [0]);

/**
 * |x|. At 0 the slope is 0.
 *   ẏ = sign x · ẋ               x̄ = sign x · ȳ
 */
export const abs: Unary = scalarRule(Math.abs, (_, x) => [sign(x)]);

/**
 * |x| with the sign of s; −0 counts as negative, NaN gives NaN. At x = 0 the slope is 0.
 *   ẏ = sign x · sign s · ẋ      x̄ = sign x · sign s · ȳ,  s̄ = 0
 */
export const copysign: Binary = scalarRule(
  (x: number, s: number): number => {
    if (Number.isNaN(s)) return s;
    return s < 0 || Object.is(s, -0) ? -Math.abs(x) : Math.abs(x);
  },
  (y, x) => [mul(sign(x), sign(y)), 0],
  { name: "copysign" },
);
