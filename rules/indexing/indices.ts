import { describe, isRange } from "../../lib/core/index.js";
import {
  type ArrayView,
  expectSound,
  indicesOfPosition,
  isList,
  isNdArray,
  isRowMajor,
  type NdArray,
  packedData,
  shown,
} from "../../lib/nd/index.js";

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

/** Indices counted from the front, and the shape that they came in. Not to be written to: they may be the caller's own. */
export interface IndexList {
  readonly list: Int32Array;
  readonly shape: readonly number[];
}

/**
 * Indices counted from the front, in their own shape.
 * @param name the argument that they came in
 * @throws {RangeError} when one is not an integer or leaves the extent; names it
 * @throws {TypeError} when they are no numbers
 */
export function indicesFor(who: string, name: string, given: Indices, extent: Extent): IndexList {
  const { entries, shape } = entriesOf(who, name, given);
  const { length } = extent;
  const list = countedFromFront(entries, length);
  if (list === undefined) throw faultAmong(who, name, entries, shape, extent);
  return { list, shape };
}

/** All indices counted from the front; undefined where one is none. */
function countedFromFront(entries: ArrayLike<unknown>, length: number): Int32Array | undefined {
  if (entries instanceof Int32Array) return integersWithin(entries, length);
  if (Array.isArray(entries) || typeof entries[0] === "bigint") return listWithin(entries, length);
  return numbersWithin(entries instanceof Float64Array ? entries : Float64Array.from(entries as ArrayLike<number>), length);
}

/** Integers counted from the front: themselves where they are so already. Undefined where one leaves the extent. */
function integersWithin(entries: Int32Array, length: number): Int32Array | undefined {
  let least = 0;
  let most = -1;
  for (let n = 0; n < entries.length; n++) {
    const index = entries[n] as number;
    if (index < least) least = index;
    if (index > most) most = index;
  }
  if (least < -length || most >= length) return undefined;
  return least < 0 ? entries.map((index) => (index < 0 ? index + length : index)) : entries;
}

// Two loops, since one that meets lists and typed arrays of all kinds runs ten times slower.

/** The same of a list, in which anything may stand. */
function listWithin(entries: ArrayLike<unknown>, length: number): Int32Array | undefined {
  const list = new Int32Array(entries.length);
  for (let n = 0; n < list.length; n++) {
    const index = entries[n];
    if (typeof index !== "number" || !(index >= -length && index < length) || Math.trunc(index) !== index) return undefined;
    list[n] = index < 0 ? index + length : index;
  }
  return list;
}

/** The same of numbers. */
function numbersWithin(entries: Float64Array, length: number): Int32Array | undefined {
  const list = new Int32Array(entries.length);
  for (let n = 0; n < list.length; n++) {
    const index = entries[n] as number;
    if (!(index >= -length && index < length) || Math.trunc(index) !== index) return undefined;
    list[n] = index < 0 ? index + length : index;
  }
  return list;
}

/** The error for the first index that is none. */
function faultAmong(who: string, name: string, entries: ArrayLike<unknown>, shape: readonly number[], { of, length }: Extent): Error {
  const wrong = (index: unknown): boolean => !Number.isInteger(index) || (index as number) < -length || (index as number) >= length;
  const n = Array.from(entries).findIndex(wrong);
  const index = entries[n];
  if (typeof index !== "number") return new TypeError(`${who}: ${entryName(name, shape, n)} is ${describe(index)}; give an integer`);
  const cure = length === 0 ? "there are no entries to take" : `use integers from ${-length} to ${length - 1}`;
  return new RangeError(`${who}: ${entryName(name, shape, n)} = ${shown(index)} leaves ${of}; ${cure}`);
}

function entriesOf(who: string, name: string, given: unknown): { entries: ArrayLike<unknown>; shape: readonly number[] } {
  if (typeof given === "number") return { entries: [given], shape: [] };
  if (isNdArray(given)) {
    expectSound(who, name, given);
    const { shape, stride, offset, size } = given;
    if (given.dtype !== "int32" || !isRowMajor(shape, stride)) return { entries: packedData(given as NdArray, "float64"), shape };
    const data = given.data as Int32Array;
    return { entries: data.length === size ? data : data.subarray(offset, offset + size), shape };
  }
  if (isList(given) && !isRange(given)) return flattened(who, name, given);
  const cure = isList(given) ? "; slice takes ranges" : "";
  const came = isList(given) ? "a range" : describe(given);
  throw new TypeError(`${who}: ${name} is ${came}; give integers: a list or an array of them${cure}`);
}
