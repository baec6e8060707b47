import { type AnyArray, cotangentOf, defineRule, NoTangent, thunk } from "../../lib/core/index.js";
import { floatResult } from "../../lib/nd/float-array.js";
import { commonDType, type NdArray } from "../../lib/nd/index.js";
import { shareOfTangent } from "../elementwise/share.js";
import { type BetweenPoints, expectPoints, squaredDistances } from "./pairwise-sqdist.js";
import { differenceProducts, rowsOf, tangentFor, weightedDifferences } from "./point-differences.js";

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

/**
 * The Euclidean distances of points: y[i, j] = √Σₖ (a[i, k] − b[j, k])². Taken from the differences: full precision for points that lie
 * close, and neither huge nor tiny distances overflow.
 *   ẏ[i, j] = Σₖ (a[i, k] − b[j, k]) (ȧ[i, k] − ḃ[j, k]) / y[i, j]
 *   ā[i, k] = Σⱼ w[i, j] (a[i, k] − b[j, k]),  b̄[j, k] = Σᵢ w[i, j] (b[j, k] − a[i, k]),  w = ȳ / y
 * Where two points coincide all derivatives of their distance are 0, as for `norm` at the zero vector.
 * @param a shape [m, d], a point in each row
 * @param b shape [n, d]
 * @returns shape [m, n], in the unit of a
 * @throws {RangeError} when a or b is not a matrix, or they differ in their columns
 */
export const cdist: BetweenPoints = defineRule(
  (a: NdArray, b: NdArray) => {
    expectPoints("cdist", a, b);
    return distances(a, b);
  },
  {
    frule: ([, da, db]: readonly unknown[], a: AnyArray, b: AnyArray) => {
      const y = cdist(a, b);
      return [y, shareOfTangent(differenceProducts(a, b, tangentFor(a, da), tangentFor(b, db)), y)];
    },
    rrule: (a: AnyArray, b: AnyArray) => {
      const y = cdist(a, b);
      return [
        y,
        function cdistPullback(ybar: AnyArray) {
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
  { name: "cdist" },
);
