import { shown } from "../../nd/index.js";
import { rangeBrand } from "./structure.js";

/** A half-open, zero-based range of indices; never traced, whatever it is handed to. */
export type Range = readonly [start: number, stop: number];

/**
 * Marks a pair, or a list of pairs, as indices, and freezes it: nobody need copy it. The mark is not enumerable: the pair compares and prints
 * as any other.
 */
export function markRange<T extends object>(indices: T): T {
  return Object.freeze(Object.defineProperty(indices, rangeBrand, { value: true }));
}

/**
 * The half-open range [start, stop).
 * @throws {RangeError} unless 0 ≤ start ≤ stop, both integers
 */
export function range(start: number, stop: number): Range {
  if (!Number.isInteger(start) || !Number.isInteger(stop) || start < 0 || stop < start) {
    throw new RangeError(`range: got [${shown(start)}, ${shown(stop)}); start and stop must be integers with 0 ≤ start ≤ stop`);
  }
  return markRange([start, stop] as const);
}
