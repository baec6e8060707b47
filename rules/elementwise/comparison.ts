import { applyElementwise, type PlainOperand } from "../../lib/core/calls/elementwise.js";
import { type AnyArray, nonDifferentiable, type Operand, type Scalar } from "../../lib/core/index.js";
import { type NdArray, rowMajor } from "../../lib/nd/index.js";

/** A comparison: true or false for numbers, a Uint8Array of 1 and 0 as soon as one side is an array. */
export interface Comparison {
  (x: Scalar, y: Scalar): boolean;
  (x: AnyArray, y: Operand): NdArray;
  (x: Operand, y: AnyArray): NdArray;
  (x: Operand, y: Operand): boolean | NdArray;
}

/**
 * The comparison of this name: the entries that it holds for, with broadcasting. Without derivative, so traced operands give plain answers.
 * @param holds 1 where it does, else 0
 */
function comparison(name: string, holds: (x: number, y: number) => number): Comparison {
  const compare = (x: PlainOperand, y: PlainOperand): boolean | NdArray => {
    const held = applyElementwise(name, holds, [x, y]);
    return typeof held === "number" ? held === 1 : rowMajor(new Uint8Array(held.data as Float64Array), held.shape);
  };
  return nonDifferentiable(compare as Comparison, { name, elementwise: { f: holds, kind: "uint8", most: 2 } });
}

/** x < y. Not differentiable: ẏ = 0, x̄ = ȳ = 0. NaN is less than nothing. */
export const less: Comparison = comparison("less", (x, y) => Number(x < y));

/** x > y. Not differentiable. NaN is greater than nothing. */
export const greater: Comparison = comparison("greater", (x, y) => Number(x > y));

/** x ≤ y. Not differentiable. False for NaN. */
export const lessEqual: Comparison = comparison("lessEqual", (x, y) => Number(x <= y));

/** x ≥ y. Not differentiable. False for NaN. */
export const greaterEqual: Comparison = comparison("greaterEqual", (x, y) => Number(x >= y));

/** x = y, to the last bit; 0 equals −0. Not differentiable. NaN equals nothing. */
export const equal: Comparison = comparison("equal", (x, y) => Number(x === y));
