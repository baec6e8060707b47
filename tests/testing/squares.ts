import type { AnyFunction } from "../../lib/core/index.js";
import { type AnyArray, array, defineRule, mul, type NdArray, NoTangent, type Operand, zeros } from "../../lib/index.js";

/** The halves of x², to be replaced one at a time. */
export interface SquareHalves {
  /** The value that both halves return. */
  readonly y?: (x: Operand) => unknown;
  readonly dy?: (x: Operand, dx: Operand) => unknown;
  /** All cotangents. */
  readonly bars?: (x: Operand, ybar: Operand) => readonly unknown[];
  /** The cotangent of x. */
  readonly xbar?: (x: Operand, ybar: Operand) => unknown;
}

export const squareOf = (x: Operand): Operand => mul(x, x);
export const slopeTimes = (x: Operand, t: Operand): Operand => mul(mul(2, x), t);

/** x² with a rule of which some part is another one. */
export function squared(part: SquareHalves): AnyFunction {
  const { y = squareOf, dy = slopeTimes, xbar = slopeTimes, bars = (x, ybar) => [NoTangent, xbar(x, ybar)] } = part;
  return defineRule(
    (x: Operand) => squareOf(x),
    {
      frule: ([, dx], x) => [y(x), dy(x, dx)],
      rrule: (x) => [y(x), (ybar: Operand) => bars(x, ybar)],
    },
    { name: "squared" },
  );
}

/** x², its second argument a word that does not matter. */
export function labelled(bars: (x: Operand, ybar: Operand) => readonly unknown[]): AnyFunction {
  return defineRule(
    (x: Operand, _label: string) => squareOf(x),
    {
      frule: ([, dx], x) => [squareOf(x), slopeTimes(x, dx)],
      rrule: (x) => [squareOf(x), (ybar: Operand) => bars(x, ybar)],
    },
    { name: "labelled" },
  );
}

/** x as a plain array, for rules that look where they should not. */
export function plain(x: Operand): NdArray {
  return x as unknown as NdArray;
}

/** Fills an array from a function of its row-major position. */
export function filled(shape: readonly number[], entry: (n: number) => number): NdArray {
  const result = zeros(shape);
  for (let n = 0; n < result.size; n++) result.data[n] = entry(n);
  return result;
}

export const matrix: NdArray = array([
  [1, 2, 3],
  [4, 5, 6],
]);
export const quadratic: NdArray = array([
  [1, 2],
  [3, 5],
]);
export const single: NdArray = array([0.5, -1.5, 2], { dtype: "float32" });

export type { AnyArray };
