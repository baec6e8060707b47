import { type AnyArray, add, primal } from "../../lib/core/index.js";
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

/** 1 where a number is larger than a bound, 0 elsewhere: an array of the kind and shape of x. */
function above(x: NdArray, bound: number): NdArray {
  const mask = zerosOf(x.shape, floatDType(x.dtype));
  packedData(x, "float64").forEach((entry, k) => {
    mask.data[k] = Math.abs(entry) > bound ? 1 : 0;
  });
  return mask;
}

/** 1 / x where that is finite, and 0 elsewhere. */
function inverted(x: AnyArray): AnyArray {
  const plain = primal(x);
  return share(above(plain, floatDType(plain.dtype) === "float32" ? 2 ** -128 : 2 ** -1024), x) as AnyArray;
}

/**
 * 1 at [i, j] where values[i] and values[j] can be told apart, 0 where they count as equal. Two that both count as 0 are what rounding left
 * of nothing, and have nothing in common: they are told apart by their own size, as are the vectors' cotangents, which they are factors of.
 */
function apart(values: NdArray, extent: number): NdArray {
  const numbers = packedData(values, "float64") as Float64Array;
  const n = numbers.length;
  const tolerance = toleranceOf(values, extent);
  const relative = Math.sqrt(epsilonOf(values));
  const mask = zerosOf([n, n], floatDType(values.dtype));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const gap = Math.abs((numbers[i] as number) - (numbers[j] as number));
      const larger = Math.max(Math.abs(numbers[i] as number), Math.abs(numbers[j] as number));
      mask.data[i * n + j] = gap > tolerance || (larger <= tolerance && gap > relative * larger) ? 1 : 0;
    }
  }
  return mask;
}

/** 1 / (values[j] − values[i]) at [i, j], but 0 where the two count as equal: their vectors may be turned into each other at will. */
export function inverseGaps(values: AnyArray, extent: number): AnyArray {
  return share(apart(primal(values), extent), sub(expandDims(values, 0), expandDims(values, 1))) as AnyArray;
}

/** 1 / (values[j] + values[i]) at [i, j], but 0 where both are 0. */
export function inverseSums(values: AnyArray): AnyArray {
  return inverted(add(expandDims(values, 0), expandDims(values, 1)) as AnyArray);
}

/** 1 / values, but 0 for those that are 0. What is small is divided by all the same: what it divides has it as a factor. */
export function inverses(values: AnyArray): AnyArray {
  return inverted(values);
}

/** 1 for values other than 0, 0 for those: where a magnitude has a slope. */
export function nonzero(values: AnyArray): NdArray {
  return above(primal(values), 0);
}
