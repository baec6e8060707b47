import type { AnyArray, Scalar } from "../core/index.js";
import type { FloatDType, NdArray } from "../nd/index.js";

export type Floats = Float64Array | Float32Array;

/** A plain cotangent of somebody else's, of any strides, whose entries stand in the order of the store: never written to. */
export class Borrowed {
  readonly array: NdArray;
  /** Whether its rule has made it for this alone: then it may be handed out as it is. */
  readonly fresh: boolean;

  constructor(array: NdArray, fresh = false) {
    this.array = array;
    this.fresh = fresh;
  }
}

/** The entries of a flat cotangent that are added to one by one, some of them traced; of the kind of its array. */
export class EntrySums {
  readonly entries: Scalar[];
  readonly dtype: FloatDType;

  constructor(entries: Scalar[], dtype: FloatDType) {
    this.entries = entries;
    this.dtype = dtype;
  }
}

/**
 * What an array has received, flat, in the order of its store: nothing, one number for all entries, traced or not, memory of the sweep's own, memory that
 * is borrowed until a second cotangent arrives, a traced array, or traced entries.
 */
export type Received = undefined | Scalar | Floats | Borrowed | AnyArray | EntrySums;

/** What an array has received in plain numbers. */
export type PlainReceived = undefined | number | Floats | Borrowed;
