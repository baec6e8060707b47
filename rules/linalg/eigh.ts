import { type AnyArray, add, fieldOf, isZero, NoTangent, scale } from "../../lib/core/index.js";
import type { NdArray } from "../../lib/nd/index.js";
import { symmetricEigen } from "../../lib/nd/linalg/factorizations.js";
import { strongMatmul } from "../products/matmul.js";
import { sum } from "../reductions/sums.js";
import { diag, diagonal } from "../shaping/diagonals.js";
import { turned } from "../shaping/turned.js";
import { inverseGaps } from "./gaps.js";
import type { OfMatrices } from "./matrices.js";
import { overMatrices } from "./over-matrices.js";
import { inDoubles, skewPart, squareFor, symmetricPart } from "./single-matrix.js";

/** `eigh`: a traced matrix gives traced arrays. */
export interface Eigh {
  (a: NdArray): [w: NdArray, v: NdArray];
  (a: AnyArray): [w: AnyArray, v: AnyArray];
}

function eigen(who: string, a: NdArray): [w: NdArray, v: NdArray] {
  const { wide, back } = inDoubles(squareFor(who, "a", a));
  const { w, v } = symmetricEigen(who, wide);
  return [back(w), back(v)];
}

/** vᵀ ṡ v, ṡ the symmetric part of ȧ. */
function turnedInto(v: AnyArray, da: AnyArray): AnyArray {
  return strongMatmul(turned(v), strongMatmul(symmetricPart(da), v));
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: (a + aᵀ) / 2 = v diag(w) vᵀ. Only the symmetric part of a counts, and ā is symmetric.
 *   ẇ = diag(m),  v̇ = v (f ∘ m)          ā = v (diag(w̄) + f ∘ skew(vᵀ v̄)) vᵀ
 * with m = vᵀ ṡ v, ṡ the symmetric part of ȧ, skew(x) = (x − xᵀ) / 2 and f[i, j] = 1 / (w[j] − w[i]), 0 where the two are equal within
 * 8 n ε max |w|.
 * The sign of each eigenvector is chosen: its first entry that comes within a tenth of its largest magnitude is positive. Where
 * eigenvalues are equal, any orthonormal basis of their space would do as well, so derivatives mean something only for results on which
 * that choice has no influence. Of those, what depends on w alone, or on the space as a whole, is exact; a matrix function
 * v diag(g(w)) vᵀ lacks the slopes between vectors of equal eigenvalues, which no rule of w and v can see.
 * @param a shape [..., n, n]; each matrix by itself
 * @returns [w, v]: w of shape [..., n], ascending; v of shape [..., n, n], the eigenvectors as columns in the order of w
 * @throws {RangeError} when a is not square, or has an entry that is not finite
 * Source: M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation (2008), 3.1.
 */
export const eigh: Eigh = overMatrices(
  (a: NdArray) => eigen("eigh", a),
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => {
      const [w, v] = eigh(a);
      const m = turnedInto(v, da as AnyArray);
      return [
        [w, v],
        [diagonal(m), strongMatmul(v, scale(inverseGaps(w, w.size), m) as AnyArray)],
      ];
    },
    rrule: (a: AnyArray) => {
      const [w, v] = eigh(a);
      return [
        [w, v],
        function eighPullback(ybar: unknown) {
          const [wbar, vbar] = [fieldOf(ybar, 0), fieldOf(ybar, 1)];
          if (isZero(vbar)) return [NoTangent, isZero(wbar) ? wbar : spread(v, wbar as AnyArray)];
          const turning = scale(inverseGaps(w, w.size), skewPart(strongMatmul(turned(v), vbar as AnyArray))) as AnyArray;
          const inner = isZero(wbar) ? turning : add(diag(wbar as AnyArray), turning);
          return [NoTangent, symmetricPart(strongMatmul(strongMatmul(v, inner), turned(v)))];
        },
      ];
    },
  },
  { name: "eigh" },
);

/** v diag(w̄) vᵀ. */
function spread(v: AnyArray, wbar: AnyArray): AnyArray {
  return strongMatmul(scale(v, wbar) as AnyArray, turned(v));
}

/**
 * The eigenvalues of a symmetric matrix, ascending. Only the symmetric part of a counts, and ā is symmetric. Its slopes divide by no gap;
 * those of the slopes do, as those of `eigh`.
 *   ẇ = diag(vᵀ ṡ v)             ā = v diag(w̄) vᵀ,  ṡ the symmetric part of ȧ, v the eigenvectors
 * Where eigenvalues are equal, they have a kink each; the slopes of what depends on them alike, a sum of g(w), are exact.
 * @param a shape [..., n, n]; each matrix by itself
 * @returns shape [..., n]
 * @throws {RangeError} when a is not square, or has an entry that is not finite
 * Source: M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation (2008), 3.1.
 */
export const eigvalsh: OfMatrices = overMatrices(
  (a: NdArray) => eigen("eigvalsh", a)[0],
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => {
      const [w, v] = eigh(squareFor("eigvalsh", "a", a));
      return [w, sum(scale(v, strongMatmul(symmetricPart(da as AnyArray), v)) as AnyArray, { axis: 0 })];
    },
    rrule: (a: AnyArray) => {
      const [w, v] = eigh(squareFor("eigvalsh", "a", a));
      return [
        w,
        function eigvalshPullback(wbar: AnyArray) {
          return [NoTangent, spread(v, wbar)];
        },
      ];
    },
  },
  { name: "eigvalsh" },
);
