import { type AnyArray, accumulate, add, cotangentOf, isZero, NoTangent, thunk, ZeroTangent } from "../../lib/core/index.js";
import { commonDType, matmulPlain, type NdArray, packed } from "../../lib/nd/index.js";
import { svdFactors } from "../../lib/nd/linalg/factorizations.js";
import { sub } from "../elementwise/field.js";
import { matrixProduct, strongMatmul } from "../products/matmul.js";
import { turned } from "../shaping/turned.js";
import type { OfMatrices } from "./matrices.js";
import { overMatrices } from "./over-matrices.js";
import { epsilonOf, finiteMatrixFor } from "./single-matrix.js";
import type { Solve } from "./solve.js";
import { asColumn, fromColumn, rightSideFor } from "./systems.js";

/** What the least-squares solutions of a are made of: x = v diag(1 / s) uᵀ b over the singular values that are not 0. */
interface Inverse {
  /** Shape [n, r], the right singular vectors over their singular values. */
  readonly scaled: NdArray;
  /** Shape [r, m]. */
  readonly ut: NdArray;
}

/** The singular values above max(m, n) ε s[0], ε that of the kind of a, with their vectors; in double precision. */
function inverseOf(who: string, a: NdArray): Inverse {
  const { u, s, vt } = svdFactors(who, packed(a, "float64"));
  const smallest = Math.max(...a.shape) * epsilonOf(a) * (s.size === 0 ? 0 : s.get(0));
  let rank = 0;
  while (rank < s.size && s.get(rank) > smallest) rank++;
  const scaled = packed(vt.hi(rank, vt.shape[1] as number).transpose(1, 0), "float64");
  for (let i = 0, at = 0; i < (scaled.shape[0] as number); i++) for (let k = 0; k < rank; k++) (scaled.data[at++] as number) /= s.get(k);
  return { scaled, ut: u.hi(u.shape[0] as number, rank).transpose(1, 0) };
}

/** How y = a⁺ moves with a: linear in ȧ, and its own transpose but for those of ȧ and ẏ, since a y and y a are symmetric. */
function inverseSlope(a: AnyArray, y: AnyArray, da: AnyArray): AnyArray {
  const across = turned(y);
  const moving = turned(da);
  const range = strongMatmul(strongMatmul(y, across), moving);
  const kernel = strongMatmul(moving, strongMatmul(across, y));
  const outside = add(sub(range, strongMatmul(strongMatmul(range, a), y)), sub(kernel, strongMatmul(y, strongMatmul(a, kernel))));
  return sub(outside, strongMatmul(strongMatmul(y, da), y)) as AnyArray;
}

/**
 * The pseudo-inverse (Moore–Penrose): y = v diag(1 / s) uᵀ over the singular values above max(m, n) ε s[0]; those below count as 0. The
 * derivative is that among matrices of the same rank: it exists for matrices of full rank in all directions, for others where ȧ leaves the
 * rank as it is.
 *   ẏ = −y ȧ y + y yᵀ ȧᵀ (1 − a y) + (1 − y a) ȧᵀ yᵀ y
 *   ā = −yᵀ ȳ yᵀ + (1 − a y) ȳᵀ y yᵀ + yᵀ y ȳᵀ (1 − y a)
 * @param a shape [..., m, n]; each matrix by itself
 * @returns shape [..., n, m]
 * @throws {RangeError} when a is no matrix, or has an entry that is not finite
 * Source: G. H. Golub and V. Pereyra, The differentiation of pseudo-inverses and nonlinear least squares problems whose variables separate
 * (1973).
 */
export const pinv: OfMatrices = overMatrices(
  (a: NdArray) => {
    const { scaled, ut } = inverseOf("pinv", finiteMatrixFor("pinv", "a", a));
    return packed(matmulPlain(scaled, ut), commonDType([a]));
  },
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => {
      const y = pinv(a);
      return [y, inverseSlope(a, y, da as AnyArray)];
    },
    rrule: (a: AnyArray) => {
      const y = pinv(a);
      return [
        y,
        function pinvPullback(ybar: AnyArray) {
          return [NoTangent, turned(inverseSlope(a, y, turned(ybar)))];
        },
      ];
    },
  },
  { name: "pinv" },
);

