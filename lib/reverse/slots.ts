import { type AnyArray, add, elementsOf, multiplyAdd, NotImplemented, type Scalar, storeOf } from "../core/index.js";
import { fillsStore, forEachPosition, isRowMajor } from "../nd/index.js";
import { ENTRY, LEAF } from "./tape.js";

/**
 * The cotangents of a tape's slots, and behind them those of the entries of arrays, during one sweep: plain numbers until a traced one
 * comes, scalars from there on.
 */
export class SlotCotangents {
  readonly numbers: Float64Array;
  readonly size: number;
  private readonly entries: number;
  /** All of them, once one is traced; `numbers` is not used any more then. */
  scalars: Scalar[] | undefined = undefined;

  /**
   * @param numbers zeros, at least one for each slot and entry
   * @param size    the number of slots
   * @param entries the number of entries
   */
  constructor(numbers: Float64Array, size: number, entries: number) {
    this.numbers = numbers;
    this.size = size;
    this.entries = entries;
  }

  /** Where the cotangent of a slot or an entry stands. */
  place(slot: number): number {
    return slot < ENTRY ? slot : slot - ENTRY + this.size;
  }

  /** What a slot has received so far. */
  at(slot: number): Scalar {
    const at = this.place(slot);
    return (this.scalars === undefined ? this.numbers[at] : this.scalars[at]) ?? 0;
  }

  add(slot: number, cotangent: Scalar | NotImplemented): void {
    const at = this.place(slot);
    if (this.scalars === undefined && typeof cotangent === "number") {
      (this.numbers[at] as number) += cotangent;
      return;
    }
    if (cotangent instanceof NotImplemented) throw cotangent.error();
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
      const { numbers } = this;
      const scalars = new Array<Scalar>(this.size + this.entries);
      for (let k = 0; k < scalars.length; k++) scalars[k] = numbers[k] as number;
      this.scalars = scalars;
    }
    return this.scalars;
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
