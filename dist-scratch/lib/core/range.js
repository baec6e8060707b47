import { rangeBrand } from "./structure.js";
/** Marks a pair, or a list of pairs, as indices. The mark is not enumerable: the pair compares and prints as any other. */
export function markRange(indices) {
    return Object.defineProperty(indices, rangeBrand, { value: true });
}
/**
 * The half-open range [start, stop).
 * @throws {RangeError} unless 0 ≤ start ≤ stop, both integers
 */
export function range(start, stop) {
    if (!Number.isInteger(start) || !Number.isInteger(stop) || start < 0 || stop < start) {
        throw new RangeError(`range: got [${start}, ${stop}); start and stop must be integers with 0 ≤ start ≤ stop`);
    }
    return markRange([start, stop]);
}