/** A vector counts as one right side for all matrices, as for `solve`. */
function ranksFor(a: AnyArray, b: AnyArray): readonly number[] {
  if (a.dimension >= 2) rightSideFor("lstsq", "a", a, b);
  return [2, b.dimension === 1 ? 1 : 2];
}

/**
 * The x of least length among those with the least |a x − b|, for each column of b: the solution of a x = b where there is one. Singular
 * values up to max(m, n) ε s[0] count as 0, so a may have any rank; the derivative is that among matrices of the same rank, as of `pinv`.
 *   ẋ = a⁺ (ḃ − ȧ x + a⁺ᵀ ȧᵀ r) + (1 − a⁺ a) ȧᵀ a⁺ᵀ x,  r = b − a x
 *   b̄ = a⁺ᵀ x̄,  ā = −b̄ xᵀ + r (a⁺ b̄)ᵀ + a⁺ᵀ x (x̄ − aᵀ b̄)ᵀ
 * The second term is 0 where the columns of a are linearly independent, the third one where its rows are. Axes before the last two broadcast;
 * b counts as a vector where it has one axis, as matrices else.
 * @param a shape [..., m, n]
 * @param b shape [m] or [..., m, k]
 * @returns shape [..., n] or [..., n, k]
 * @throws {RangeError} when a is no matrix, has an entry that is not finite, or the shapes do not fit
 * Source: G. H. Golub and V. Pereyra, The differentiation of pseudo-inverses and nonlinear least squares problems whose variables separate
 * (1973).
 */
export const lstsq: Solve = overMatrices(
  (a: NdArray, b: NdArray) => {
    rightSideFor("lstsq", "a", finiteMatrixFor("lstsq", "a", a), b);
    const { scaled, ut } = inverseOf("lstsq", a);
    return packed(matmulPlain(scaled, matmulPlain(ut, packed(b, "float64"))), commonDType([a, b]));
  },
  {
    frule: ([, da, db]: readonly unknown[], a: AnyArray, b: AnyArray) => {
      const vector = rightSideFor("lstsq", "a", finiteMatrixFor("lstsq", "a", a), b).dimension === 1;
      const column = asColumn(b, vector);
      const x = lstsq(a, column);
      const y = pinv(a);
      const dcolumn = asColumn(db, vector);
      let seen: unknown = dcolumn;
      let kernel: unknown = ZeroTangent;
      if (!isZero(da)) {
        const across = turned(y);
        const moving = turned(da as AnyArray);
        const residual = sub(column, matrixProduct(a, x));
        const w = strongMatmul(moving, strongMatmul(across, x));
        kernel = sub(w, strongMatmul(y, strongMatmul(a, w)));
        seen = accumulate(dcolumn, sub(strongMatmul(across, strongMatmul(moving, residual)), strongMatmul(da as AnyArray, x)));
      }
      const dx = accumulate(isZero(seen) ? seen : strongMatmul(y, seen as AnyArray), kernel);
      return [fromColumn(x, vector), fromColumn(dx, vector)];
    },
    rrule: (a: AnyArray, b: AnyArray) => {
      const vector = rightSideFor("lstsq", "a", finiteMatrixFor("lstsq", "a", a), b).dimension === 1;
      const column = asColumn(b, vector);
      const x = lstsq(a, column);
      return [
        fromColumn(x, vector),
        function lstsqPullback(ybar: AnyArray) {
          const xbar = asColumn(ybar, vector);
          const y = pinv(a);
          const across = turned(y);
          const bbar = strongMatmul(across, xbar);
          const abar = (): AnyArray => {
            const residual = sub(column, matrixProduct(a, x));
            const range = strongMatmul(residual, turned(strongMatmul(y, bbar)));
            const kernel = strongMatmul(strongMatmul(across, x), turned(sub(xbar, strongMatmul(turned(a), bbar))));
            return add(sub(range, strongMatmul(bbar, turned(x))), kernel);
          };
          return [NoTangent, thunk(() => cotangentOf(a, abar())), cotangentOf(b, fromColumn(bbar, vector))];
        },
      ];
    },
  },
  { name: "lstsq", zeros: "symbolic", ranks: ranksFor },
);
