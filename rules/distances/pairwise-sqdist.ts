import { type AnyArray, cotangentOf, defineRule, describe, NoTangent, scale, storeOf, thunk } from "../../lib/core/index.js";
import { type FloatData, floatResult } from "../../lib/nd/float-array.js";
import { commonDType, expectSize, expectSound, formatShape, isNdArray, type NdArray } from "../../lib/nd/index.js";
import { differenceProducts, rowsOf, tangentFor, weightedDifferences } from "./point-differences.js";

/** A function of two sets of points, the rows of two matrices: one entry for each pair. */
export interface BetweenPoints {
  (a: NdArray, b: NdArray): NdArray;
  (a: AnyArray, b: AnyArray): AnyArray;
}

/** Throws where an argument is not a set of points. */
function expectSet(who: string, name: string, x: NdArray): void {
  if (!isNdArray(x)) throw new TypeError(`${who}: ${name} is ${describe(x)}; give a matrix with a point in each row`);
  expectSound(who, name, x);
  if (x.dimension !== 2)
    throw new RangeError(`${who}: ${name} is an array of shape ${formatShape(x.shape)}; give a matrix with a point in each row`);
}

/** Throws where a and b are not two sets of points of one dimension. */
export function expectPoints(who: string, a: NdArray, b: NdArray): void {
  expectSet(who, "a", a);
  expectSet(who, "b", b);
  if (a.shape[1] === b.shape[1]) {
    expectSize(who, [a.shape[0] as number, b.shape[0] as number]);
    return;
  }
  throw new RangeError(
    `${who}: the points of a have ${a.shape[1]} coordinates, those of b ${b.shape[1]}; give matrices with as many columns`,
  );
}

/** The squared distances of all pairs of points: Σ (a − b)² over their coordinates, in double precision. */
export function squaredDistances(as: Float64Array, bs: Float64Array, m: number, n: number, dimension: number): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0, at = 0; i < m; i++) {
    const start = i * dimension;
    for (let j = 0, q = 0; j < n; j++, at++) {
      let total = 0;
      for (let k = 0, p = start; k < dimension; k++, p++, q++) {
        const difference = (as[p] as number) - (bs[q] as number);
        total += difference * difference;
      }
      out[at] = total;
    }
  }
  return out;
}

/** 2x of a fresh array, in its own memory where it is plain. */
function twice(x: AnyArray): AnyArray {
  if (storeOf(x) !== undefined) return scale(2, x);
  const data = x.data as FloatData;
  for (let n = 0; n < data.length; n++) (data[n] as number) *= 2;
  return x;
}

/**
 * The squared Euclidean distances of points: y[i, j] = Σₖ (a[i, k] − b[j, k])². Taken from the differences, not from a² + b² − 2ab, which
 * loses all digits where points lie close: full precision, and never negative.
 *   ẏ[i, j] = 2 Σₖ (a[i, k] − b[j, k]) (ȧ[i, k] − ḃ[j, k])
 *   ā[i, k] = 2 Σⱼ ȳ[i, j] (a[i, k] − b[j, k]),  b̄[j, k] = 2 Σᵢ ȳ[i, j] (b[j, k] − a[i, k])
 * @param a shape [m, d], a point in each row
 * @param b shape [n, d]
 * @returns shape [m, n], in the unit of a squared
 * @throws {RangeError} when a or b is not a matrix, or they differ in their columns
 */
export const pairwiseSqdist: BetweenPoints = defineRule(
  (a: NdArray, b: NdArray) => {
    expectPoints("pairwiseSqdist", a, b);
    const [m, dimension] = a.shape as [number, number];
    const [n] = b.shape as [number, number];
    return floatResult(squaredDistances(rowsOf(a), rowsOf(b), m, n, dimension), [m, n], commonDType([a, b]));
  },
  {
    frule: ([, da, db]: readonly unknown[], a: AnyArray, b: AnyArray) => [
      pairwiseSqdist(a, b),
      scale(2, differenceProducts(a, b, tangentFor(a, da), tangentFor(b, db))),
    ],
    rrule: (a: AnyArray, b: AnyArray) => [
      pairwiseSqdist(a, b),
      function pairwiseSqdistPullback(ybar: AnyArray) {
        return [
          NoTangent,
          thunk(() => cotangentOf(a, twice(weightedDifferences(ybar, a, b)))),
          thunk(() => cotangentOf(b, twice(weightedDifferences(ybar.transpose(1, 0), b, a)))),
        ];
      },
    ],
  },
  { name: "pairwiseSqdist" },
);
