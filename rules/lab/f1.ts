import { type Binary, scalarRule } from "../../lib/core/index.js";
import { add, mul } from "../elementwise/index.js";

/**
 * x² + 3y, the first example of reverse mode; entry by entry on arrays.
 *   ẏ = 2x ẋ₁ + 3 ẋ₂             x̄₁ = 2x ȳ,  x̄₂ = 3 ȳ
 * Source: lab 09, "Reverse mode".
 */
export const f1: Binary = scalarRule(
  (x: number, y: number): number => add(mul(x, x), mul(3, y)),
  (_, x) => [mul(2, x), 3],
  { name: "f1", kernel: (x, y) => x * x + 3 * y },
);
