import {
  allocate,
  broadcastShapes,
  broadcastView,
  type FloatDType,
  floatDType,
  forEachEntry,
  isNdArray,
  map1,
  map2,
  type NdArray,
  packed,
  rowMajor,
  sizeOf,
  viewOn,
} from "../../nd/index.js";
import { describe } from "../errors.js";
import type { AnyArray, Operand, Scalar } from "../level.js";
import { inFloats } from "../structures/floats.js";

/** An elementwise function of one number or array. */
export interface Unary {
  (x: number): number;
  (x: Scalar): Scalar;
  (x: NdArray): NdArray;
  (x: AnyArray): AnyArray;
  (x: PlainOperand): PlainOperand;
  (x: Operand): Operand;
}

/** An elementwise function of two numbers or arrays, which broadcast. */
export interface Binary {
  (x: number, y: number): number;
  (x: Scalar, y: Scalar): Scalar;
  (x: NdArray, y: PlainOperand): NdArray;
  (x: PlainOperand, y: NdArray): NdArray;
  (x: AnyArray, y: Operand): AnyArray;
  (x: Operand, y: AnyArray): AnyArray;
  (x: PlainOperand, y: PlainOperand): PlainOperand;
  (x: Operand, y: Operand): Operand;
}

/** An elementwise function of three numbers or arrays, which broadcast. */
export interface Ternary {
  (x: number, y: number, z: number): number;
  (x: Scalar, y: Scalar, z: Scalar): Scalar;
  (x: NdArray, y: PlainOperand, z: PlainOperand): NdArray;
  (x: PlainOperand, y: NdArray, z: PlainOperand): NdArray;
  (x: PlainOperand, y: PlainOperand, z: NdArray): NdArray;
  (x: AnyArray, y: Operand, z: Operand): AnyArray;
  (x: Operand, y: AnyArray, z: Operand): AnyArray;
  (x: Operand, y: Operand, z: AnyArray): AnyArray;
  (x: PlainOperand, y: PlainOperand, z: PlainOperand): PlainOperand;
  (x: Operand, y: Operand, z: Operand): Operand;
}

/** An elementwise function of any number of numbers or arrays, which broadcast. */
export interface Variadic {
  (...xs: number[]): number;
  (...xs: Scalar[]): Scalar;
  (...xs: [NdArray, ...PlainOperand[]]): NdArray;
  (...xs: [PlainOperand, NdArray, ...PlainOperand[]]): NdArray;
  (...xs: [AnyArray, ...Operand[]]): AnyArray;
  (...xs: [Operand, AnyArray, ...Operand[]]): AnyArray;
  (...xs: PlainOperand[]): PlainOperand;
  (...xs: Operand[]): Operand;
}

/** What elementwise primals take: plain numbers and plain arrays. */
export type PlainOperand = number | NdArray;

/**
 * f entry by entry, with broadcasting.
 * @throws {TypeError} when an operand is neither a number nor an array
 * @throws {RangeError} when the shapes do not broadcast
 */
export function applyElementwise(who: string, f: (...xs: number[]) => number, operands: readonly PlainOperand[]): PlainOperand {
  const [x] = operands;
  if (operands.length === 1) {
    if (typeof x === "number") return f(x);
    if (isNdArray(x)) return map1(f, x.dtype === "generic" ? packed(x as NdArray) : (x as NdArray));
  }
  if (typeof x === "number" && operands.every((operand) => typeof operand === "number")) return f(...(operands as number[]));
  checkOperands(who, operands);
  const shape = broadcastShapes(who, ...operands.map((operand) => (typeof operand === "number" ? [] : operand.shape)));
  const views = operands.map((operand) => operandView(operand, shape));
  const dtype = operandsDType(operands);
  if (views.length === 2) {
    return map2(f, views[0] as NdArray, views[1] as NdArray, dtype);
  }
  const out = allocate(dtype, sizeOf(shape));
  const entries = new Array<number>(views.length);
  forEachEntry(views, shape, (n, positions) => {
    for (let k = 0; k < views.length; k++) entries[k] = (views[k] as NdArray).data[positions[k] as number] as number;
    out[n] = f(...entries);
  });
  return rowMajor(out, shape);
}

/** The operand read with this shape: a number or an array repeated along the new axes, in place. */
export function operandView(x: PlainOperand, shape: readonly number[]): NdArray {
  if (typeof x === "number") return viewOn([x], shape, new Array<number>(shape.length).fill(0), 0);
  return broadcastView(x.dtype === "generic" ? packed(x) : x, shape);
}

/** float32 when all arrays are; numbers do not count. */
export function operandsDType(operands: readonly PlainOperand[]): FloatDType {
  let dtype: FloatDType | undefined;
  for (const operand of operands) {
    if (typeof operand === "number") continue;
    if (floatDType(operand.dtype) === "float64") return "float64";
    dtype = "float32";
  }
  return dtype ?? "float64";
}

/** The error for argument k, counted from 0, which is neither a number nor an array. */
export function noOperand(who: string, k: number, came: unknown): TypeError {
  const cure = inFloats(came) === undefined ? "" : ": array(x) makes one";
  return new TypeError(`${who}: argument ${k + 1} is ${describe(came)}; a number or an array is needed${cure}`);
}

/** Throws where an operand is neither a number nor an array, and where there is none. */
export function checkOperands(who: string, operands: readonly unknown[]): void {
  if (operands.length === 0) throw new TypeError(`${who}: got no arguments; a number or an array is needed`);
  operands.forEach((operand, k) => {
    if (typeof operand !== "number" && !isNdArray(operand)) {
      throw noOperand(who, k, operand);
    }
  });
}
