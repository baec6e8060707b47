import { type Binary, type Scalar, TracedScalar, type Unary, add, scalarRule, scale } from "../lib/core/index.js";

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
    dispatch: (general) =>
      ((x: Scalar, y: Scalar): unknown => {
        if (typeof x === "number") {
          if (typeof y === "number") return x * y;
          if (y instanceof TracedScalar && typeof y.primal === "number") return y.level.unary(x * y.primal, y, x);
        } else if (x instanceof TracedScalar && typeof x.primal === "number") {
          if (typeof y === "number") return x.level.unary(x.primal * y, x, y);
          if (y instanceof TracedScalar && y.level === x.level && typeof y.primal === "number") {
            return x.level.binary(x.primal * y.primal, x, y.primal, y, x.primal);
          }
        }
        return general(x, y);
      }) as Binary,
  },
);
export const sin: Unary = scalarRule(Math.sin, (_, x) => [cos(x)]);
export const cos: Unary = scalarRule(Math.cos, (_, x) => [mul(-1, sin(x))]);
void scale;
