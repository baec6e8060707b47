import { type AnyArray, add, elementsOf, flatten, holding, type Inplaceable, onMemory, type Scalar, storeOf } from "../core/index.js";
import {
  addNumber,
  addStrided,
  allocate,
  carve,
  type FloatDType,
  forEachPosition,
  isRowMajor,
  type Layout,
  type NdArray,
  packedData,
  rowMajor,
  rowMajorStride,
  sizeOf,
  zerosOf,
} from "../nd/index.js";
import type { TapeArray } from "./tape.js";

type Floats = Float64Array | Float32Array;

/** How many cotangents are kept for the next ones. */
const FREE = 8;

/** The entries of a flat cotangent, added to in place; of the kind of its array. */
interface EntrySums {
  readonly entries: Scalar[];
  readonly dtype: FloatDType;
}

/**
 * The cotangents of arrays during one sweep, flat, in the order of their stores. What meets is added in place only in buffers made here;
 * the first cotangent is borrowed until a second arrives. All is plain until a traced one comes, and differentiable from there on.
 */
export class ArrayCotangents {
  /** By node: plain cotangents in memory of the sweep's own. */
  private readonly owned: (Floats | undefined)[] = [];
  /** By node, where `owned` has none: a borrowed plain cotangent, or a traced one. */
  private readonly other: (AnyArray | undefined)[] = [];
  /** By node, where neither has any: sums of entries, for arrays that receive traced cotangents part by part. */
  private readonly sums: (EntrySums | undefined)[] = [];

  /** By node, whether `owned` lies in the slots' own memory, which the next use of the tape overwrites. */
  private readonly inSlots: Set<number> = new Set();
  /** Memory of cotangents that nothing refers to any more, by length and kind. */
  private readonly free: Floats[] = [];

  /** Whether what an array has received so far is plain numbers (or nothing). */
  isPlain(node: number): boolean {
    const other = this.other[node];
    return this.sums[node] === undefined && (other === undefined || storeOf(other) === undefined);
  }

  /** The flat cotangent that an array has received; it is forgotten, nothing before needs it. */
  take(node: number): AnyArray | undefined {
    const received = this.received(node);
    this.owned[node] = undefined;
    this.other[node] = undefined;
    this.sums[node] = undefined;
    return received;
  }

  private received(node: number): AnyArray | undefined {
    const owned = this.owned[node];
    if (owned !== undefined) return rowMajor(this.lasting(node, owned), [owned.length]);
    const sums = this.sums[node];
    return sums === undefined ? this.other[node] : holding(sums.entries, [sums.entries.length], sums.dtype);
  }

  /** The cotangent of an input as a fresh array of this shape. */
  read(node: number, shape: readonly number[], dtype: FloatDType): AnyArray {
    const owned = this.owned[node];
    if (owned !== undefined) {
      const mine = this.lasting(node, owned);
      return rowMajor(mine.length > 8 && mine.buffer.byteLength !== mine.byteLength ? mine.slice() : mine, shape);
    }
    const other = this.received(node);
    if (other === undefined) return zerosOf(shape, dtype);
    if (storeOf(other) !== undefined) return onMemory(flatten(other), shape, rowMajorStride(shape), 0);
    return rowMajor(packedData(other as NdArray, dtype), shape);
  }

  /** Adds one number to every entry of a view; what was received is plain. */
  addNumber(view: Layout, target: TapeArray, value: number): void {
    if (this.untouched(view, target)) this.claim(target).fill(value);
    else addNumber(this.own(target), view.shape, view.stride, view.offset, value);
  }

  /** Lets a cotangent add itself to a view; what was received is plain. */
  addInplace(view: AnyArray, target: TapeArray, cotangent: Inplaceable): void {
    cotangent.addTo(onMemory(this.own(target), view.shape, view.stride, view.offset) as NdArray);
  }

  /** Adds a cotangent of the view's shape. */
  add(view: AnyArray, target: TapeArray, cotangent: AnyArray): void {
    const { node, length, dtype } = target;
    const whole = view.size === length && view.offset === 0 && isRowMajor(view.shape, view.stride);
    if (storeOf(cotangent) !== undefined || !this.isPlain(node)) {
      if (whole) this.addFlat(node, onMemory(flatten(cotangent), [length], [1], 0));
      else this.addEntries(view, target, cotangent);
      return;
    }
    const { data, dtype: kind, shape, stride, offset } = cotangent as NdArray;
    if (whole && this.peek(node) === undefined && kind === dtype && isRowMajor(shape, stride)) {
      this.other[node] = onMemory(data as Floats, [length], [1], offset);
    } else {
      addStrided(this.own(target), view.stride, view.offset, data, stride, offset, view.shape);
    }
  }

