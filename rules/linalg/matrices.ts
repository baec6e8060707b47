import { type AnyArray, type ByAxes, describe, type Operand, primal } from "../../lib/core/index.js";
import { allocate, expectSound, floatDType, formatShape, isNdArray, type NdArray, rowMajor } from "../../lib/nd/index.js";
import { sum } from "../reductions/sums.js";
import { expandDims } from "../shaping/axes.js";

/** A function of matrices that gives matrices: traced ones give traced ones. */
export interface OfMatrices<S extends readonly unknown[] = []> {
  (a: NdArray, ...rest: S): NdArray;
  (a: AnyArray, ...rest: S): AnyArray;
}

/** A number for each matrix: of one matrix a number, of several an array. Say which where it matters, `det<number>(a)`. */
export interface NumberOfMatrices extends ByAxes<[a: NdArray], [a: AnyArray]> {}

/**
 * x, when it has rows and columns.
 * @param name names the argument
 */
export function matricesFor<A extends AnyArray>(who: string, name: string, x: A): A {
  if (!isNdArray(x)) {
    throw new TypeError(
      `${who}: ${name} is ${describe(x)}; a matrix is needed${Array.isArray(x) ? `: array(${name}) makes one of lists` : ""}`,
    );
  }
  expectSound(who, name, x);
  if (x.dimension < 2) throw new RangeError(`${who}: ${name} is an array of shape ${formatShape(x.shape)}; give a matrix, with two axes`);
  return x;
}

/** x, when it has as many rows as columns. */
export function squaresFor<A extends AnyArray>(who: string, name: string, x: A): A {
  const [rows, cols] = matricesFor(who, name, x).shape.slice(-2);
  if (rows === cols) return x;
  throw new RangeError(`${who}: ${name} is an array of shape ${formatShape(x.shape)}, not square; give as many rows as columns`);
}

/** Σ of the entries of each matrix: a number for one matrix. */
export function entrySum(x: Operand): Operand {
  return (x as AnyArray).dimension === 2 ? sum(x as AnyArray) : sum(x as AnyArray, { axis: [-2, -1] });
}

/** One number for each matrix, to broadcast with them. */
export function perMatrix(t: Operand): Operand {
  return isNdArray(t) ? expandDims(t as AnyArray, [-2, -1]) : t;
}

/** A square matrix of plain numbers, in the float kind of x. */
export function squareLike(x: AnyArray, n: number, entry: (i: number, j: number) => number): NdArray {
  const data = allocate(floatDType(primal(x).dtype), n * n);
  for (let i = 0, at = 0; i < n; i++) for (let j = 0; j < n; j++) data[at++] = entry(i, j);
  return rowMajor(data, [n, n]);
}

/** The identity of the size and kind of the matrices in x. */
export function identityLike(x: AnyArray): NdArray {
  return squareLike(x, x.shape.at(-1) as number, (i, j) => (i === j ? 1 : 0));
}
