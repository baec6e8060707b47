import { addedTo, linearRule } from "../../lib/core/index.js";
import { asFloatArray, type FloatData } from "../../lib/nd/float-array.js";
import {
  allocate,
  broadcastView,
  floatDType,
  isRowMajor,
  type NdArray,
  packedData,
  rowMajor,
  sameShape,
  sizeOf,
} from "../../lib/nd/index.js";
import { arrayFor } from "./reduce-options.js";

/** Parts of one shape of an array, which indices select; any of them may be selected several times. */
export interface Blocks {
  /** Which blocks: number k begins at position offset + k · step of the store. Not to be written to. */
  readonly list: Int32Array;
  readonly offset: number;
  readonly step: number;
  /** The extents of a block, and the strides of the array along them. */
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  /** How many axes of a block stand before the one along which blocks are laid out next to each other. */
  readonly before: number;
  /** The shape in which they are then given; none for one number. */
  readonly result: readonly number[];
}

/** The blocks of an array, found from its shape and strides alone. */
export type BlocksOf<S extends readonly unknown[]> = (x: NdArray, ...rest: S) => Blocks;

/** Single entries at these positions of the store. */
export function entriesAt(positions: Int32Array, result: readonly number[]): Blocks {
  return { list: positions, offset: 0, step: 1, shape: [], stride: [], before: 0, result };
}

/** Blocks are moved lane by lane: a lane is a run of entries in row-major order that are evenly spaced in the array. */
interface Lanes {
  readonly length: number;
  /** How far apart its entries are in the array; next to each other where blocks are laid out. */
  readonly step: number;
  /** How far apart blocks are where they are laid out. */
  readonly apart: number;
  /** The axes of the rows of lanes: extents, and strides in the array and where blocks are laid out. */
  readonly extents: readonly number[];
  readonly listed: readonly number[];
  readonly even: readonly number[];
}

function lanesOf({ list, shape, stride, before }: Blocks): Lanes {
  let rows = shape.length;
  let length = 1;
  let step = 1;
  for (; rows > before; rows--) {
    const extent = shape[rows - 1] as number;
    const own = stride[rows - 1] as number;
    if (extent === 1) continue;
    if (length === 1) step = own;
    else if (own !== length * step) break;
    length *= extent;
  }
  let apart = length;
  const even = new Array<number>(rows);
  for (let axis = rows - 1; axis >= before; axis--) {
    even[axis] = apart;
    apart *= shape[axis] as number;
  }
  let outer = apart * list.length;
  for (let axis = Math.min(rows, before) - 1; axis >= 0; axis--) {
    even[axis] = outer;
    outer *= shape[axis] as number;
  }
  return { length, step, apart, extents: shape.slice(0, rows), listed: stride.slice(0, rows), even };
}

/** Moves the lanes of all blocks, row by row: rows begin at `from` in the array, and at `to` where blocks are laid out. */
type MoveLanes = (
  listed: FloatData,
  from: number,
  fromRow: number,
  even: FloatData,
  to: number,
  toRow: number,
  rows: number,
  blocks: Blocks,
  lanes: Lanes,
) => void;

// Three loops written out: one that is handed what to do with each entry runs at a fifth of their speed. Math.imul, since 0 times a
// negative step is −0, which makes the compiler compute all places in doubles.

/** From this many entries on a run is copied by `set`. */
const runFrom = 48;

const readLanes: MoveLanes = (listed, from, fromRow, even, to, toRow, rows, { list, step }, { length, step: laneStep, apart }) => {
  const count = list.length;
  const runs = laneStep === 1 && length >= runFrom;
  for (let i = 0, start = from, row = to; i < rows; i++, start += fromRow, row += toRow) {
    if (length === 1) {
      for (let k = 0, t = row; k < count; k++, t += apart) even[t] = listed[start + Math.imul(list[k] as number, step)] as number;
      continue;
    }
    for (let k = 0, t = row; k < count; k++, t += apart) {
      const at = start + Math.imul(list[k] as number, step);
      if (runs) even.set(listed.subarray(at, at + length), t);
      else for (let j = 0, p = at; j < length; j++, p += laneStep) even[t + j] = listed[p] as number;
    }
  }
};

