import { type AnyArray, defineRule, NoTangent } from "../lib/core/index.js";
import type { NdArray } from "../lib/nd/index.js";
import { luSolver } from "../lib/nd/linear-systems.js";
import { neg } from "./field.js";
import { matmul } from "./matmul.js";
import { identityLike, type OfMatrices, squaresFor, turned } from "./matrices.js";

/**
 * The inverses of the matrices in the last two axes. To solve a system, `solve` is faster and more exact.
 *   ẏ = −y ȧ y                   ā = −yᵀ ȳ yᵀ
 * @param a shape [..., n, n]
 * @throws {RangeError} when a is not square, is singular in double precision, or has an entry that is not finite
 * Source: M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation (2008).
 */
export const inv: OfMatrices = defineRule(
  (a: NdArray) => luSolver("inv", squaresFor("inv", "a", a))(identityLike(a), false),
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => {
      const y = inv(a);
      return [y, neg(matmul(matmul(y, da as AnyArray), y))];
    },
    rrule: (a: AnyArray) => {
      const y = inv(a);
      return [
        y,
        function invPullback(ybar: AnyArray) {
          const across = turned(y);
          return [NoTangent, neg(matmul(matmul(across, ybar), across))];
        },
      ];
    },
  },
  { name: "inv" },
) as OfMatrices;
