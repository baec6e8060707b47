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
  Recomputed,
  type Rule,
  type Scalar,
  storeOf,
  TracedNumber,
  TracedScalar,
} from "../core/index.js";
import { type FloatDType, giveFloats, isNdArray } from "../nd/index.js";
import type { Tape } from "./tape.js";

/** A number with a slot on the tape of its level. */
export interface Traced extends TracedScalar {
  readonly level: Level;
  readonly primal: Scalar;
  readonly slot: number;
}

/** One whose value is plain. */
export interface NumberTraced extends TracedNumber {
  readonly level: Level;
  readonly slot: number;
}

interface TracedConstructor<T extends Traced> {
  new (level: Level, primal: T["primal"], slot: number): T;
  readonly prototype: T;
}

type Fields = { -readonly [K in "level" | "primal" | "slot"]: Traced[K] };

/**
 * A plain function instead of a derived class: its constructor is a third as long, so that the compiler inlines it always, and tools that
 * keep names have no class to define one on.
 */
export const NumberTraced: TracedConstructor<NumberTraced> = inheriting(TracedNumber, function NumberTraced(
  this: Fields,
  level: Level,
  primal: number,
  slot: number,
): void {
  this.level = level;
  this.primal = primal;
  this.slot = slot;
} as unknown as TracedConstructor<NumberTraced>);

const NestedTraced: TracedConstructor<Traced> = inheriting(TracedScalar, function NestedTraced(
  this: Fields,
  level: Level,
  primal: Scalar,
  slot: number,
): void {
  this.level = level;
  this.primal = primal;
  this.slot = slot;
} as unknown as TracedConstructor<Traced>);

/** A number of that level with its slot. */
export function traced(level: Level, primal: Scalar, slot: number): Traced {
  return typeof primal === "number" ? new NumberTraced(level, primal, slot) : new NestedTraced(level, primal, slot);
}

/** What sets one traced array apart from another. */
export interface TracedStoreParts {
  readonly level: Level;
  readonly tape: Tape;
  readonly primal: Memory;
  readonly dtype: FloatDType;
  readonly readOnly: string;
  /** For an array gathered from scalars: their slots, −1 for constants. */
  readonly slots?: Int32Array | undefined;
}

/** Stands for memory that was given back. */
const gone = new Float64Array(0);

/**
 * The store of a traced array. Its cotangent is kept by the sweep under `node`; entries that the program reads one by one get slots of
 * their own, in one block that is reserved at the first `get`.
 */
export class TracedStore extends DifferentiableStore {
  override readonly level: Level;
  override raw: Memory;
  override readonly readOnly: string;
  readonly tape: Tape;
  readonly node: number;
  readonly slots: Int32Array | undefined;
  /** Computes the entries once more; where it is given, nobody else refers to their memory as yet. */
  recompute: { entries(): Memory } | undefined = undefined;
  private numbers: Float64Array | Float32Array | undefined;
  private readonly outer: DifferentiableStore | undefined;
  private base = -1;
  /** The store whose entries these are, where it is an alias. */
  protected readonly origin: TracedStore | undefined;

  constructor(parts: TracedStoreParts, origin?: TracedStore) {
    super(parts.primal.length, parts.dtype);
    this.level = parts.level;
    this.tape = parts.tape;
    this.raw = parts.primal;
    this.readOnly = parts.readOnly;
    this.slots = parts.slots;
    this.origin = origin;
    this.node = origin?.node ?? (parts.slots === undefined ? parts.tape.arrays.push(this) - 1 : -1);
    this.numbers = parts.primal instanceof DifferentiableStore ? undefined : parts.primal;
    this.outer = parts.primal instanceof DifferentiableStore ? parts.primal : undefined;
  }

  override get primal(): Memory {
    if (this.origin !== undefined) return this.origin.primal;
    if (this.raw === gone) this.raw = (this.recompute as { entries(): Memory }).entries();
    this.lent = true;
    return this.raw;
  }

  /** Gives memory back that was never handed out, once the level has ended. */
  release(): void {
    if (this.recompute === undefined || this.lent || this.raw === gone) return;
    giveFloats(this.raw as Float64Array);
    this.raw = gone;
    this.numbers = gone;
  }

  override get(index: number): Scalar {
    if (this.elements !== undefined) {
      const element = this.elements.at(index);
      if (element === undefined) throw outside(index, this.length);
      return element;
    }
    return this.origin === undefined ? this.entry(index) : this.origin.entry(index);
  }

  override alias(): TracedStore {
    return new TracedStore(this.aliasParts(), this.origin ?? this);
  }

  protected aliasParts(): TracedStoreParts {
    const { level, tape, raw, dtype, slots } = this;
    return { level, tape, primal: raw, dtype, readOnly: "", slots };
  }

  protected override own(): Entries {
    const { origin } = this;
    return origin === undefined ? super.own() : new OverlaidEntries((index) => origin.entry(index), this.length);
  }

  /** An entry that the program has not written. */
  private entry(index: number): Scalar {
    const value = this.numbers !== undefined ? this.numbers[index] : (this.outer as DifferentiableStore).get(index);
    if (value === undefined) throw this.level.ended ? endedError() : outside(index, this.length);
    if (this.slots !== undefined) {
      const slot = this.slots[index] as number;
      return slot < 0 ? value : traced(this.level, value, slot);
    }
    if (this.base < 0) {
      if (this.level.ended) throw endedError();
      this.base = this.tape.block(this.node, this.length);
    }
    return traced(this.level, value, this.base + index);
  }
}

/** Whether the memory of a plain array is none of these values'. */
export function liesApart({ data }: AnyArray, values: readonly unknown[]): boolean {
  return values.every((x) => !isNdArray(x) || (x.data !== data && !(x.data instanceof TracedStore && x.data.raw === data)));
}

/** From so many entries on new memory costs more than to keep account of what is used again. */
const LARGE = 1024;

/**
 * Lets the memory of a large fresh result of plain numbers be used again when the level has ended. Pullbacks that come of transposes do not
 * refer to it; those of others may have handed it to an outer level.
 */
export function reuseResult(output: AnyArray, { data }: AnyArray, rule: Rule, args: readonly unknown[]): void {
  if (rule.freshCotangents !== true) return;
  const store = storeOf(output);
  if (store instanceof TracedStore && store.length >= LARGE && store.raw === data && ArrayBuffer.isView(data))
    store.recompute = new Recomputed(rule, args);
}
