import { type AnyArray, add, primal } from "../../lib/core/index.js";
import { floatDType, formatShape, type NdArray, packed, packedData } from "../../lib/nd/index.js";
import { expectFinite } from "../../lib/nd/linalg/finite-matrix.js";
import { mul, sub } from "../elementwise/field.js";
import { turned } from "../shaping/turned.js";
import { matricesFor } from "./matrices.js";

/**
 * x, when it is one matrix.
 * @param name names the argument
 */
export function matrixFor<A extends AnyArray>(who: string, name: string, x: A): A {
  if (matricesFor(who, name, x).dimension === 2) return x;
  throw new RangeError(`${who}: ${name} is an array of shape ${formatShape(x.shape)}; give one matrix at a time, with two axes`);
}

/** x, when it is one matrix of finite entries. */
export function finiteMatrixFor<A extends AnyArray>(who: string, name: string, x: A): A {
  const { shape } = matrixFor(who, name, x);
  expectFinite(who, { data: packedData(primal(x), "float64"), shape });
  return x;
}

/** x, when it is one matrix of finite entries with as many rows as columns. */
export function squareFor<A extends AnyArray>(who: string, name: string, x: A): A {
  const { shape } = matrixFor(who, name, x);
  if (shape[0] === shape[1]) return finiteMatrixFor(who, name, x);
  throw new RangeError(`${who}: ${name} is an array of shape ${formatShape(shape)}, not square; give as many rows as columns`);
}

/** (x + xᵀ) / 2. */
export function symmetricPart(x: AnyArray): AnyArray {
  return mul(0.5, add(x, turned(x)));
}

/** (x − xᵀ) / 2. */
export function skewPart(x: AnyArray): AnyArray {
  return mul(0.5, sub(x, turned(x)));
}

/** The relative distance of neighbouring numbers of the kind in which an array is computed with. */
export function epsilonOf(x: NdArray): number {
  return floatDType(x.dtype) === "float32" ? 2 ** -23 : Number.EPSILON;
}

/** A matrix in double precision, for a factorization, and the way back to its own kind. */
export function inDoubles(x: NdArray): { readonly wide: NdArray; readonly back: (y: NdArray) => NdArray } {
  const dtype = floatDType(x.dtype);
  return { wide: packed(x, "float64"), back: (y) => (dtype === "float64" ? y : packed(y, dtype)) };
}
