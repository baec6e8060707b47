import { describe, isRange } from "../lib/core/index.js";
import {
  type ArrayView,
  expectSound,
  fillsStore,
  indicesOfPosition,
  isNdArray,
  type NdArray,
  packedData,
  rowMajor,
  shown,
} from "../lib/nd/index.js";

/** Indices of any shape: one, lists as deep as there are axes, a typed array, or an array of integers. Negative ones count from the end. */
export type Indices = number | readonly Indices[] | ArrayLike<number> | ArrayView<unknown>;

/** What an index may be one of, for messages: "axis 0 of length 3". */
export interface Extent {
  readonly of: string;
  readonly length: number;
}

/** The extent of an axis. */
export function extentOf(shape: readonly number[], axis: number): Extent {
  const length = shape[axis] as number;
  return { of: `axis ${axis} of length ${length}`, length };
}

function isList(x: unknown): x is ArrayLike<unknown> {
  return Array.isArray(x) || (ArrayBuffer.isView(x) && !(x instanceof DataView));
}

/** The entry at this row-major position, as one would write it. */
function entryName(name: string, shape: readonly number[], position: number): string {
  return `${name}${indicesOfPosition(shape, position)
    .map((k) => `[${k}]`)
    .join("")}`;
}

/** The entries of nested lists in row-major order, and their shape. */
function flattened(who: string, name: string, list: ArrayLike<unknown>): { entries: ArrayLike<unknown>; shape: number[] } {
  const shape = [list.length];
  let entries = list;
  while (isList(entries[0])) {
    const { length } = entries[0];
    shape.push(length);
    if (shape.length > 32) throw new RangeError(`${who}: ${name} nests lists more than 32 deep; give lists that end in integers`);
    entries = Array.from(entries).flatMap((row, n) => {
      if (!isList(row))
        throw new TypeError(`${who}: ${entryName(name, shape.slice(0, -1), n)} is ${describe(row)}; give a list, as before it`);
      if (row.length === length) return Array.from(row);
      throw new RangeError(`${who}: ${name} has lists of lengths ${length} and ${row.length}; make them equally long`);
    });
  }
  return { entries, shape };
}

/**
 * Indices counted from the front, in their own shape.
 * @param name the argument that they came in
 * @throws {RangeError} when one is not an integer or leaves the extent; names it
 * @throws {TypeError} when they are no numbers
 */
export function indicesFor(who: string, name: string, given: Indices, extent: Extent): NdArray {
  const { entries, shape } = entriesOf(who, name, given);
  const { length } = extent;
  const out = new Int32Array(entries.length);
  for (let n = 0; n < out.length; n++) {
    const index = entries[n];
    if (typeof index !== "number") throw new TypeError(`${who}: ${entryName(name, shape, n)} is ${describe(index)}; give an integer`);
    if (!Number.isInteger(index) || index < -length || index >= length) {
      const cure = length === 0 ? "there are no entries to take" : `use integers from ${-length} to ${length - 1}`;
      throw new RangeError(`${who}: ${entryName(name, shape, n)} = ${shown(index)} leaves ${extent.of}; ${cure}`);
    }
    out[n] = index < 0 ? index + length : index;
  }
  return rowMajor(out, shape);
}

function entriesOf(who: string, name: string, given: unknown): { entries: ArrayLike<unknown>; shape: readonly number[] } {
  if (typeof given === "number") return { entries: [given], shape: [] };
  if (isNdArray(given)) {
    expectSound(who, name, given);
    const whole = given.dtype === "int32" && fillsStore(given);
    return { entries: whole ? (given.data as Int32Array) : packedData(given as NdArray, "float64"), shape: given.shape };
  }
  if (isList(given) && !isRange(given)) return flattened(who, name, given);
  const cure = isList(given) ? "; slice takes ranges" : "";
  const came = isList(given) ? "a range" : describe(given);
  throw new TypeError(`${who}: ${name} is ${came}; give integers: a list or an array of them${cure}`);
}
