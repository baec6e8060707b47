import { floatDType, isRowMajor, type NdArray, packedData, rowMajor, sizeOf } from "../lib/nd/index.js";
import { arrayFor, type ReduceOptions, reducedBy } from "./reduce-options.js";

/** The entries of an array slice by slice, in double precision: slice n has its `length` entries from start + n · length on. */
export interface Slices {
  readonly data: Float64Array;
  readonly start: number;
  readonly count: number;
  readonly length: number;
}

/** The slices of x along these axes; both slices and their entries in row-major order. Copies where they do not lie so already. */
export function slicesOf(x: NdArray, axes: readonly number[]): Slices {
  const kept = x.shape.flatMap((_, k) => (axes.includes(k) ? [] : [k]));
  const view = kept.length === 0 || axes.length === 0 ? x : x.transpose(...kept, ...axes);
  const length = sizeOf(axes.map((axis) => x.shape[axis] as number));
  const count = sizeOf(kept.map((axis) => x.shape[axis] as number));
  if (view.data instanceof Float64Array && isRowMajor(view.shape, view.stride))
    return { data: view.data, start: view.offset, count, length };
  return { data: packedData(view, "float64") as Float64Array, start: 0, count, length };
}

/** One number from the entries data[start], …, data[end − 1]. */
export type Fold = (data: Float64Array, start: number, end: number) => number;

/**
 * The results of folding each slice of x.
 * @param names all that the options may hold, where it is more than axis and keepDims
 */
export function foldSlices(who: string, x: NdArray, options: ReduceOptions | undefined, fold: Fold, names?: string): number | NdArray {
  const { axes, shape } = reducedBy(who, arrayFor(who, x).shape, options, names);
  const { data, start, count, length } = slicesOf(x, axes);
  if (shape === undefined) return fold(data, start, start + length);
  const y = floatDType(x.dtype) === "float32" ? new Float32Array(count) : new Float64Array(count);
  for (let n = 0, at = start; n < count; n++, at += length) y[n] = fold(data, at, at + length);
  return rowMajor(y, shape);
}
