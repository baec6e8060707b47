import {
  checkedShape,
  expectOneShape,
  type FloatDType,
  floatDType,
  isFloating,
  isNdArray,
  type NdArray,
  packed,
  rowMajor,
  sameShape,
  sameStore,
  shown,
} from "../../nd/index.js";
import { checkOperands, operandsDType, operandView, type PlainOperand } from "../calls/elementwise.js";
import { sumPlain } from "../calls/entrywise.js";
import { describe } from "../errors.js";
import { type AnyArray, isScalar, type Operand, type Scalar } from "../level.js";
import type { ByAxes } from "../lifted.js";
import { primal } from "../traced/ground.js";
import { floatKindOf, storeOf } from "../traced/store.js";
import { linearMap } from "./linear-map.js";
import { NoTangent } from "./tangent.js";

/** Sums an array to a shape that broadcasts to its own. */
export interface SumTo extends ByAxes<[x: PlainOperand, shape: readonly number[]], [x: Operand, shape: readonly number[]]> {
  (x: PlainOperand, shape: readonly []): number;
  (x: Operand, shape: readonly []): Scalar;
  (x: PlainOperand, shape: readonly [number, ...number[]]): NdArray;
  (x: Operand, shape: readonly [number, ...number[]]): AnyArray;
}

/**
 * Undoes broadcasting: the sum of x over the axes along which an array of this shape would be repeated; a copy where there is none. Shape []
 * gives a number.
 *   ẏ = sumTo(ẋ)                 x̄ = broadcastTo(ȳ)
 * @throws {RangeError} when an array of this shape does not broadcast to that of x
 */
export const sumTo: SumTo = linearMap(
  "sumTo",
  {
    primal: (x: PlainOperand, shape: readonly number[], more?: unknown) => {
      checkOperands("sumTo", [x]);
      expectOneShape("sumTo", more, "sumTo(x, […])");
      const extents = checkedShape("sumTo", shape);
      if (typeof x === "number") return extents.length === 0 ? x : broadcastTo(x, extents);
      const total = sumPlain(x, extents, "sumTo");
      if (extents.length === 0) return total.get();
      return total === x ? packed(x) : total;
    },
    stacked: (stack, [, shape]) => {
      const [columns = 0, ...from] = stack.shape;
      const extents = shape as readonly number[];
      const ones = new Array<number>(from.length - extents.length).fill(1);
      const sums = sumPlain(stack, [columns, ...ones, ...extents]);
      return rowMajor(sums === stack ? packed(stack).data : sums.data, [columns, ...extents]);
    },
  },
  (x: Operand, _shape: unknown, more?: unknown) => {
    expectOneShape("sumTo", more, "sumTo(x, […])");
    const full = isNdArray(x) ? x.shape : undefined;
    return (ybar: Operand) => (full === undefined ? ybar : broadcastTo(ybar, full));
  },
);

/**
 * x repeated along new axes and axes of extent 1, as NumPy does; a view of plain arrays: do not write to it.
 *   ẏ = broadcastTo(ẋ)           x̄ = sumTo(ȳ)
 * @throws {RangeError} when x does not broadcast to that shape
 */
export const broadcastTo: { (x: PlainOperand, shape: readonly number[]): NdArray; (x: Operand, shape: readonly number[]): AnyArray } =
  linearMap(
    "broadcastTo",
    {
      primal: (x: PlainOperand, shape: readonly number[], more?: unknown) => {
        checkOperands("broadcastTo", [x]);
        expectOneShape("broadcastTo", more, "broadcastTo(x, […])");
        return packed(operandView(x, checkedShape("broadcastTo", shape)), operandsDType([x]));
      },
      stacked: (stack, [, shape]) => {
        const [columns = 0, ...from] = stack.shape;
        const [step = 0, ...own] = stack.stride;
        const lead = (shape as number[]).length - from.length;
        const more = (value: number): number[] => new Array<number>(lead).fill(value);
        const view = sameStore(stack, [columns, ...more(1), ...from], [step, ...more(0), ...own], stack.offset);
        return packed(operandView(view, [columns, ...(shape as number[])]), operandsDType([stack]));
      },
    },
    (x: Operand, _shape: unknown, more?: unknown) => {
      expectOneShape("broadcastTo", more, "broadcastTo(x, […])");
      const own = isNdArray(x) ? x.shape : [];
      return (ybar: AnyArray) => sumTo(ybar, own);
    },
  );

/**
 * A fresh row-major array of the same numbers, of this kind.
 *   ẏ = cast(ẋ, dtype)           x̄ = cast(ȳ, kind of x)
 */
export const cast: { (x: NdArray, dtype: FloatDType): NdArray; (x: AnyArray, dtype: FloatDType): AnyArray } = linearMap(
  "cast",
  {
    primal: (x: NdArray, dtype: FloatDType) => {
      if (!isNdArray(x)) throw new TypeError(`cast: x is ${describe(x)}; an array is needed`);
      if (dtype !== "float64" && dtype !== "float32")
        throw new RangeError(`cast: dtype = ${shown(dtype)} is not a kind of float; use "float64" or "float32"`);
      return packed(x, dtype);
    },
    stacked: (stack, [, dtype]) => packed(stack, dtype as FloatDType),
  },
  (x: AnyArray) => {
    const own = floatDType(primal(x).dtype);
    return (ybar: AnyArray) => cast(ybar, own);
  },
);

/**
 * The cotangent of an operand that was broadcast, in the operand's own shape and kind; `NoTangent` where it cannot move.
 * @param operand the operand of the call
 * @param t       its cotangent in the shape of the result
 * @throws {TypeError} when the operand is neither a number nor an array
 */
export function cotangentOf(operand: Operand, t: Operand): Operand | NoTangent {
  if (!isNdArray(operand)) {
    if (!isScalar(operand)) checkOperands("cotangentOf", [operand]);
    return isNdArray(t) ? sumTo(t as AnyArray, []) : t;
  }
  const x = operand as AnyArray;
  const store = storeOf(x);
  if (store === undefined && !isFloating(x.dtype)) return NoTangent;
  const summed = isNdArray(t) && !sameShape(t.shape, x.shape) ? sumTo(t as AnyArray, x.shape) : t;
  const shaped = isNdArray(summed) ? (summed as AnyArray) : broadcastTo(summed, x.shape);
  const dtype = floatKindOf(x);
  return (storeOf(shaped)?.dtype ?? shaped.dtype) === dtype ? shaped : cast(shaped, dtype);
}
