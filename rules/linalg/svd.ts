import { type AnyArray, accumulate, add, fieldOf, isZero, NoTangent, scale, thunk, ZeroTangent } from "../../lib/core/index.js";
import type { NdArray } from "../../lib/nd/index.js";
import { svdFactors } from "../../lib/nd/linalg/factorizations.js";
import { mul, sub } from "../elementwise/field.js";
import { strongMatmul } from "../products/matmul.js";
import { sum } from "../reductions/sums.js";
import { diag, diagonal } from "../shaping/diagonals.js";
import { turned } from "../shaping/turned.js";
import { inverseGaps, inverseSums, inverses, nonzero } from "./gaps.js";
import type { OfMatrices } from "./matrices.js";
import { overMatrices } from "./over-matrices.js";
import { finiteMatrixFor, inDoubles, skewPart, symmetricPart } from "./single-matrix.js";

/** `svd`: a traced matrix gives traced arrays. */
export interface Svd {
  (a: NdArray): [u: NdArray, s: NdArray, vt: NdArray];
  (a: AnyArray): [u: AnyArray, s: AnyArray, vt: AnyArray];
}

function factors(who: string, a: NdArray): [u: NdArray, s: NdArray, vt: NdArray] {
  const { wide, back } = inDoubles(finiteMatrixFor(who, "a", a));
  const { u, s, vt } = svdFactors(who, wide);
  return [back(u), back(s), back(vt)];
}

/** x − q qᵀ x: what of the columns of x lies outside the space of those of q. Exactly 0, and left out, where q is square. */
function outside(q: AnyArray, x: AnyArray): AnyArray | typeof ZeroTangent {
  return q.shape[0] === q.shape[1] ? ZeroTangent : sub(x, strongMatmul(q, strongMatmul(turned(q), x)));
}

function timesColumns(x: AnyArray | typeof ZeroTangent, columns: AnyArray): AnyArray | typeof ZeroTangent {
  return isZero(x) ? x : (scale(x as AnyArray, columns) as AnyArray);
}

/**
 * The thin singular value decomposition a = u diag(s) vt.
 *   ṡ = diag(p),  u̇ = u (e ∘ sym p + g ∘ skew p) + (1 − u uᵀ) ȧ v d,  v̇ = v (e ∘ sym p − g ∘ skew p) + (1 − v vᵀ) ȧᵀ u d
 *   ā = u (diag(s̄) + e ∘ skew(uᵀ ū + vᵀ v̄) + g ∘ skew(uᵀ ū − vᵀ v̄)) vᵀ + (1 − u uᵀ) ū d vᵀ + u d v̄ᵀ (1 − v vᵀ)
 * with p = uᵀ ȧ v, sym and skew the symmetric and the skew part, e[i, j] = 1 / (s[j] − s[i]), g[i, j] = 1 / (s[j] + s[i]) and
 * d = diag(1 / s). Of these, what would divide by exactly 0 is 0, and so is 1 / (s[j] − s[i]) for values within 8 max(m, n) ε s[0] of each
 * other, unless both count as 0 by that measure: those are divided by however small they are, since ū and v̄ of what depends on u s vt have
 * them as factors. A singular value of exactly 0 has lost what these were.
 * The signs of each pair of singular vectors are chosen: the first entry of u's that comes within a tenth of its largest magnitude is
 * positive. Where singular values are equal, other bases of their spaces would do as well, so derivatives mean something only for results
 * on which that choice has no influence. Of those, what depends on s alone, on a space as a whole, or on the polar factor u vt, is exact;
 * others lack the slopes between vectors of equal singular values, which no rule of u, s and vt can see.
 * @param a shape [..., m, n]; each matrix by itself
 * @returns [u, s, vt] of shapes [..., m, k], [..., k] and [..., k, n], k = min(m, n): orthonormal columns, descending and not negative,
 *          orthonormal rows
 * @throws {RangeError} when a is no matrix, or has an entry that is not finite
 * Source: J. Townsend, Differentiating the singular value decomposition (2016), with 1 / (s[j]² − s[i]²) in partial fractions.
 */
