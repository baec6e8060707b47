import { add, type Binary, scalarRule, type Unary } from "../lib/core/index.js";
import { log } from "./exponential.js";
import { div, sub } from "./field.js";
import { sigmoid } from "./sigmoid.js";

/**
 * x ln x, 0 at 0; NaN for x < 0. At 0 the slope is its limit from the right, −∞.
 *   ẏ = (ln x + 1) ẋ             x̄ = (ln x + 1) ȳ
 */
export const xlogx: Unary = scalarRule(
  (x: number): number => (x === 0 ? 0 : x * Math.log(x)),
  (_, x) => [add(log(x), 1)],
  {
    name: "xlogx",
  },
);

/**
 * x ln y, 0 at x = 0 whatever y is (NaN for y NaN).
 *   ẏ = ln y · ẋ₁ + x/y · ẋ₂     x̄₁ = ln y · ȳ,  x̄₂ = x/y · ȳ
 */
export const xlogy: Binary = scalarRule(
  (x: number, y: number): number => (x === 0 && !Number.isNaN(y) ? 0 : x * Math.log(y)),
  (_, x, y) => [log(y), div(x, y)],
  { name: "xlogy" },
);

/**
 * ln(eˣ¹ + eˣ²) without overflow.
 *   ẏ = σ(x₁ − x₂)·ẋ₁ + σ(x₂ − x₁)·ẋ₂    x̄₁ = σ(x₁ − x₂)·ȳ,  x̄₂ = σ(x₂ − x₁)·ȳ
 */
export const logaddexp: Binary = scalarRule(
  // Equal infinities have no difference.
  (x: number, y: number): number => (x === y ? x + Math.LN2 : Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y)))),
  (_, x, y) => [sigmoid(sub(x, y)), sigmoid(sub(y, x))],
  { name: "logaddexp" },
);
