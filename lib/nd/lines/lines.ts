import type { NdArray } from "../types.js";
import {
  areTrailing,
  dataOf,
  type Lined,
  liesInLines,
  numbersInLineOrder,
  type Placed,
  placesOf,
  startOf,
  writeInLineOrder,
} from "./line-places.js";
import { gather, scatter, together } from "./tiles.js";

/**
 * A loop over lines: `count` of them with `length` entries each, which lie one after another in every operand, from its start on; line n of
 * them is line `first + n` of all. It writes every entry of the operands that are written, and keeps what it knows of lines in its state.
 *
 * Kernels only ever see doubles in a row, whatever the axis, the strides and the kind of the arrays: element accesses that meet many kinds
 * of store, or are made through a function for each entry, run 4 to 40 times slower in a process that has used many functions.
 */
export type LineKernel<S> = (
  state: S,
  count: number,
  length: number,
  first: number,
  a: Float64Array,
  aStart: number,
  b: Float64Array,
  bStart: number,
  c: Float64Array,
  cStart: number,
  d: Float64Array,
  dStart: number,
) => void;

const none: Float64Array = new Float64Array(0);

/** Entries of a tile, unless its lines are longer: with its neighbours it stays in the cache nearest to the processor. */
const tileSize = 4096;

/** Tiles of up to this size are kept between calls, one for each operand. */
const keptSize = 32768;

const kept: Float64Array[] = [];

function tileOf(k: number, size: number): Float64Array {
  if (size > keptSize) return new Float64Array(size);
  kept[k] ??= new Float64Array(keptSize);
  return kept[k] as Float64Array;
}

/** How many lines an array of this shape has along these axes, and how many entries each. */
export function extentsOf(shape: readonly number[], axes: readonly number[]): { readonly count: number; readonly length: number } {
  let [count, length] = [1, 1];
  for (let k = 0, n = 0; k < shape.length; k++) {
    if (axes[n] === k) {
      length *= shape[k] as number;
      n++;
    } else count *= shape[k] as number;
  }
  return { count, length };
}

/**
 * Runs a kernel over the lines of arrays of one shape. Where all operands are doubles in the order of lines already, in place and at once;
 * else tile by tile: some lines are copied next to each other, worked on, and copied back.
 * @param axes  along which lines go, counted from the front, in increasing order; lines and their entries come in row-major order
 * @param reads the operands that are read, at most four together with those that are written; lists in the order of lines as they are
 * @param writes new row-major arrays, or lists in the order of lines
 */
export function overLines<S>(
  kernel: LineKernel<S>,
  state: S,
  shape: readonly number[],
  axes: readonly number[],
  reads: readonly Lined[],
  writes: readonly Lined[],
): void {
  const { count, length } = extentsOf(shape, axes);
  if (count === 0) return;
  const trailing = areTrailing(axes, shape.length);
  let direct = true;
  for (let k = 0; k < reads.length; k++) direct &&= liesInLines(reads[k] as Lined, trailing);
  for (let k = 0; k < writes.length; k++) direct &&= liesInLines(writes[k] as Lined, trailing);
  if (!direct && length > 0) {
    overTiles(kernel, state, shape, axes, reads, writes, count, length);
    return;
  }
  const operand = (k: number): Lined => (k < reads.length ? reads[k] : writes[k - reads.length]) ?? none;
  const [a, b, c, d] = [operand(0), operand(1), operand(2), operand(3)];
  kernel(state, count, length, 0, dataOf(a), startOf(a), dataOf(b), startOf(b), dataOf(c), startOf(c), dataOf(d), startOf(d));
}

/** Copies lines between an operand and a tile, which has them one after another: `outers` groups of `lanes` lines, from these on. */
function copyLines(
  copy: typeof gather | typeof scatter,
  tile: Float64Array,
  place: Placed,
  outer: number,
  outers: number,
  lane: number,
  lanes: number,
  long: number,
  short: number,
): void {
  const length = long * short;
  for (let n = 0; n < outers; n++) {
    const start = place.start + (outer + n) * place.outer + lane * place.lane;
    for (let m = 0; m < long; m++)
      copy(tile, n * lanes * length + m * short, length, place.data, start + m * place.long, lanes, place.lane, short, place.short);
  }
}

function overTiles<S>(
  kernel: LineKernel<S>,
  state: S,
  shape: readonly number[],
  axes: readonly number[],
  reads: readonly Lined[],
  writes: readonly Lined[],
  count: number,
  length: number,
): void {
  const operands = [...reads, ...writes];
  const { places, runs } = placesOf(operands, shape, axes, count);
  const lanes = runs.lanes.extent;
  const long = runs.long.extent;
  const short = length / long;
  let inRows = true;
  for (const place of places) if (place !== undefined && !place.lined && place.short !== 1 && short > 1) inRows = false;
  // Lines that are entry after entry in memory go one by one, the others by as many as a cache line brings.
  const width = Math.min(lanes, Math.max(inRows ? 1 : together, Math.floor(tileSize / length)));
  const outers = width < lanes ? 1 : Math.min(runs.outer.extent, Math.max(1, Math.floor(tileSize / (lanes * length))));

  const tiles = [none, none, none, none];
  /** Where lines of operands that need no tile start; −1 for those that do. */
  const starts = [0, 0, 0, 0];
  const unplaced: number[] = [];
  for (let k = 0; k < operands.length; k++) {
    const place = places[k];
    if (place === undefined) {
      unplaced.push(k);
      tiles[k] = k < reads.length ? numbersInLineOrder(operands[k] as NdArray, axes) : new Float64Array(count * length);
    } else {
      tiles[k] = place.lined ? (place.data as Float64Array) : tileOf(k, outers * width * length);
      starts[k] = place.lined ? place.start : -1;
    }
  }
  const [a, b, c, d] = tiles as [Float64Array, Float64Array, Float64Array, Float64Array];
  const [a0, b0, c0, d0] = starts as [number, number, number, number];

  for (let first = 0, outer = 0; first < count; outer += outers) {
    const groups = Math.min(outers, runs.outer.extent - outer);
    for (let lane = 0; lane < lanes; lane += width) {
      const some = Math.min(width, lanes - lane);
      for (let k = 0; k < reads.length; k++)
        if (starts[k] === -1) copyLines(gather, tiles[k] as Float64Array, places[k] as Placed, outer, groups, lane, some, long, short);
      const at = first * length;
      kernel(
        state,
        groups * some,
        length,
        first,
        a,
        a0 < 0 ? 0 : a0 + at,
        b,
        b0 < 0 ? 0 : b0 + at,
        c,
        c0 < 0 ? 0 : c0 + at,
        d,
        d0 < 0 ? 0 : d0 + at,
      );
      for (let k = reads.length; k < operands.length; k++)
        if (starts[k] === -1) copyLines(scatter, tiles[k] as Float64Array, places[k] as Placed, outer, groups, lane, some, long, short);
      first += groups * some;
    }
  }
  for (const k of unplaced) if (k >= reads.length) writeInLineOrder(operands[k] as NdArray, axes, tiles[k] as Float64Array);
}
