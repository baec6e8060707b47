import { type Binary, type Scalar, scalarRule, scale, strongProduct } from "../lib/core/index.js";
import { log } from "./exponential.js";
import { sub } from "./field.js";

/**
 * z = xʸ. Both slopes are strong products: ∂z/∂x is 0 for y = 0, and at x = 0 exactly y·0ʸ⁻¹ (∞ for 0 < y < 1); ∂z/∂y is 0 at x = 0 for
 * y > 0, and NaN for x < 0, where xʸ is no function of real numbers y: such an x needs a y that does not move.
 *   ż = y xʸ⁻¹ ẋ + z ln x · ẏ    x̄ = y xʸ⁻¹ z̄,  ȳ = z ln x · z̄
 */
export const pow: Binary = scalarRule(Math.pow, (z, x, y) => [scale(y, pow(x, sub(y, 1))), scale(z, log(x))], {
  dispatch: (general: Binary) =>
    ((x: Scalar, y: Scalar): unknown => {
      if (typeof x === "number") {
        if (typeof y === "number") return x ** y;
        const q = y?.primal;
        if (typeof q === "number") {
          const z = x ** q;
          return y.level.unary(z, y, strongProduct(z, Math.log(x)));
        }
      } else {
        const p = x?.primal;
        if (typeof p === "number") {
          if (typeof y === "number") return x.level.unary(p ** y, x, strongProduct(y, p ** (y - 1)));
          const q = y?.primal;
          if (typeof q === "number" && y.level === x.level) {
            const z = p ** q;
            return x.level.binary(z, x, strongProduct(q, p ** (q - 1)), y, strongProduct(z, Math.log(p)));
          }
        }
      }
      return general(x, y);
    }) as Binary,
});
