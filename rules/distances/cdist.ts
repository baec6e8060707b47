import { type AnyArray, cotangentOf, defineRule, describe, NoTangent, optionsFor, Thunk, thunk } from "../../lib/core/index.js";
import { floatResult } from "../../lib/nd/float-array.js";
import { commonDType, type NdArray } from "../../lib/nd/index.js";
import { shareOfTangent } from "../elementwise/share.js";
import { expectPoints, squaredDistances } from "./pairwise-sqdist.js";
import { differenceProducts, rowsOf, tangentFor, weightedDifferences } from "./point-differences.js";
import { normsBetween, normsMoved, normsPulled } from "./point-norms.js";

/** The Euclidean distance of two points whose squares leave the range of doubles. */
function scaledDistance(as: Float64Array, p: number, bs: Float64Array, q: number, dimension: number): number {
  let largest = 0;
  for (let k = 0; k < dimension; k++) largest = Math.max(largest, Math.abs((as[p + k] as number) - (bs[q + k] as number)));
  if (largest === 0 || largest === Number.POSITIVE_INFINITY) return largest;
  let total = 0;
  for (let k = 0; k < dimension; k++) total += (((as[p + k] as number) - (bs[q + k] as number)) / largest) ** 2;
  return largest * Math.sqrt(total);
}

function distances(a: NdArray, b: NdArray): NdArray {
  const [m, dimension] = a.shape as [number, number];
  const [n] = b.shape as [number, number];
  const [as, bs] = [rowsOf(a), rowsOf(b)];
  const out = squaredDistances(as, bs, m, n, dimension);
  for (let i = 0, at = 0; i < m; i++) {
    for (let j = 0; j < n; j++, at++) {
      const squares = out[at] as number;
      const inside = (squares > 1e-280 && squares < Number.POSITIVE_INFINITY) || Number.isNaN(squares);
      out[at] = inside ? Math.sqrt(squares) : scaledDistance(as, i * dimension, bs, j * dimension, dimension);
    }
  }
  return floatResult(out, [m, n], commonDType([a, b]));
}

/** Options of `cdist`. */
export interface CdistOptions {
  /** The order of the distance, more than 0: 2 when absent, Infinity for the largest difference. */
  readonly p?: number | undefined;
}

/** `cdist`: traced points give a traced array. */
export interface Cdist {
  (a: NdArray, b: NdArray, options?: CdistOptions): NdArray;
  (a: AnyArray, b: AnyArray, options?: CdistOptions): AnyArray;
}

function orderOf(options: CdistOptions | undefined): number {
  const { p = 2 } = optionsFor("cdist", options, "p");
  if (typeof p !== "number") throw new TypeError(`cdist: p is ${describe(p)}; give a number above 0, or Infinity`);
  if (p > 0) return p;
  throw new RangeError(`cdist: p = ${p}; give a number above 0, or Infinity`);
}

/**
 * The distances of points, (Σₖ |a[i, k] − b[j, k]|ᵖ)^(1/p): Euclidean ones unless p says otherwise, sums for p = 1, the largest difference for
 * p = ∞. Taken from the differences: full precision for points that lie close, and neither huge nor tiny distances overflow.
 *   ẏ[i, j] = Σₖ s[i, j, k] (ȧ[i, k] − ḃ[j, k])
 *   ā[i, k] = Σⱼ ȳ[i, j] s[i, j, k],  b̄[j, k] = −Σᵢ ȳ[i, j] s[i, j, k]
 * with s[i, j, k] = (a[i, k] − b[j, k]) / y[i, j] for p = 2; sign(d) (|d| / y)ᵖ⁻¹ of that difference d for others, for ∞ the sign of the first one
 * that is largest. Where two points coincide all derivatives of their distance are 0, as for `norm` at the zero vector.
 * @param a shape [m, d], a point in each row
 * @param b shape [n, d]
 * @param options p: the order, more than 0; 2 when absent
 * @returns shape [m, n], in the unit of a
 * @throws {RangeError} when a or b is not a matrix, they differ in their columns, or p is not positive
 */
export const cdist: Cdist = defineRule(
  (a: NdArray, b: NdArray, options?: CdistOptions) => {
    const p = orderOf(options);
    expectPoints("cdist", a, b);
    return p === 2 ? distances(a, b) : normsBetween(a, b, p);
  },
  {
    frule: ([, da, db]: readonly unknown[], a: AnyArray, b: AnyArray, options?: CdistOptions) => {
      const p = orderOf(options);
      const y = cdist(a, b, options);
      const [as, bs] = [tangentFor(a, da), tangentFor(b, db)];
      return [y, p === 2 ? shareOfTangent(differenceProducts(a, b, as, bs), y) : normsMoved(a, b, as, bs, p)];
    },
    rrule: (a: AnyArray, b: AnyArray, options?: CdistOptions) => {
      const p = orderOf(options);
      const y = cdist(a, b, options);
      return [
        y,
        function cdistPullback(ybar: AnyArray) {
          if (p !== 2) {
            const bars = new Thunk(() => normsPulled(ybar, a, b, p));
            const barOf = (k: 0 | 1): AnyArray => (bars.value() as readonly AnyArray[])[k] as AnyArray;
            return [NoTangent, thunk(() => cotangentOf(a, barOf(0))), thunk(() => cotangentOf(b, barOf(1)))];
          }
          const w = shareOfTangent(ybar, y);
          return [
            NoTangent,
            thunk(() => cotangentOf(a, weightedDifferences(w, a, b))),
            thunk(() => cotangentOf(b, weightedDifferences(w.transpose(1, 0), b, a))),
          ];
        },
      ];
    },
  },
  { name: "cdist", still: [2] },
);
