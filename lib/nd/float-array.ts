import { packed } from "./loops.js";
import { isRowMajor } from "./shape.js";
import { isFloats } from "./strided.js";
import type { FloatDType, NdArray } from "./types.js";
import { floatDType, rowMajor, zerosOf } from "./view.js";

/** The two kinds of store that reductions and products read. */
export type FloatData = Float64Array | Float32Array;

/** An array over one of those. */
export interface FloatArray extends NdArray {
  readonly data: FloatData;
}

/**
 * x itself when its store holds floats, else a float64 copy. Element accesses that have met more than four kinds of store run ten
 * times slower in V8, for every later caller; loops behind this door meet two.
 */
export function asFloatArray(x: NdArray): FloatArray {
  const { data } = x;
  return (isFloats(data) ? x : packed(x, "float64")) as FloatArray;
}

/** x itself where its entries are floats in row-major order, else a copy in which they are. Not to be written to. */
export function inOrder(x: NdArray): FloatArray {
  const float = asFloatArray(x);
  return isRowMajor(float.shape, float.stride) ? float : (packed(float) as FloatArray);
}

/** A row-major array of these results, rounded to single precision when that is its kind; float64 results are shared. */
export function floatResult(values: Float64Array, shape: readonly number[], dtype: FloatDType): NdArray {
  return rowMajor(dtype === "float64" ? values : new Float32Array(values), shape);
}

/** A new array of zeros of the shape of x, for results computed from it. */
export function resultLike(x: NdArray): NdArray {
  return zerosOf(x.shape, floatDType(x.dtype));
}
