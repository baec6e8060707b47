import { type AnyArray, add, type Operand, primal } from "../../lib/core/index.js";
import { floatDType, type NdArray, packedData, zerosOf } from "../../lib/nd/index.js";
import { sub } from "../elementwise/field.js";
import { share } from "../elementwise/share.js";
import { expandDims } from "../shaping/axes.js";
import { epsilonOf } from "./single-matrix.js";

/**
 * Within which distance two eigenvalues or singular values of a matrix count as equal, and a singular value as 0: 8 n ε times the largest
 * magnitude among them, n the larger extent of the matrix, ε the relative rounding of its kind of number. A factorization leaves less than
 * that between values that are equal.
 */
export function toleranceOf(values: NdArray, extent: number): number {
  let largest = 0;
  for (const value of packedData(values, "float64")) largest = Math.max(largest, Math.abs(value));
  return 8 * extent * epsilonOf(values) * largest;
}

/** 1 where a number is more than a tolerance away from 0, 0 elsewhere: an array of the kind and shape of x. */
function above(x: NdArray, tolerance: number): NdArray {
  const mask = zerosOf(x.shape, floatDType(x.dtype));
  packedData(x, "float64").forEach((entry, k) => {
    mask.data[k] = Math.abs(entry) > tolerance ? 1 : 0;
  });
  return mask;
}

/** 1 / x, but 0 where x is 0 within a tolerance, and so are its slopes. */
function guarded(x: Operand, tolerance: number): AnyArray {
  return share(above(primal(x as AnyArray) as NdArray, tolerance), x) as AnyArray;
}

/** 1 / (values[j] − values[i]) at [i, j], but 0 where the two count as equal: their vectors may be turned into each other at will. */
export function inverseGaps(values: AnyArray, extent: number): AnyArray {
  return guarded(sub(expandDims(values, 0), expandDims(values, 1)), toleranceOf(primal(values), extent));
}

/** 1 / (values[j] + values[i]) at [i, j], but 0 where both count as 0. */
export function inverseSums(values: AnyArray, extent: number): AnyArray {
  return guarded(add(expandDims(values, 0), expandDims(values, 1)), toleranceOf(primal(values), extent));
}

/** 1 / values, but 0 for those that count as 0. */
export function inverses(values: AnyArray, extent: number): AnyArray {
  return guarded(values, toleranceOf(primal(values), extent));
}

/** 1 for values other than 0, 0 for those: where a magnitude has a slope. */
export function nonzero(values: AnyArray): NdArray {
  return above(primal(values), 0);
}
