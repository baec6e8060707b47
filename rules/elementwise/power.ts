import {
  type AnyFunction,
  add,
  type Binary,
  type Scalar,
  scalarRule,
  scale,
  strongProduct,
  type Ternary,
  TracedNumber,
} from "../../lib/core/index.js";
import { log } from "./exponential.js";
import { sub } from "./field.js";

/**
 * y xʸ⁻¹ with z = xʸ at hand: y z / x where z keeps its digits. z comes with x and y; it does not count as an operand that moves.
 */
const slopeOfPower: Ternary = scalarRule(
  (z: number, x: number, y: number): number => {
    const size = Math.abs(z);
    const slope = (z / x) * y;
    return size > 1e-290 && size < 1e290 && Number.isFinite(slope) ? slope : strongProduct(y, x ** (y - 1));
  },
  (_, __, x, y) => {
    const lower = pow(x, sub(y, 1));
    return [0, scale(y, scale(sub(y, 1), pow(x, sub(y, 2)))), add(lower, scale(y, scale(lower, log(x))))];
  },
  { name: "slopeOfPower" },
);

/**
 * z = xʸ. Both slopes are strong products: ∂z/∂x is 0 for y = 0, and at x = 0 exactly y·0ʸ⁻¹ (∞ for 0 < y < 1); ∂z/∂y is 0 at x = 0 for
 * y > 0, and NaN for x < 0, where xʸ is no function of real numbers y: such an x needs a y that does not move.
 *   ż = y xʸ⁻¹ ẋ + z ln x · ẏ    x̄ = y xʸ⁻¹ z̄,  ȳ = z ln x · z̄
 */
export const pow: Binary = scalarRule(Math.pow, (z, x, y) => [slopeOfPower(z, x, y), scale(z, log(x))], {
  dispatch: (general: Binary) =>
    ((x: Scalar, y: Scalar, index?: unknown, list?: unknown): unknown => {
      if (index !== undefined || list !== undefined) return (general as AnyFunction)(x, y, index, list);
      if (typeof x === "number") {
        if (typeof y === "number") return x ** y;
        if (y instanceof TracedNumber) {
          const q = y.primal;
          const z = x ** q;
          return y.level.unary(z, y, strongProduct(z, Math.log(x)));
        }
      } else if (x instanceof TracedNumber) {
        const p = x.primal;
        if (typeof y === "number") return x.level.unary(p ** y, x, strongProduct(y, p ** (y - 1)));
        if (y instanceof TracedNumber && y.level === x.level) {
          const q = y.primal;
          const z = p ** q;
          return x.level.binary(z, x, strongProduct(q, p ** (q - 1)), y, strongProduct(z, Math.log(p)));
        }
      }
      return general(x, y);
    }) as Binary,
});
