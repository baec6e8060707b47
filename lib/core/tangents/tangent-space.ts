import { floatDType, isFloating, isNdArray } from "../../nd/index.js";
import { type AnyArray, isScalar, type Operand } from "../level.js";
import { isRecord } from "../structures/record.js";
import { leavesOf } from "../structures/structure.js";
import { storeOf } from "../traced/store.js";
import { NoTangent, ZeroTangent } from "./tangent.js";

/** The float kind that a tangent of this array has; undefined where entries have no tangent space. */
export function tangentDType(x: AnyArray): "float64" | "float32" | undefined {
  const store = storeOf(x);
  if (store !== undefined) return store.dtype;
  return isFloating(x.dtype) ? floatDType(x.dtype) : undefined;
}

/** Whether the value has a tangent space of its own: a number, a traced number, an array of floats. */
export function isDifferentiable(x: unknown): x is Operand {
  return isScalar(x) || (isNdArray(x) && tangentDType(x as AnyArray) !== undefined);
}

/**
 * The cotangents that a function without derivative gives its arguments: `ZeroTangent` for what can move, `NoTangent` for what cannot, and
 * for the options, a record without arrays that stands last.
 */
export function zeroCotangents(args: readonly unknown[]): (ZeroTangent | NoTangent)[] {
  return args.map((arg, k) => {
    if (k > 0 && k === args.length - 1 && isRecord(arg) && !leavesOf(arg).some(isNdArray)) return NoTangent;
    return leavesOf(arg).some(isDifferentiable) ? ZeroTangent : NoTangent;
  });
}
