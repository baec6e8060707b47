import { type AnyArray, describe, markRange, nonDifferentiable, primal, type Range } from "../../lib/core/index.js";
import { expectSize, formatShape, isNdArray, shown } from "../../lib/nd/index.js";

/** Half-open, zero-based ranges of one axis. They may overlap, leave gaps and be of any lengths. */
export type Ranges = readonly Range[];

/** A list of so many pairs takes a gigabyte. */
const mostRanges = 1e7;

function consecutive(length: number, step: number): Ranges {
  if (!Number.isInteger(length) || length < 0) throw new RangeError(`createRange: length = ${shown(length)}; give an integer, 0 or more`);
  if (!Number.isInteger(step) || step < 1) throw new RangeError(`createRange: step = ${shown(step)}; give an integer, 1 or more`);
  if (length / step > mostRanges)
    throw new RangeError(`createRange: ${length} indices in ranges of ${step} make more than 10⁷ ranges; make step larger`);
  const ranges: Range[] = [];
  for (let start = 0; start < length; start += step) ranges.push(markRange([start, Math.min(start + step, length)] as const));
  return markRange(ranges);
}

/**
 * The indices from 0 to `length` cut into consecutive half-open ranges of `step` each; the last one may be shorter. They are never traced,
 * whatever they are handed to.
 * @throws {RangeError} unless length is an integer from 0 on and step one from 1 on
 * Source: lab 09, "Sum pooling on large matrices"; counted from 0 here, with the stop outside.
 */
export const createRange: (length: number, step: number) => Ranges = nonDifferentiable(consecutive, { name: "createRange" });

/** The blocks that pooling goes over: each range of rows with each range of columns. */
export interface BlockRanges {
  readonly rows: Ranges;
  readonly cols: Ranges;
}

/**
 * Checks what pooling functions get. Bare pairs that an outer call traces are brought back to plain numbers.
 * @param who begins each message
 * @param needsEntries the function that each block must have entries for; absent when blocks may be empty
 * @throws {RangeError} when x is not a matrix, or a range is no range, leaves its axis or is empty without leave
 * @throws {TypeError} when x is no array or the ranges are no list of pairs
 */
export function checkedBlocks(who: string, x: AnyArray, rows: Ranges, cols: Ranges, needsEntries?: string): BlockRanges {
  checkMatrix(who, "x", x);
  const blocks = { rows: primal(rows), cols: primal(cols) };
  checkRanges(who, "rows", blocks.rows, x.shape, 0, needsEntries);
  checkRanges(who, "cols", blocks.cols, x.shape, 1, needsEntries);
  expectSize(who, [blocks.rows.length, blocks.cols.length]);
  return blocks;
}

/**
 * @throws {TypeError} when x is no array
 * @throws {RangeError} when it has another count of axes than two
 */
export function checkMatrix(who: string, name: string, x: unknown): void {
  if (!isNdArray(x)) throw new TypeError(`${who}: ${name} is ${describe(x)}; a matrix is needed`);
  if (x.dimension !== 2) throw new RangeError(`${who}: ${name} is ${describe(x)}; a matrix is needed`);
}

function checkRanges(who: string, name: string, ranges: unknown, shape: readonly number[], axis: number, needsEntries?: string): void {
  const extent = shape[axis] as number;
  if (!Array.isArray(ranges)) {
    throw new TypeError(`${who}: ${name} is ${describe(ranges)}; give a list of pairs [start, stop], such as createRange makes`);
  }
  for (let k = 0; k < ranges.length; k++) {
    const pair = ranges[k] as Range;
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw new TypeError(`${who}: ${name}[${k}] is ${describe(pair)}; give a half-open pair [start, stop]`);
    }
    const [start, stop] = pair;
    if (!Number.isInteger(start) || !Number.isInteger(stop) || start > stop) {
      throw new RangeError(`${who}: ${name}[${k}] = [${shown(start)}, ${shown(stop)}) is no range; give integers with start ≤ stop`);
    }
    if (start < 0 || stop > extent) {
      throw new RangeError(`${who}: ${name}[${k}] = [${start}, ${stop}) leaves axis ${axis} of length ${extent}`);
    }
    if (needsEntries !== undefined && start === stop) {
      throw new RangeError(`${who}: ${name}[${k}] = [${start}, ${stop}) is empty; ${needsEntries} needs entries in every block`);
    }
  }
}

/** @throws {RangeError} when a matrix has no entries */
export function refuseEmpty(who: string, name: string, x: AnyArray): void {
  if (x.size === 0) throw new RangeError(`${who}: ${name} of shape ${formatShape(x.shape)} is empty; give one that has entries`);
}
