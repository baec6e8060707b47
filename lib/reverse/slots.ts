import { type AnyArray, add, elementsOf, NotImplemented, type Scalar, storeOf } from "../core/index.js";
import { fillsStore, forEachPosition, isRowMajor } from "../nd/index.js";
import { LEAF } from "./tape.js";

/** The cotangents of a tape's slots during one sweep: plain numbers until a traced one comes, scalars from there on. */
export class SlotCotangents {
  readonly numbers: Float64Array;
  readonly size: number;
  /** All of them, once one is traced; `numbers` is not used any more then. */
  scalars: Scalar[] | undefined = undefined;

  /** @param numbers zeros, at least one for each of the tape's `size` slots */
  constructor(numbers: Float64Array, size: number) {
    this.numbers = numbers;
    this.size = size;
  }

  /** What a slot has received so far. */
  at(slot: number): Scalar {
    return (this.scalars === undefined ? this.numbers[slot] : this.scalars[slot]) ?? 0;
  }

  add(slot: number, cotangent: Scalar | NotImplemented): void {
    if (this.scalars === undefined && typeof cotangent === "number") {
      (this.numbers[slot] as number) += cotangent;
      return;
    }
    if (cotangent instanceof NotImplemented) throw cotangent.error();
    this.scalars ??= Array.from(this.numbers.subarray(0, this.size));
    this.scalars[slot] = add(this.scalars[slot] as Scalar, cotangent);
  }

  /** Hands the entries of a cotangent to the scalars that an array was gathered from; the view is of that array. */
  addGathered(view: AnyArray, slots: Int32Array, cotangent: AnyArray): void {
    const whole = view.size === slots.length && isRowMajor(view.shape, view.stride);
    if (this.scalars === undefined && whole && storeOf(cotangent) === undefined && fillsStore(cotangent)) {
      const entries = cotangent.data as Float64Array;
      const { numbers } = this;
      for (let k = 0; k < slots.length; k++) {
        const slot = slots[k] as number;
        if (slot !== LEAF) (numbers[slot] as number) += entries[k] as number;
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
