import { type Binary, scalarRule, type Unary } from "../../lib/core/index.js";
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
export const abs: Unary = scalarRule(Math.abs, (_, x) => [slopeOfAbs(x)]);

/** sign x from two comparisons, which need no branch: of operands in no order nobody can foresee one. */
const slopeOfAbs: Unary = scalarRule(
  (x: number): number => (Number.isNaN(x) ? x : Number(x > 0) - Number(x < 0)),
  () => [0],
  { name: "slopeOfAbs" },
);

/**
 * |x| with the sign of s; −0 counts as negative, NaN gives NaN. At x = 0 the slope is 0.
 *   ẏ = sign x · sign s · ẋ      x̄ = sign x · sign s · ȳ,  s̄ = 0
 */
export const copysign: Binary = scalarRule(
  // 1 / s tells −0 from 0, but not −∞ from ∞.
  (x: number, s: number): number => (Number.isNaN(s) ? s : Math.abs(x) * (1 - 2 * (Number(s < 0) | Number(1 / s < 0)))),
  (y, x) => [mul(slopeOfAbs(x), slopeOfAbs(y)), 0],
  { name: "copysign" },
);
