import {
  allocate,
  broadcastShapes,
  type FloatDType,
  isNdArray,
  isSound,
  type LoopOperand,
  type NdArray,
  type NumericData,
  rowMajor,
  rowMajorStride,
  sameShape,
  sizeOf,
} from "../../nd/index.js";
import { type EntryCall, type EntryLoops, mostOperands } from "../entry-function.js";
import { type AnyArray, below, endedError, isOperand, type Level, TracedScalar } from "../level.js";
import type { Rule } from "../rule.js";
import { DifferentiableStore } from "../traced/store.js";

/** An application of an elementwise function to arrays in plain memory, below one level at most. */
export class ArrayCall implements EntryCall {
  readonly loops: EntryLoops;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly size: number;
  readonly dtype: FloatDType;
  readonly operands: LoopOperand[];
  readonly spread: number;
  /** The level of its traced operands; undefined when all are plain. */
  readonly level: Level | undefined;
  /** Bit k is set where operand k is traced. */
  readonly moving: number;

  constructor(
    loops: EntryLoops,
    shape: readonly number[],
    dtype: FloatDType,
    operands: LoopOperand[],
    spread: number,
    level: Level | undefined,
    moving: number,
  ) {
    this.loops = loops;
    this.shape = shape;
    this.stride = rowMajorStride(shape);
    this.size = sizeOf(shape);
    this.dtype = dtype;
    this.operands = operands;
    this.spread = spread;
    this.level = level;
    this.moving = moving;
  }
}

const mayBeArray = (x: unknown): boolean => typeof x === "object" && !(x instanceof TracedScalar);

/**
 * The call of an elementwise function to arrays, for its loops. Undefined where it must go the general way: without arrays, where an array
 * was written to, lies on a list, or does not fit its memory, and where several levels trace it.
 * @throws {RangeError} when the shapes do not broadcast
 * @throws {NotTraceableError} when an operand's level has ended
 */
export function arrayCall(rule: Rule, given: readonly unknown[]): ArrayCall | undefined {
  const { elementwise } = rule;
  if (elementwise === undefined || given.length === 0) return undefined;
  const args = elementwise.operands === undefined ? given : elementwise.operands(given);
  if (args === undefined) return undefined;
  const { kindless } = elementwise;
  let count = args.length;
  const last = args[count - 1];
  if (last === undefined || !(mayBeArray(args[0]) || (count > 1 && mayBeArray(args[1])) || count > 2)) return undefined;
  const hasOptions = count > 1 && !isOperand(last);
  if (hasOptions) count--;
  let level: Level | undefined;
  let moving = 0;
  let shape: readonly number[] | undefined;
  let mixed = false;
  let dtype: FloatDType | undefined;
  const operands = new Array<LoopOperand>(count);
  for (let k = 0; k < count; k++) {
    const arg = args[k];
    if (typeof arg === "number") {
      operands[k] = arg;
      mixed = true;
      continue;
    }
    if (typeof arg !== "object" || arg === null) return undefined;
    if (arg instanceof TracedScalar) {
      const x = arg.level.checked ? below(arg) : arg.primal;
      if (typeof x !== "number" || (level !== undefined && arg.level !== level)) return undefined;
      level = arg.level;
      moving |= 1 << k;
      operands[k] = x;
      mixed = true;
      continue;
    }
    const view = arg as AnyArray;
    let data: unknown = view.data;
    if (data instanceof DifferentiableStore) {
      if (data.elements !== undefined || data.level === undefined || (level !== undefined && data.level !== level)) return undefined;
      level = data.level;
      moving |= 1 << k;
      data = data.raw;
      if (data instanceof DifferentiableStore) return undefined;
    } else if (!isNdArray(view) || !isSound(view)) return undefined;
    if (((kindless >> k) & 1) === 0 && dtype !== "float64") dtype = data instanceof Float32Array ? "float32" : "float64";
    const own = view.shape;
    if (shape === undefined) shape = own;
    else if (!mixed && !sameShape(shape, own)) mixed = true;
    operands[k] = { data: data as NumericData, stride: view.stride, offset: view.offset };
  }
  if (shape === undefined || count > mostOperands) return undefined;
  if (level?.ended) throw endedError();
  let spread = 0;
  if (mixed) {
    shape = broadcastShapes(rule.name, ...args.slice(0, count).map((arg) => (arg as { shape?: readonly number[] }).shape ?? []));
    for (let k = 0; k < count; k++) {
      const x = operands[k] as LoopOperand;
      const own = typeof x === "number" ? [] : (args[k] as NdArray).shape;
      if (sameShape(own, shape)) continue;
      spread |= 1 << k;
      if (typeof x !== "number") operands[k] = { data: x.data, stride: broadcastStride(own, x.stride, shape), offset: x.offset };
    }
  }
  const loops = elementwise.loopsFor(count, hasOptions ? args[count] : undefined);
  if (loops === undefined) return undefined;
  const { fields } = loops;
  for (let k = 0; k < fields.length; k++) operands.push((args[count] as Record<string, number>)[fields[k] as string] as number);
  // A function without derivative gives plain arrays of traced ones.
  if (rule.constant === true)
    return level !== undefined && rule.stepsAside !== undefined
      ? undefined
      : new ArrayCall(loops, shape, "float64", operands, spread, undefined, 0);
  return new ArrayCall(loops, shape, dtype ?? "float64", operands, spread, level, moving);
}

/** The value of an elementwise function of plain arrays. */
export function arrayValue({ elementwise }: Rule, call: ArrayCall): NdArray {
  const data = allocate(elementwise?.kind ?? call.dtype, call.size) as Float64Array;
  call.loops.value(call, data);
  return rowMajor(data, call.shape);
}

/** The operands of an elementwise function in a call that differentiates it entry by entry; undefined where it goes another way. */
export function entryOperands({ elementwise, constant }: Rule, args: readonly unknown[]): readonly unknown[] | undefined {
  if (elementwise === undefined || constant === true) return undefined;
  return elementwise.operands === undefined ? args : elementwise.operands(args);
}

/** The strides of an array read with a larger shape, that it broadcasts to. */
export function broadcastStride(own: readonly number[], stride: readonly number[], shape: readonly number[]): readonly number[] {
  const lead = shape.length - own.length;
  const wide = new Array<number>(shape.length).fill(0);
  for (let k = 0; k < own.length; k++) if (own[k] !== 1) wide[lead + k] = stride[k] as number;
  return wide;
}
