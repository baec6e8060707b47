import { describe } from "../../lib/core/index.js";
import { broadcastsTo, broadcastView, expectSound, formatShape, isNdArray, type NdArray } from "../../lib/nd/index.js";
import { where } from "../elementwise/where.js";
import type { ReduceOptions } from "../support/reduce-options.js";

/** A reduction's options, with a mask that tells which entries take part. */
export interface MaskedOptions extends ReduceOptions {
  /** An array of 1 and 0 that broadcasts to the array, as comparisons make it; anything but 0 holds. All take part when absent. */
  readonly where?: NdArray | undefined;
}

/**
 * The mask in the options; undefined when there is none.
 * @throws {TypeError} when it is no array
 * @throws {RangeError} when it does not broadcast to this shape
 */
export function maskIn(who: string, options: MaskedOptions | undefined, shape: readonly number[]): NdArray | undefined {
  const mask: unknown = options?.where;
  if (mask === undefined) return undefined;
  if (!isNdArray(mask)) throw new TypeError(`${who}: where is ${describe(mask)}; give an array of 1 and 0, such as greater(x, 0)`);
  expectSound(who, "where", mask);
  if (!broadcastsTo(mask.shape, shape))
    throw new RangeError(
      `${who}: where has shape ${formatShape(mask.shape)}, x has ${formatShape(shape)}; give a mask that broadcasts to x`,
    );
  return mask as NdArray;
}

/** x with 0 where the mask does not hold. */
export function masked(x: NdArray, mask: NdArray): NdArray {
  return where(mask, x, 0);
}

/** 1 where the mask holds, 0 elsewhere, as a view of this shape: never write to it. */
export function onesOver(mask: NdArray, shape: readonly number[]): NdArray {
  return broadcastView(where(mask, 1, 0), shape);
}
