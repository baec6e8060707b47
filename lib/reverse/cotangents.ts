import {
  type AnyArray,
  add,
  broadcastTo,
  type CotangentTarget,
  elementsOf,
  flatten,
  holding,
  type Inplaceable,
  isScalar,
  type Operand,
  onMemory,
  type Place,
  placed,
  type Scalar,
  storeOf,
  TracedScalar,
} from "../core/index.js";
import {
  addNumber,
  addStrided,
  copyStrided,
  fillsStore,
  forEachPosition,
  isFloats,
  isRowMajor,
  type Layout,
  type NdArray,
  packedData,
  rowMajor,
  rowMajorStride,
  sameShape,
  sizeOf,
  takeFloats,
  takeZeros,
  viewOn,
  zerosOf,
} from "../nd/index.js";
import { Borrowed, EntrySums, type Floats, type PlainReceived, type Received } from "./received.js";
import { SpentMemory } from "./spent-memory.js";

/** Parts smaller than the array by more than this are added entry by entry: many of them would cost an array each. */
const PARTS = 8;

/**
 * The cotangents of arrays during one sweep. What meets is added in place only in memory made here. All is plain until a traced cotangent
 * comes, and differentiable from there on.
 */
export class ArrayCotangents {
  private readonly received: Received[] = [];
  /** Of cotangents that were read at once. */
  readonly spent: SpentMemory = new SpentMemory();

  /** Whether what an array has received so far is plain numbers (or nothing). */
  isPlain(node: number): boolean {
    const bar = this.received[node];
    return bar === undefined || typeof bar === "number" || isFloats(bar) || bar instanceof Borrowed;
  }

  /** What an array has received in plain numbers; it is forgotten. Memory of the sweep's own is then the caller's. */
  takePlain(node: number): PlainReceived {
    const bar = this.received[node] as PlainReceived;
    this.received[node] = undefined;
    return bar;
  }

  /**
   * The flat cotangent that an array has received; it is forgotten, nothing before needs it.
   * @param read whether it is only read at once: then its memory can be used again when the sweep is over
   */
  take({ node, length, dtype }: CotangentTarget, read = false): AnyArray | undefined {
    const bar = this.received[node];
    this.received[node] = undefined;
    if (bar === undefined) return undefined;
    if (typeof bar === "number" || isFloats(bar)) {
      const own = typeof bar === "number" ? (takeFloats(dtype, length) as Float64Array).fill(bar) : bar;
      if (read) this.spent.add(own);
      return rowMajor(own, [length]);
    }
    if (bar instanceof Borrowed) {
      if (!read) this.spent.keep(bar.array);
      const { data, shape, stride, offset } = bar.array;
      return isRowMajor(shape, stride) ? viewOn(data, [length], [1], offset) : rowMajor(packedData(bar.array, dtype), [length]);
    }
    if (bar instanceof TracedScalar) return broadcastTo(bar, [length]);
    return bar instanceof EntrySums ? holding(bar.entries, [length], bar.dtype) : bar;
  }

  /** The cotangent that an array has received, of this shape, or one number for all of its entries; it is forgotten. */
  takeShared(target: CotangentTarget, shape: readonly number[]): Operand | undefined {
    const bar = this.received[target.node];
    if (isScalar(bar)) {
      this.received[target.node] = undefined;
      return bar;
    }
    const flat = this.take(target);
    return flat === undefined ? undefined : onMemory(flatten(flat), shape, rowMajorStride(shape), 0);
  }

  /** Adds one number, traced or not, to all entries of an array; false where it does not come first, or the shape is another. */
  addShared(view: AnyArray, shape: readonly number[], target: CotangentTarget, value: Scalar): boolean {
    if (target.slots !== undefined || !sameShape(view.shape, shape) || !this.isFirst(view, target)) return false;
    this.received[target.node] = value;
    return true;
  }

  /** The cotangent of an input as a fresh array of this shape. */
  read(target: CotangentTarget, shape: readonly number[]): AnyArray {
    const bar = this.received[target.node];
    if (bar instanceof Borrowed) {
      const { array, fresh } = bar;
      if (!fresh || !fillsStore(array)) return rowMajor(packedData(array, target.dtype), shape);
      this.spent.keep(array);
      return rowMajor(array.data, shape);
    }
    const flat = this.take(target);
    if (flat === undefined) return zerosOf(shape, target.dtype);
    return storeOf(flat) === undefined ? rowMajor(flat.data as Floats, shape) : onMemory(flatten(flat), shape, rowMajorStride(shape), 0);
  }

