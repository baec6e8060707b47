import { type AnyArray, add, cotangentOf, defineRule, isZero, NoTangent, primal, strongProduct, thunk } from "../../lib/core/index.js";
import { asFloatArray, type FloatData, floatResult, inOrder } from "../../lib/nd/float-array.js";
import { commonDType, floatDType, isRowMajor, type NdArray, packedData, zerosOf } from "../../lib/nd/index.js";

/** The entries of a matrix in row-major order, in double precision; its own memory where they lie there so. Not to be written to. */
export function rowsOf(x: NdArray): Float64Array {
  if (!(x.data instanceof Float64Array && isRowMajor(x.shape, x.stride))) return packedData(x, "float64") as Float64Array;
  return x.offset === 0 ? x.data : x.data.subarray(x.offset);
}

/** Zeros of the shape and float kind of a matrix. */
function zerosLike(x: AnyArray): AnyArray {
  return zerosOf(x.shape, floatDType(primal(x).dtype));
}

/** The tangent of a matrix; zeros for one of integers, which has none. */
export function tangentFor(x: AnyArray, dx: unknown): AnyArray {
  return isZero(dx) ? zerosLike(x) : (dx as AnyArray);
}

// A product is 0 where one factor is, as everywhere in derivatives: points at infinity spoil nothing that does not move.

function products(a: NdArray, b: NdArray, c: NdArray, d: NdArray): NdArray {
  const [m, dimension] = a.shape as [number, number];
  const [n] = b.shape as [number, number];
  const [as, bs, cs, ds] = [rowsOf(a), rowsOf(b), rowsOf(c), rowsOf(d)];
  const out = new Float64Array(m * n);
  for (let i = 0, at = 0; i < m; i++) {
    for (let j = 0; j < n; j++, at++) {
      let total = 0;
      for (let k = 0, p = i * dimension, q = j * dimension; k < dimension; k++, p++, q++) {
        const first = (as[p] as number) - (bs[q] as number);
        const second = (cs[p] as number) - (ds[q] as number);
        if (first !== 0 && second !== 0) total += first * second;
      }
      out[at] = total;
    }
  }
  return floatResult(out, [m, n], commonDType([a, b, c, d]));
}

/** From this many weights on those that lie across are first laid out along. */
const transposedFrom = 4096;

/** The rows of a matrix turned into columns: points, coordinate by coordinate. */
function columnsOf(rows: Float64Array, n: number, dimension: number): Float64Array {
  const columns = new Float64Array(n * dimension);
  for (let j = 0, q = 0; j < n; j++) for (let k = 0, at = j; k < dimension; k++, at += n) columns[at] = rows[q++] as number;
  return columns;
}

function weighted(w: NdArray, a: NdArray, b: NdArray): NdArray {
  const [m, dimension] = a.shape as [number, number];
  const [n] = b.shape as [number, number];
  const { data, offset, stride } = m * n < transposedFrom ? asFloatArray(w) : inOrder(w);
  const [down, across] = stride as [number, number];
  const as = rowsOf(a);
  const bs = columnsOf(rowsOf(b), n, dimension);
  const out = new Float64Array(m * dimension);
  for (let i = 0, at = 0; i < m; i++) {
    for (let k = 0; k < dimension; k++, at++) {
      const start = offset + i * down;
      const total = weightedSum(data, start, across, as[at] as number, bs, k * n, n);
      out[at] = Number.isFinite(total) ? total : weightedSumOfMoving(data, start, across, as[at] as number, bs, k * n, n);
    }
  }
  return floatResult(out, [m, dimension], commonDType([w, a, b]));
}

