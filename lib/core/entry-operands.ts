import { type ArrayView, broadcastShapes, type FloatDType, isNdArray, isSound, rowMajorStride, sameShape, type Strided } from "../nd/index.js";
import { broadcastStride, type Entrywise, numberAt, still } from "./entrywise.js";
import { type AnyArray, type Level, TracedScalar } from "./level.js";
import { storeOf } from "./store.js";

/** The arguments of a function of entries as loops read them: plain numbers, and plain memory below one level at most. */
export class EntryOperands {
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly dtype: FloatDType;
  readonly operands: readonly (number | Strided)[];
  /** Whether operand k has another shape than the result. */
  readonly spread: readonly boolean[] | undefined;

  constructor(shape: readonly number[], dtype: FloatDType, operands: readonly (number | Strided)[], spread: readonly boolean[] | undefined) {
    this.shape = shape;
    this.stride = rowMajorStride(shape);
    this.dtype = dtype;
    this.operands = operands;
    this.spread = spread;
  }

  at(k: number): Strided {
    const x = this.operands[k] as number | Strided;
    return typeof x === "number" ? numberAt(k, x, still(this.shape.length)) : x;
  }

  /** All of them; numbers lie in memory that the next call overwrites. */
  strided(): Strided[] {
    const list = new Array<Strided>(this.operands.length);
    for (let k = 0; k < list.length; k++) list[k] = this.at(k);
    return list;
  }
}

/** The operands of a call; undefined where it is none of entries in plain memory, and must go the general way. */
export function entryOperands(level: Level | undefined, who: string, entries: Entrywise, args: readonly unknown[]): EntryOperands | undefined {
  const { count } = entries;
  if (args.length !== count) return undefined;
  let shape: readonly number[] | undefined;
  let mixed = false;
  let dtype: FloatDType = "float32";
  const operands = new Array<number | Strided>(count);
  for (let k = 0; k < count; k++) {
    const arg = args[k];
    if (typeof arg === "number") {
      operands[k] = arg;
      mixed = true;
      continue;
    }
    if (typeof arg !== "object" || arg === null) return undefined;
    if (arg instanceof TracedScalar) {
      if (arg.level !== level || typeof arg.primal !== "number") return undefined;
      operands[k] = arg.primal;
      mixed = true;
      continue;
    }
    const view = arg as AnyArray;
    const store = storeOf(view);
    let data: unknown;
    if (store !== undefined) {
      if (store.elements !== undefined || store.level !== level) return undefined;
      data = store.primal;
    } else {
      if (!isNdArray(arg)) return undefined;
      data = view.data;
      if (!isSound(view as ArrayView<unknown>)) return undefined;
    }
    if (data instanceof Float64Array) dtype = "float64";
    else if (!(data instanceof Float32Array)) return undefined;
    const own = view.shape;
    if (shape === undefined) shape = own;
    else if (!sameShape(shape, own)) mixed = true;
    operands[k] = { data, stride: view.stride, offset: view.offset };
  }
  if (shape === undefined) return undefined;
  let spread: boolean[] | undefined;
  if (mixed) {
    shape = broadcastShapes(who, ...args.map((arg) => (arg as { shape?: readonly number[] }).shape ?? []));
    spread = new Array<boolean>(count);
    for (let k = 0; k < count; k++) {
      const x = operands[k] as number | Strided;
      const own = typeof x === "number" ? [] : (args[k] as AnyArray).shape;
      spread[k] = !sameShape(own, shape);
      if (spread[k] && typeof x !== "number") operands[k] = { data: x.data, stride: broadcastStride(own, x.stride, shape), offset: x.offset };
    }
  }
  return new EntryOperands(shape, dtype, operands, spread);
}
