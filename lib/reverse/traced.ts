import { DifferentiableStore, endedError, type Level, type Memory, outside, type Scalar, TracedScalar } from "../core/index.js";
import type { FloatDType } from "../nd/index.js";
import type { Tape } from "./tape.js";

/** A number with a slot on the tape of its level. */
export interface Traced extends TracedScalar {
  readonly level: Level;
  readonly primal: Scalar;
  readonly slot: number;
}

interface TracedConstructor {
  new (level: Level, primal: Scalar, slot: number): Traced;
  readonly prototype: Traced;
}

/**
 * A plain function instead of a derived class: its constructor is a third as long, so that the compiler inlines it always, and tools that
 * keep names have no class to define one on.
 */
export const Traced: TracedConstructor = function (
  this: { level: Level; primal: Scalar; slot: number },
  level: Level,
  primal: Scalar,
  slot: number,
): void {
  this.level = level;
  this.primal = primal;
  this.slot = slot;
} as unknown as TracedConstructor;
Object.setPrototypeOf(Traced.prototype, TracedScalar.prototype);

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

/**
 * The store of a traced array. Its cotangent is kept by the sweep under `node`; entries that the program reads one by one get slots of
 * their own, in one block that is reserved at the first `get`.
 */
export class TracedStore extends DifferentiableStore {
  override readonly level: Level;
  override readonly primal: Memory;
  override readonly readOnly: string;
  readonly tape: Tape;
  readonly node: number;
  readonly slots: Int32Array | undefined;
  private readonly numbers: Float64Array | Float32Array | undefined;
  private readonly outer: DifferentiableStore | undefined;
  private base = -1;

  constructor(parts: TracedStoreParts) {
    super(parts.primal.length, parts.dtype);
    this.level = parts.level;
    this.tape = parts.tape;
    this.primal = parts.primal;
    this.readOnly = parts.readOnly;
    this.slots = parts.slots;
    this.node = parts.slots === undefined ? parts.tape.arrays.push(this) - 1 : -1;
    this.numbers = parts.primal instanceof DifferentiableStore ? undefined : parts.primal;
    this.outer = parts.primal instanceof DifferentiableStore ? parts.primal : undefined;
  }

  override get(index: number): Scalar {
    if (this.elements !== undefined) {
      const element = this.elements.at(index);
      if (element === undefined) throw outside(index, this.length);
      return element;
    }
    const value = this.numbers !== undefined ? this.numbers[index] : (this.outer as DifferentiableStore).get(index);
    if (value === undefined) throw outside(index, this.length);
    if (this.slots !== undefined) {
      const slot = this.slots[index] as number;
      return slot < 0 ? value : new Traced(this.level, value, slot);
    }
    if (this.base < 0) {
      if (this.level.ended) throw endedError();
      this.base = this.tape.block(this.node, this.length);
    }
    return new Traced(this.level, value, this.base + index);
  }
}