/** Σⱼ wⱼ (x − yⱼ), in four running sums: the additions need not wait for each other. */
function weightedSum(w: FloatData, start: number, step: number, x: number, y: Float64Array, first: number, n: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let j = first;
  let p = start;
  const end = first + n;
  for (; j + 3 < end; j += 4, p += 4 * step) {
    s0 += (w[p] as number) * (x - (y[j] as number));
    s1 += (w[p + step] as number) * (x - (y[j + 1] as number));
    s2 += (w[p + 2 * step] as number) * (x - (y[j + 2] as number));
    s3 += (w[p + 3 * step] as number) * (x - (y[j + 3] as number));
  }
  for (; j < end; j++, p += step) s0 += (w[p] as number) * (x - (y[j] as number));
  return s0 + s1 + (s2 + s3);
}

/** The same without what has no weight or does not differ. */
function weightedSumOfMoving(w: FloatData, start: number, step: number, x: number, y: Float64Array, first: number, n: number): number {
  let total = 0;
  for (let j = 0; j < n; j++) total += strongProduct(w[start + j * step] as number, x - (y[first + j] as number));
  return total;
}

type OfFour = (a: AnyArray, b: AnyArray, c: AnyArray, d: AnyArray) => AnyArray;
type OfThree = (w: AnyArray, a: AnyArray, b: AnyArray) => AnyArray;

/**
 * The inner products of the differences of points: y[i, j] = Σₖ (a[i, k] − b[j, k]) (c[i, k] − d[j, k]). Taken term by term: nothing cancels
 * that does not cancel in the differences themselves.
 *   ẏ = products(ȧ, ḃ, c, d) + products(a, b, ċ, ḋ)
 *   ā = weighted(ȳ, c, d),  b̄ = weighted(ȳᵀ, d, c),  c̄ = weighted(ȳ, a, b),  d̄ = weighted(ȳᵀ, b, a)
 */
export const differenceProducts: OfFour = defineRule(
  products,
  {
    frule: ([, da, db, dc, dd]: readonly unknown[], a, b, c, d) => [
      differenceProducts(a, b, c, d),
      add(differenceProducts(tangentFor(a, da), tangentFor(b, db), c, d), differenceProducts(a, b, tangentFor(c, dc), tangentFor(d, dd))),
    ],
    rrule: (a, b, c, d) => [
      differenceProducts(a, b, c, d),
      function differenceProductsPullback(ybar: AnyArray) {
        const turned = ybar.transpose(1, 0);
        return [
          NoTangent,
          thunk(() => cotangentOf(a, weightedDifferences(ybar, c, d))),
          thunk(() => cotangentOf(b, weightedDifferences(turned, d, c))),
          thunk(() => cotangentOf(c, weightedDifferences(ybar, a, b))),
          thunk(() => cotangentOf(d, weightedDifferences(turned, b, a))),
        ];
      },
    ],
  },
  { name: "differenceProducts" },
);

/**
 * The differences of points added up with weights: y[i, k] = Σⱼ w[i, j] (a[i, k] − b[j, k]).
 *   ẏ = weighted(ẇ, a, b) + weighted(w, ȧ, ḃ)
 *   w̄ = products(ȳ, 0, a, b),  ā = weighted(w, ȳ, 0),  b̄ = weighted(wᵀ, 0, ȳ)
 */
export const weightedDifferences: OfThree = defineRule(
  weighted,
  {
    frule: ([, dw, da, db]: readonly unknown[], w, a, b) => [
      weightedDifferences(w, a, b),
      add(weightedDifferences(tangentFor(w, dw), a, b), weightedDifferences(w, tangentFor(a, da), tangentFor(b, db))),
    ],
    rrule: (w, a, b) => [
      weightedDifferences(w, a, b),
      function weightedDifferencesPullback(ybar: AnyArray) {
        return [
          NoTangent,
          thunk(() => cotangentOf(w, differenceProducts(ybar, zerosLike(b), a, b))),
          thunk(() => cotangentOf(a, weightedDifferences(w, ybar, zerosLike(b)))),
          thunk(() => cotangentOf(b, weightedDifferences(w.transpose(1, 0), zerosLike(b), ybar))),
        ];
      },
    ],
  },
  { name: "weightedDifferences" },
);