  /** Whether an array has received nothing, and the view is all of it. */
  isFirst({ shape, stride, offset }: Layout, { node, length }: CotangentTarget): boolean {
    return this.received[node] === undefined && offset === 0 && sizeOf(shape) === length && isRowMajor(shape, stride);
  }

  /** Gives an array that received nothing its first cotangent, which is the sweep's own from now on. */
  give({ node }: CotangentTarget, bar: PlainReceived): void {
    this.received[node] = bar;
  }

  /** The same with memory of somebody else's, whose entries stand in the order of the store. */
  lend({ node }: CotangentTarget, array: NdArray): void {
    this.received[node] = new Borrowed(array);
  }

  /** Memory for the first cotangent of an array, all of which will be written. */
  claim({ node, length, dtype }: CotangentTarget): Floats {
    const data = takeFloats(dtype, length);
    this.received[node] = data;
    return data;
  }

  /** Adds one number to every entry of a view; what was received is plain. */
  addNumber(view: Layout, target: CotangentTarget, value: number): void {
    if (this.isFirst(view, target)) this.give(target, value);
    else addNumber(this.own(target), view.shape, view.stride, view.offset, value);
  }

  /** Lets a cotangent add itself to a view; what was received is plain. */
  addInplace(view: AnyArray, target: CotangentTarget, cotangent: Inplaceable): void {
    cotangent.addTo(onMemory(this.own(target), view.shape, view.stride, view.offset) as NdArray);
  }

  /**
   * Adds a cotangent of the view's shape.
   * @param fresh whether nobody else refers to its memory
   */
  add(view: AnyArray, target: CotangentTarget, cotangent: AnyArray, fresh = false): void {
    const { node, length, dtype } = target;
    if (storeOf(cotangent) !== undefined || !this.isPlain(node)) {
      const whole = view.size === length && view.offset === 0 && isRowMajor(view.shape, view.stride);
      if (whole) this.addFlat(target, onMemory(flatten(cotangent), [length], [1], 0));
      else if (PARTS * view.size >= length && !(this.received[node] instanceof EntrySums))
        this.addFlat(target, placed(cotangent, placeOf(view, length)));
      else this.addEntries(view, target, cotangent);
      return;
    }
    const { data, dtype: kind, stride, offset } = cotangent as NdArray;
    if (kind === dtype && this.isFirst(view, target)) this.give(target, new Borrowed(cotangent as NdArray, fresh));
    else addStrided(this.own(target), view.stride, view.offset, data, stride, offset, view.shape);
  }

  /** Adds a flat cotangent, of which either side may be traced. */
  addFlat(target: CotangentTarget, flat: AnyArray): void {
    const before = this.take(target);
    this.received[target.node] = before === undefined ? flat : add(before, flat);
  }

  /** Adds the cotangents of an array's entries that were read one by one; they lie in the slots' own memory. */
  addBlock(target: CotangentTarget, entries: Float64Array): void {
    const { node, dtype, length } = target;
    if (!this.isPlain(node)) this.addFlat(target, rowMajor(packedData(rowMajor(entries, [length]), dtype), [length]));
    else if (this.received[node] === undefined) (this.claim(target) as Float64Array).set(entries);
    else addStrided(this.own(target), [1], 0, entries, [1], 0, [length]);
  }

  /** Adds entry by entry, where a part of an array receives a traced cotangent: costs no more than that part has entries, after the first. */
  private addEntries(view: AnyArray, target: CotangentTarget, cotangent: AnyArray): void {
    let sums = this.received[target.node];
    if (!(sums instanceof EntrySums)) {
      const before = this.take(target);
      const entries = before === undefined ? new Array<Scalar>(target.length).fill(0) : [...elementsOf(before)];
      sums = new EntrySums(entries, target.dtype);
      this.received[target.node] = sums;
    }
    const { entries } = sums;
    const added = elementsOf(cotangent);
    let n = 0;
    forEachPosition(view, (at) => {
      entries[at] = add(entries[at] as Scalar, added[n++] as Scalar);
    });
  }

  /** The plain cotangent of an array, in memory that may be written to. */
  own({ node, length, dtype }: CotangentTarget): Floats {
    const bar = this.received[node] as PlainReceived;
    if (isFloats(bar)) return bar;
    const owned = (bar === undefined ? takeZeros(dtype, length) : takeFloats(dtype, length)) as Float64Array;
    if (bar instanceof Borrowed) {
      const { data, shape, stride, offset } = bar.array;
      copyStrided(owned, rowMajorStride(shape), 0, data, stride, offset, shape);
    } else if (bar !== undefined) owned.fill(bar);
    this.received[node] = owned;
    return owned;
  }
}

function placeOf({ shape, stride, offset }: AnyArray, length: number): Place {
  return { length, shape: [...shape], stride: [...stride], offset };
}
