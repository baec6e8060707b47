import { type AnyArray, defineRule, NoTangent } from "../../lib/core/index.js";
import type { NdArray } from "../../lib/nd/index.js";
import { luInverter } from "../../lib/nd/linalg/inverses.js";
import { neg } from "../elementwise/field.js";
import { strongMatmul } from "../products/matmul.js";
import { turnedOperand } from "../shaping/turned.js";
import { type OfMatrices, squaresFor } from "./matrices.js";

/** −y e y: how y = a⁻¹ moves when a moves by e. */
export function inverseSlope(y: AnyArray, e: AnyArray): AnyArray {
  return neg(strongMatmul(strongMatmul(y, e), y)) as AnyArray;
}

/**
 * The inverse with its rule.
 * @param who names the function in errors
 */
export function inverseFor(who: string): OfMatrices {
  const inverse: OfMatrices = defineRule(
    (a: NdArray) => luInverter(who, squaresFor(who, "a", a))(false),
    {
      frule: ([, da]: readonly unknown[], a: AnyArray) => {
        const y = inverse(a);
        return [y, inverseSlope(y, da as AnyArray)];
      },
      rrule: (a: AnyArray) => {
        const y = inverse(a);
        return [
          y,
          function invPullback(ybar: AnyArray) {
            return [NoTangent, inverseSlope(turnedOperand(y), ybar)];
          },
        ];
      },
    },
    { name: who },
  );
  return inverse;
}

/**
 * The inverses of the matrices in the last two axes. To solve a system, `solve` is faster and more exact.
 *   ẏ = −y ȧ y                   ā = −yᵀ ȳ yᵀ
 * @param a shape [..., n, n]
 * @throws {RangeError} when a is not square, is singular in double precision, or has an entry that is not finite
 * Source: M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation (2008).
 */
export const inv: OfMatrices = inverseFor("inv");