  /** Whether an array has received nothing, and the view is all of it. */
  untouched(view: Layout, { node, length }: TapeArray): boolean {
    return this.owned[node] === undefined && this.other[node] === undefined && this.sums[node] === undefined && isWhole(view, length);
  }

  /** Memory for the first cotangent of an array, all of which will be written. */
  claim({ node, length, dtype }: TapeArray): Floats {
    const data = this.reused(dtype, length) ?? carve(dtype, length);
    this.owned[node] = data;
    return data;
  }

  private reused(dtype: FloatDType, length: number): Floats | undefined {
    const { free } = this;
    for (let k = free.length - 1; k >= 0; k--) {
      const data = free[k] as Floats;
      if (data.length !== length || (dtype === "float64") !== data instanceof Float64Array) continue;
      free[k] = free[free.length - 1] as Floats;
      free.pop();
      return data;
    }
    return undefined;
  }

  /**
   * The plain flat cotangent of an array, which is forgotten; undefined for none. Whoever takes it gives it back with `release`, if nothing
   * keeps it.
   */
  takeFloats(node: number): Floats | NdArray | undefined {
    const owned = this.owned[node];
    if (owned === undefined || this.inSlots.has(node)) return this.take(node) as NdArray | undefined;
    this.owned[node] = undefined;
    return owned;
  }

  /** Memory that `takeFloats` gave and that nothing refers to. */
  release(data: Floats): void {
    if (this.free.length < FREE) this.free.push(data);
  }

  /** Memory to hand out: not that of the slots. */
  private lasting(node: number, owned: Floats): Floats {
    return this.inSlots.delete(node) ? owned.slice() : owned;
  }

  /** The memory that an array's plain cotangents are added up in. */
  memory(target: TapeArray): Floats {
    return this.own(target);
  }

  /** Adds a flat cotangent, of which either side may be traced. */
  addFlat(node: number, flat: AnyArray): void {
    const received = this.take(node);
    this.other[node] = received === undefined ? flat : add(received, flat);
  }

  /** Adds the cotangents of an array's entries that were read one by one; they lie in the slots' own memory. */
  addBlock({ node, dtype, length }: TapeArray, entries: Float64Array): void {
    if (!this.isPlain(node)) {
      this.addFlat(node, rowMajor(packedData(rowMajor(entries, [length]), dtype), [length]));
      return;
    }
    const received = this.take(node) as NdArray | undefined;
    if (received !== undefined) addStrided(entries, [1], 0, received.data, [1], received.offset, [length]);
    this.owned[node] = dtype === "float64" ? entries : Float32Array.from(entries);
    if (dtype === "float64") this.inSlots.add(node);
  }

  /** Adds entry by entry, where a part of an array receives a traced cotangent: costs no more than that part has entries, after the first. */
  private addEntries(view: AnyArray, { node, length, dtype }: TapeArray, cotangent: AnyArray): void {
    const sums = this.sums[node] ?? { entries: this.entriesOf(node, length), dtype };
    this.sums[node] = sums;
    const entries = elementsOf(cotangent);
    let n = 0;
    forEachPosition(view, (at) => {
      sums.entries[at] = add(sums.entries[at] as Scalar, entries[n++] as Scalar);
    });
  }

  /** What an array has received, as a list of its own; it is forgotten. */
  private entriesOf(node: number, length: number): Scalar[] {
    const received = this.take(node);
    return received === undefined ? new Array<Scalar>(length).fill(0) : [...elementsOf(received)];
  }

  private peek(node: number): AnyArray | undefined {
    const owned = this.owned[node];
    return owned === undefined ? this.other[node] : rowMajor(owned, [owned.length]);
  }

  /** The plain cotangent of an array, in memory that may be written to. */
  private own({ node, length, dtype }: TapeArray): Floats {
    const known = this.owned[node];
    if (known !== undefined) return known;
    const borrowed = this.other[node] as NdArray | undefined;
    const owned = borrowed === undefined ? (allocate(dtype, length) as Floats) : packedData(borrowed, dtype);
    this.owned[node] = owned;
    this.other[node] = undefined;
    return owned;
  }
}

function isWhole({ shape, stride, offset }: Layout, length: number): boolean {
  return offset === 0 && sizeOf(shape) === length && isRowMajor(shape, stride);
}