export const svd: Svd = overMatrices(
  (a: NdArray) => factors("svd", a),
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => {
      const [u, s, vt] = svd(a);
      const extent = Math.max(...a.shape);
      const v = turned(vt);
      const pushed = strongMatmul(da as AnyArray, v);
      const p = strongMatmul(turned(u), pushed);
      const even = scale(inverseGaps(s, extent), symmetricPart(p)) as AnyArray;
      const odd = scale(inverseSums(s), skewPart(p)) as AnyArray;
      const d = inverses(s);
      const du = accumulate(strongMatmul(u, add(even, odd)), timesColumns(outside(u, pushed), d));
      const dv = accumulate(strongMatmul(v, sub(even, odd)), timesColumns(outside(v, strongMatmul(turned(da as AnyArray), u)), d));
      return [
        [u, s, vt],
        [du, diagonal(p), turned(dv as AnyArray)],
      ];
    },
    rrule: (a: AnyArray) => {
      const results = svd(a);
      return [results, (ybar: unknown) => [NoTangent, svdCotangent(results, Math.max(...a.shape), ybar)]];
    },
  },
  { name: "svd" },
);

function svdCotangent([u, s, vt]: readonly [AnyArray, AnyArray, AnyArray], extent: number, ybar: unknown): unknown {
  const [ubar, sbar, vtbar] = [fieldOf(ybar, 0), fieldOf(ybar, 1), fieldOf(ybar, 2)];
  if (isZero(ubar) && isZero(vtbar)) return isZero(sbar) ? sbar : spread(u, sbar as AnyArray, vt);
  const v = turned(vt);
  const left = isZero(ubar) ? ZeroTangent : strongMatmul(turned(u), ubar as AnyArray);
  const right = isZero(vtbar) ? ZeroTangent : strongMatmul(vt, turned(vtbar as AnyArray));
  const both = accumulate(left, right) as AnyArray;
  const apart = isZero(right) ? left : isZero(left) ? mul(-1, right as AnyArray) : sub(left as AnyArray, right as AnyArray);
  const inner = accumulate(
    isZero(sbar) ? ZeroTangent : diag(sbar as AnyArray),
    add(scale(inverseGaps(s, extent), skewPart(both)), scale(inverseSums(s), skewPart(apart as AnyArray))),
  ) as AnyArray;
  const d = inverses(s);
  const fromU = isZero(ubar) ? ZeroTangent : timesColumns(outside(u, ubar as AnyArray), d);
  const fromV = isZero(vtbar) ? ZeroTangent : timesColumns(outside(v, turned(vtbar as AnyArray)), d);
  const abar = strongMatmul(accumulate(strongMatmul(u, inner), fromU) as AnyArray, vt);
  return isZero(fromV) ? abar : add(abar, strongMatmul(u, turned(fromV as AnyArray)));
}

/** u diag(s̄) vt. */
function spread(u: AnyArray, sbar: AnyArray, vt: AnyArray): AnyArray {
  return strongMatmul(scale(u, sbar) as AnyArray, vt);
}

/**
 * The singular values, descending. Their slopes divide by no gap; those of the slopes do, as those of `svd`.
 *   ṡ = diag(uᵀ ȧ v)             ā = u diag(s̄) vᵀ
 * A singular value that is exactly 0 has the slope 0, as the magnitude that it is. Where singular values are equal, they have a kink each;
 * the slopes of what depends on them alike, a sum of g(s), are exact.
 * @param a shape [..., m, n]; each matrix by itself
 * @returns shape [..., min(m, n)]
 * @throws {RangeError} when a is no matrix, or has an entry that is not finite
 * Source: M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation (2008).
 */
export const svdvals: OfMatrices = overMatrices(
  (a: NdArray) => factors("svdvals", a)[1],
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => {
      const [u, s, vt] = svd(finiteMatrixFor("svdvals", "a", a));
      return [s, scale(nonzero(s), sum(scale(u, strongMatmul(da as AnyArray, turned(vt))) as AnyArray, { axis: 0 }))];
    },
    rrule: (a: AnyArray) => {
      const [u, s, vt] = svd(finiteMatrixFor("svdvals", "a", a));
      return [s, (sbar: AnyArray) => [NoTangent, thunk(() => spread(u, scale(nonzero(s), sbar) as AnyArray, vt))]];
    },
  },
  { name: "svdvals" },
);
