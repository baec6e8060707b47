import { type AnyArray, BoxedEntries, type Entries, type Level, onStore, type Scalar } from "../core/index.js";
import { type FloatDType, fillsStore, forEachPosition } from "../nd/index.js";
import type { Tape } from "./tape.js";
import { LEAF } from "./tape-marks.js";
import { NumberTraced, TracedStore } from "./traced.js";

/**
 * Written entries of one level over plain numbers: values, and the slots that they come from. No entry is an object that has to outlive
 * the writing, which is what keeps the cost of large arrays linear.
 */
export class SlotEntries implements Entries {
  private readonly level: Level;
  private readonly tape: Tape;
  private readonly values: Float64Array;
  private readonly slots: Int32Array;

  constructor(level: Level, tape: Tape, numbers: Float64Array) {
    this.level = level;
    this.tape = tape;
    this.values = numbers;
    this.slots = new Int32Array(numbers.length).fill(LEAF);
  }

  at(index: number): Scalar | undefined {
    const slot = this.slots[index];
    const value = this.values[index];
    return slot === undefined || value === undefined || slot === LEAF ? value : new NumberTraced(this.level, value, slot);
  }

  put(index: number, value: Scalar): Entries {
    if (typeof value === "number") {
      this.values[index] = value;
      this.slots[index] = LEAF;
      return this;
    }
    if (value instanceof NumberTraced && value.level === this.level) {
      this.values[index] = value.primal;
      this.slots[index] = value.slot;
      return this;
    }
    return new BoxedEntries(Array.from(this.values, (_, k) => this.at(k) as Scalar)).put(index, value);
  }

  pinned(level: Level, view: AnyArray, dtype: FloatDType): AnyArray | undefined {
    if (level !== this.level) return undefined;
    let { values, slots } = this;
    if (fillsStore(view)) {
      values = values.slice();
      slots = slots.slice();
    } else {
      const positions = new Int32Array(view.size);
      let n = 0;
      forEachPosition(view, (at) => {
        positions[n++] = at;
      });
      values = Float64Array.from(positions, (at) => this.values[at] as number);
      slots = positions.map((at) => this.slots[at] as number);
    }
    const primal = dtype === "float32" ? Float32Array.from(values) : values;
    return onStore(new TracedStore({ level, tape: this.tape, primal, dtype, readOnly: "", slots }), view.shape);
  }
}
