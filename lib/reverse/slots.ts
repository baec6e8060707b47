import {
  type AnyArray,
  add,
  elementsOf,
  fromElements,
  type Level,
  multiplyAdd,
  NotImplemented,
  type Scalar,
  storeOf,
} from "../core/index.js";
import { fillsStore, forEachPosition, isRowMajor } from "../nd/index.js";
import type { Tape, TapeArray } from "./tape.js";
import { ENTRY, LEAF } from "./tape-marks.js";

/**
 * The cotangents of a tape's slots, and behind them those of the entries of arrays, during one sweep: plain numbers until a traced one
 * comes, scalars from there on.
 */
export class SlotCotangents {
  readonly numbers: Float64Array;
  readonly size: number;
  private readonly entries: number;
  /** The outer level whose numbers the tape carries along, and the speeds of the cotangents then; undefined where it carries none. */
  readonly carried: Level | undefined;
  readonly speeds: Float64Array | undefined;
  /** All of them, once one is traced otherwise; `numbers` is not used any more then. */
  scalars: Scalar[] | undefined = undefined;

  /** @param numbers zeros, at least `tape.cotangents` of them */
  constructor(numbers: Float64Array, tape: Tape) {
    this.numbers = numbers;
    this.size = tape.size;
    this.entries = tape.entries;
    this.carried = tape.carried;
    this.speeds = this.carried === undefined ? undefined : numbers.subarray(this.size + this.entries, tape.cotangents);
  }

  /** Where the cotangent of a slot or an entry stands. */
  place(slot: number): number {
    return slot < ENTRY ? slot : slot - ENTRY + this.size;
  }

  /** What a slot has received so far. */
  at(slot: number): Scalar {
    const at = this.place(slot);
    return (this.scalars === undefined ? this.numberAt(at) : this.scalars[at]) ?? 0;
  }

  private numberAt(at: number): Scalar | undefined {
    const speed = this.speeds?.[at] ?? 0;
    const value = this.numbers[at];
    return speed === 0 ? value : (this.carried as Level).withSpeed(value as number, speed);
  }

  add(slot: number, cotangent: Scalar | NotImplemented): void {
    const at = this.place(slot);
    if (this.scalars === undefined && typeof cotangent === "number") {
      (this.numbers[at] as number) += cotangent;
      return;
    }
    if (cotangent instanceof NotImplemented) throw cotangent.error();
    if (this.scalars === undefined && this.speeds !== undefined && typeof cotangent !== "number" && cotangent.level === this.carried) {
      const speed = this.carried.speedOf(cotangent);
      if (speed !== undefined) {
        (this.numbers[at] as number) += cotangent.primal as number;
        (this.speeds[at] as number) += speed;
        return;
      }
    }
    const scalars = this.toScalars();
    scalars[at] = add(scalars[at] as Scalar, cotangent);
  }

  /** Adds the strong product of a partial and a cotangent. */
  addProduct(slot: number, partial: Scalar, ybar: Scalar): void {
    const scalars = this.toScalars();
    const at = this.place(slot);
    scalars[at] = multiplyAdd(scalars[at] as Scalar, partial, ybar);
  }

  toScalars(): Scalar[] {
    if (this.scalars === undefined) {
      const scalars = new Array<Scalar>(this.size + this.entries);
      for (let k = 0; k < scalars.length; k++) scalars[k] = this.numberAt(k) as Scalar;
      this.scalars = scalars;
    }
    return this.scalars;
  }

  /** What the entries of an array have received that were read one by one: numbers in memory of the sweep's own, or an array; undefined for nothing. */
  received(first: number, { length, dtype }: TapeArray): Float64Array | AnyArray | undefined {
    const start = this.place(first);
    const end = start + length;
    if (this.scalars !== undefined) {
      const entries = this.scalars.slice(start, end);
      return entries.some((entry) => entry !== 0) ? fromElements(entries, [length], dtype) : undefined;
    }
    const { numbers, speeds, carried } = this;
    if (carried !== undefined && speeds !== undefined && hasNonzero(speeds, start, end))
      return carried.withSpeeds(numbers.slice(start, end), speeds.slice(start, end), dtype);
    return hasNonzero(numbers, start, end) ? numbers.subarray(start, end) : undefined;
  }

  /** Hands the entries of a cotangent to the scalars that an array was gathered from; the view is of that array. */
  addGathered(view: AnyArray, slots: Int32Array, cotangent: AnyArray): void {
    const whole = view.size === slots.length && isRowMajor(view.shape, view.stride);
    if (this.scalars === undefined && whole && storeOf(cotangent) === undefined && fillsStore(cotangent)) {
      const entries = cotangent.data as Float64Array;
      const { numbers } = this;
      for (let k = 0; k < slots.length; k++) {
        const slot = slots[k] as number;
        if (slot !== LEAF) (numbers[this.place(slot)] as number) += entries[k] as number;
      }
      return;
    }
    const entries = elementsOf(cotangent);
    let n = 0;
    forEachPosition(view, (at) => {
      const slot = slots[at] as number;
      if (slot !== LEAF) this.add(slot, entries[n] as Scalar);
      n++;
    });
  }
}

function hasNonzero(numbers: Float64Array, start: number, end: number): boolean {
  for (let k = start; k < end; k++) if (numbers[k] !== 0) return true;
  return false;
}
