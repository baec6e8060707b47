import { add, scalarRule, type Unary } from "../lib/core/index.js";
import { mul, reciprocal, sub } from "./field.js";
import { oneMinusSquare } from "./one-minus-square.js";
import { hypot, sqrt } from "./roots.js";

/**
 * (eˣ − e⁻ˣ) / 2.
 *   ẏ = cosh x · ẋ               x̄ = cosh x · ȳ
 */
export const sinh: Unary = scalarRule(Math.sinh, (_, x) => [cosh(x)]);

/**
 * (eˣ + e⁻ˣ) / 2.
 *   ẏ = sinh x · ẋ               x̄ = sinh x · ȳ
 */
export const cosh: Unary = scalarRule(Math.cosh, (_, x) => [sinh(x)]);

/**
 * sinh x / cosh x, which goes to ±1. The slope is not 1 − y², which is 0 from |x| = 19 on.
 *   ẏ = ẋ / cosh² x              x̄ = ȳ / cosh² x
 */
export const tanh: Unary = scalarRule(Math.tanh, (_, x) => [sechSquared(x)]);

/**
 * y = 1 / cosh² x by e^(−2|x|), which cannot overflow.
 *   ẏ = −2 tanh x · y ẋ          x̄ = −2 tanh x · y ȳ
 */
export const sechSquared: Unary = scalarRule(
  (x: number): number => {
    const t = Math.exp(-2 * Math.abs(x));
    return (4 * t) / (1 + t) ** 2;
  },
  (y, x) => [mul(mul(-2, tanh(x)), y)],
  { name: "sechSquared" },
);

/**
 * The number whose sinh is x.
 *   ẏ = ẋ / √(x² + 1)            x̄ = ȳ / √(x² + 1)
 */
export const asinh: Unary = scalarRule(Math.asinh, (_, x) => [reciprocal(hypot(1, x))]);

/**
 * The number ≥ 0 whose cosh is x; NaN for x < 1. At 1 the slope is its limit from the right, ∞.
 *   ẏ = ẋ / (√(x − 1) √(x + 1))  x̄ = ȳ / (√(x − 1) √(x + 1))
 */
export const acosh: Unary = scalarRule(Math.acosh, (_, x) => [reciprocal(mul(sqrt(sub(x, 1)), sqrt(add(x, 1))))]);

/**
 * The number whose tanh is x; NaN for |x| > 1. At ±1 the slope is its one-sided limit, ∞.
 *   ẏ = ẋ / ((1 − x)(1 + x))     x̄ = ȳ / ((1 − x)(1 + x))
 */
export const atanh: Unary = scalarRule(Math.atanh, (_, x) => [reciprocal(oneMinusSquare(x))]);
