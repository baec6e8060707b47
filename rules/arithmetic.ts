import { add, type Binary, type Scalar, scalarRule, scale, type Unary } from "../lib/core/index.js";

export { add };

/**
 * x·y.
 *   ẏ = x₂ ẋ₁ + x₁ ẋ₂            x̄₁ = x₂ ȳ,  x̄₂ = x₁ ȳ
 */
export const mul: Binary = scalarRule(
  (x: number, y: number): number => x * y,
  (_, x, y) => [y, x],
  {
    name: "mul",
    dispatch: (general: Binary) =>
      ((x: Scalar, y: Scalar): unknown => {
        if (typeof x === "number") {
          if (typeof y === "number") return x * y;
          const q = y?.primal;
          if (typeof q === "number") return y.level.unary(x * q, y, x);
        } else {
          const p = x?.primal;
          if (typeof p === "number") {
            if (typeof y === "number") return x.level.unary(p * y, x, y);
            const q = y?.primal;
            if (typeof q === "number" && y.level === x.level) return x.level.binary(p * q, x, q, y, p);
          }
        }
        return general(x, y);
      }) as Binary,
  },
);
export const sin: Unary = scalarRule(Math.sin, (_, x) => [cos(x)]);
export const cos: Unary = scalarRule(Math.cos, (_, x) => [mul(-1, sin(x))]);
void scale;
