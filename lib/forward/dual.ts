import {
  type AnyArray,
  DifferentiableStore,
  type Entries,
  endedError,
  inheriting,
  type Level,
  type Memory,
  OverlaidEntries,
  outside,
  type Scalar,
  storeOf,
  TracedNumber,
  TracedScalar,
} from "../core/index.js";
import { type FloatDType, giveFloats, isNdArray, type NdArray, viewOn } from "../nd/index.js";

export type Floats = Float64Array | Float32Array;

/** A number that moves: its value, and the speed at which it does. */
export interface Dual extends TracedScalar {
  readonly level: Level;
  readonly primal: Scalar;
  readonly tangent: Scalar;
}

/** One whose value and speed are plain. */
export interface NumberDual extends TracedNumber {
  readonly level: Level;
  readonly tangent: number;
}

// Plain functions instead of derived classes: such a constructor is a third as long, so that the compiler inlines it always, and tools that
// keep names have no class to define one on.

interface DualConstructor<D extends Dual> {
  new (level: Level, primal: D["primal"], tangent: D["tangent"]): D;
  readonly prototype: D;
}

type Fields = { -readonly [K in "level" | "primal" | "tangent"]: Dual[K] };

export const NumberDual: DualConstructor<NumberDual> = inheriting(TracedNumber, function NumberDual(
  this: Fields,
  level: Level,
  primal: number,
  tangent: number,
): void {
  this.level = level;
  this.primal = primal;
  this.tangent = tangent;
} as unknown as DualConstructor<NumberDual>);

const NestedDual: DualConstructor<Dual> = inheriting(TracedScalar, function NestedDual(
  this: Fields,
  level: Level,
  primal: Scalar,
  tangent: Scalar,
): void {
  this.level = level;
  this.primal = primal;
  this.tangent = tangent;
} as unknown as DualConstructor<Dual>);

/** A number of that level with its speed. */
export function dual(level: Level, primal: Scalar, tangent: Scalar): Dual {
  if (typeof primal === "number" && typeof tangent === "number") return new NumberDual(level, primal, tangent);
  return new NestedDual(level, primal, tangent);
}

/** Stands for memory that was given back. */
const gone = new Float64Array(0);

/** The store of an array that moves: its entries and their speeds, in memory of the same layout. */
export class DualStore extends DifferentiableStore {
  override readonly level: Level;
  override raw: Memory;
  override readonly readOnly: string;
  /** The speeds, for who reads them at once and keeps nothing of them. */
  rawTangent: Memory;
  /** Computes the entries once more; where it is given, nobody else refers to the memory as yet. */
  recompute: { entries(): Memory } | undefined = undefined;

  /** The store whose entries these are, where it is an alias. */
  protected readonly origin: DualStore | undefined;

  constructor(level: Level, primal: Memory, tangent: Memory, dtype: FloatDType, readOnly: string, origin?: DualStore) {
    super(primal.length, dtype);
    this.origin = origin;
    this.level = level;
    this.raw = primal;
    this.rawTangent = tangent;
    this.readOnly = readOnly;
  }

  override get primal(): Memory {
    if (this.origin !== undefined) return this.origin.primal;
    if (this.raw === gone) this.raw = (this.recompute as { entries(): Memory }).entries();
    this.lent = true;
    return this.raw;
  }

  get tangent(): Memory {
    if (this.origin !== undefined) return this.origin.tangent;
    if (this.rawTangent === gone) throw endedError();
    this.lent = true;
    return this.rawTangent;
  }

  /** Gives memory back that was never handed out, once the level has ended: the tangents, and entries that can be computed once more. */
  release(): void {
    if (this.lent || this.rawTangent === gone) return;
    giveFloats(this.rawTangent as Float64Array);
    this.rawTangent = gone;
    if (this.recompute === undefined) return;
    giveFloats(this.raw as Float64Array);
    this.raw = gone;
  }

  override get(index: number): Scalar {
    if (this.elements !== undefined) {
      const element = this.elements.at(index);
      if (element === undefined) throw outside(index, this.length);
      return element;
    }
    return this.origin === undefined ? this.entry(index) : this.origin.entry(index);
  }

  override alias(): DualStore {
    return new DualStore(this.level, this.raw, this.rawTangent, this.dtype, "", this.origin ?? this);
  }

  protected override own(): Entries {
    const { origin } = this;
    return origin === undefined ? super.own() : new OverlaidEntries((index) => origin.entry(index), this.length);
  }

  /** An entry that the program has not written. */
  protected entry(index: number): Scalar {
    const primal = read(this.raw, index);
    const tangent = read(this.rawTangent, index);
    if (primal === undefined || tangent === undefined) throw this.level.ended ? endedError() : outside(index, this.length);
    return dual(this.level, primal, tangent);
  }
}

function read(memory: Memory, index: number): Scalar | undefined {
  if (memory instanceof Float64Array) return memory[index];
  return memory instanceof DifferentiableStore ? memory.get(index) : memory[index];
}

/** The entries of an array of a level and their speeds in plain memory, for who keeps neither; undefined where an outer level traces them. */
export function viewsOf(level: Level, x: unknown): readonly [primal: NdArray, tangent: NdArray] | undefined {
  const store = isNdArray(x) ? storeOf(x) : undefined;
  if (!(store instanceof DualStore) || store.level !== level || store.elements !== undefined) return undefined;
  const { raw, rawTangent } = store;
  if (!ArrayBuffer.isView(raw) || !ArrayBuffer.isView(rawTangent)) return undefined;
  const { shape, stride, offset } = x as AnyArray;
  return [viewOn(raw, shape, stride, offset), viewOn(rawTangent, shape, stride, offset)];
}