const addLanes: MoveLanes = (listed, from, fromRow, even, to, toRow, rows, { list, step }, { length, step: laneStep, apart }) => {
  const count = list.length;
  for (let i = 0, start = from, row = to; i < rows; i++, start += fromRow, row += toRow) {
    if (length === 1) {
      for (let k = 0, t = row; k < count; k++, t += apart)
        (listed[start + Math.imul(list[k] as number, step)] as number) += even[t] as number;
      continue;
    }
    for (let k = 0, t = row; k < count; k++, t += apart) {
      const at = start + Math.imul(list[k] as number, step);
      for (let j = 0, p = at; j < length; j++, p += laneStep) (listed[p] as number) += even[t + j] as number;
    }
  }
};

const writeLanes: MoveLanes = (listed, from, fromRow, even, to, toRow, rows, { list, step }, { length, step: laneStep, apart }) => {
  const count = list.length;
  const runs = laneStep === 1 && length >= runFrom;
  for (let i = 0, start = from, row = to; i < rows; i++, start += fromRow, row += toRow) {
    if (length === 1) {
      for (let k = 0, t = row; k < count; k++, t += apart) listed[start + Math.imul(list[k] as number, step)] = even[t] as number;
      continue;
    }
    for (let k = 0, t = row; k < count; k++, t += apart) {
      const at = start + Math.imul(list[k] as number, step);
      if (runs) listed.set(even.subarray(t, t + length), at);
      else for (let j = 0, p = at; j < length; j++, p += laneStep) listed[p] = even[t + j] as number;
    }
  }
};

/** Runs `move` over the blocks of an array and the same ones laid out evenly. */
function forEachRow(move: MoveLanes, listed: FloatData, even: FloatData, blocks: Blocks): void {
  if (even.length === 0) return;
  const lanes = lanesOf(blocks);
  const last = lanes.extents.length - 1;
  const walk = (axis: number, from: number, to: number): void => {
    const rows = last < 0 ? 1 : (lanes.extents[axis] as number);
    const fromRow = last < 0 ? 0 : (lanes.listed[axis] as number);
    const toRow = last < 0 ? 0 : (lanes.even[axis] as number);
    if (axis >= last) move(listed, from, fromRow, even, to, toRow, rows, blocks, lanes);
    else for (let i = 0; i < rows; i++) walk(axis + 1, from + i * fromRow, to + i * toRow);
  };
  walk(0, blocks.offset, 0);
}

/** The blocks of x in an array of their own, or the one number that they are. */
export function readBlocks<S extends readonly unknown[]>(x: NdArray, blocksOf: BlocksOf<S>, ...rest: S): number | NdArray {
  const float = asFloatArray(x);
  const blocks = blocksOf(float, ...rest);
  const out = allocate(floatDType(x.dtype), sizeOf(blocks.result)) as FloatData;
  forEachRow(readLanes, float.data, out, blocks);
  return blocks.result.length === 0 ? (out[0] as number) : rowMajor(out, blocks.result);
}

/** The entries of y, which broadcasts to the shape of these blocks. */
function entriesFor(who: string, y: number | NdArray, { result }: Blocks): FloatData {
  if (typeof y === "number") return new Float64Array(sizeOf(result)).fill(y);
  const float = asFloatArray(y);
  if (sameShape(y.shape, result) && isRowMajor(float.shape, float.stride))
    return float.data.subarray(float.offset, float.offset + float.size);
  return packedData(broadcastView(float, result, who));
}

/** Adds y to the blocks of an array of floats; where blocks overlap all that meets adds up. */
export function addBlocks(who: string, x: NdArray, blocks: Blocks, y: number | NdArray): void {
  forEachRow(addLanes, x.data as FloatData, entriesFor(who, y, blocks), blocks);
}

/** Writes y into the blocks of an array of floats, in order: the last one stays. */
export function writeBlocks(who: string, x: NdArray, blocks: Blocks, y: number | NdArray): void {
  forEachRow(writeLanes, x.data as FloatData, entriesFor(who, y, blocks), blocks);
}

/**
 * The rule of a function that takes blocks of its argument: its pullback adds to those blocks alone.
 *   ẏ = the same blocks of ẋ     x̄ = ȳ added at these blocks, 0 elsewhere
 */
export function blockRule<S extends readonly unknown[], D extends (x: NdArray, ...rest: S) => number | NdArray>(
  name: string,
  blocksOf: BlocksOf<S>,
): D {
  return linearRule(
    (x: NdArray, ...rest: S) => readBlocks(arrayFor(name, x), blocksOf, ...rest),
    (ybar: number | NdArray, x: NdArray, ...rest: S) => addedTo(x, (acc) => addBlocks(name, acc, blocksOf(acc, ...rest), ybar)),
    { name },
  );
}
