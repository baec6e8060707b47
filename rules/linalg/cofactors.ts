import { type AnyArray, defineRule, levelOf, linearRule, NoTangent, type OfArray, primal, scale } from "../../lib/core/index.js";
import type { NdArray } from "../../lib/nd/index.js";
import { cofactorSlopeOf, cofactorsOf, farFromSingular } from "../../lib/nd/linalg/cofactors.js";
import { div, mul, sub } from "../elementwise/field.js";
import { strongMatmul } from "../products/matmul.js";
import { turnedOperand } from "../shaping/turned.js";
import { takePositions } from "../support/positions.js";
import { entrySum, type OfMatrices, perMatrix, squareLike } from "./matrices.js";

/** The derivative of the cofactors of plain matrices, linear in e and its own transpose. */
const slopeAt: OfArray<[a: NdArray]> = linearRule(
  (e: NdArray, a: NdArray) => cofactorSlopeOf(a, e),
  (ybar: NdArray, _: NdArray, a: NdArray) => cofactorSlopeOf(a, ybar),
  { name: "cofactorSlope" },
);

/** At [i, j], each matrix without row i and column j. */
function minorsOf(x: AnyArray): AnyArray {
  const n = x.shape.at(-1) as number;
  const positions: number[] = [];
  for (let start = 0; start < x.size; start += n * n) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let row = 0; row < n; row++) {
          for (let col = 0; col < n; col++) if (row !== i && col !== j) positions.push(start + row * n + col);
        }
      }
    }
  }
  return takePositions(x, Int32Array.from(positions), [...x.shape, n - 1, n - 1]);
}

/** 1 where i + j is even, −1 where it is odd. */
function alternating(i: number, j: number): number {
  return (i + j) % 2 === 0 ? 1 : -1;
}

/** The derivative of the cofactors of a in the direction e. */
function cofactorSlope(e: AnyArray, a: AnyArray): AnyArray {
  if (levelOf(a) === undefined) return slopeAt(e, a as NdArray);
  const n = a.shape.at(-1) as number;
  // Order three and higher: minor by minor where these are small, by the formula that divides by the determinant else, where it is safe.
  if ((n > 0 && n <= 3) || !farFromSingular(primal(a)))
    return mul(squareLike(a, n, alternating), entrySum(scale(cofactors(minorsOf(a)), minorsOf(e))));
  const c = cofactors(a);
  const both = sub(scale(perMatrix(entrySum(scale(c, e))), c), strongMatmul(strongMatmul(c, turnedOperand(e)), c));
  return mul(n, div(both, perMatrix(entrySum(mul(c, a))))) as AnyArray;
}

/**
 * The cofactors of the matrices in the last two axes: ∂det/∂a. Nothing is divided by the determinant, so singular matrices have theirs,
 * at every order of derivatives.
 *   ẏ = D(a)[ȧ]                  ā = D(a)[ȳ],  D the second derivative of the determinant
 * @param a shape [..., n, n]
 */
export const cofactors: OfMatrices = defineRule(
  cofactorsOf,
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => [cofactors(a), cofactorSlope(da as AnyArray, a)],
    rrule: (a: AnyArray) => [
      cofactors(a),
      function cofactorsPullback(ybar: AnyArray) {
        return [NoTangent, cofactorSlope(ybar, a)];
      },
    ],
  },
  { name: "cofactors" },
);
