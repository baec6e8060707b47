import { asFloatArray, type FloatData } from "./float-array.js";
import { forEachEntry, packedData } from "./loops.js";
import { isRowMajor } from "./shape.js";
import { gather, scatter, together } from "./tiles.js";
import type { NdArray } from "./types.js";

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

/** An array, or the numbers of one in the order of lines. */
export type Lined = NdArray | Float64Array;

const none = new Float64Array(0);

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

/** Whether the entries of an operand lie in the order of lines as they are, as doubles. */
function inOrder(x: Lined, trailing: boolean): boolean {
  return x instanceof Float64Array || (trailing && x.data instanceof Float64Array && isRowMajor(x.shape, x.stride));
}

function dataOf(x: Lined | undefined): Float64Array {
  return x === undefined ? none : x instanceof Float64Array ? x : (x.data as Float64Array);
}

function startOf(x: Lined | undefined): number {
  return x === undefined || x instanceof Float64Array ? 0 : x.offset;
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
  const trailing = axes.length === 0 || axes[0] === shape.length - axes.length;
  let direct = true;
  for (let k = 0; k < reads.length; k++) direct &&= inOrder(reads[k] as Lined, trailing);
  for (let k = 0; k < writes.length; k++) direct &&= inOrder(writes[k] as Lined, trailing);
  if (!direct && length > 0) {
    overTiles(kernel, state, shape, axes, reads, writes, count, length, trailing);
    return;
  }
  const operand = (k: number): Lined | undefined => (k < reads.length ? reads[k] : writes[k - reads.length]);
  const [a, b, c, d] = [operand(0), operand(1), operand(2), operand(3)];
  kernel(state, count, length, 0, dataOf(a), startOf(a), dataOf(b), startOf(b), dataOf(c), startOf(c), dataOf(d), startOf(d));
}

/** Axes in four runs of neighbours, in this order or with the pairs swapped: those that tell lines apart, and those along them. */
interface Runs {
  readonly outer: Run;
  readonly lanes: Run;
  readonly long: Run;
  readonly short: Run;
}

/** The axes from `start` to before `end`, and the product of their extents. */
interface Run {
  readonly start: number;
  readonly end: number;
  readonly extent: number;
}

const noRun: Run = { start: 0, end: 0, extent: 1 };

/** The runs of neighbours among axes; undefined when there are more than two of a kind. */
function runsOf(shape: readonly number[], axes: readonly number[]): Runs | undefined {
  const across: Run[] = [];
  const along: Run[] = [];
  for (let end = shape.length; end > 0; ) {
    const reduced = axes.includes(end - 1);
    let start = end;
    let extent = 1;
    for (; start > 0 && axes.includes(start - 1) === reduced; start--) extent *= shape[start - 1] as number;
    (reduced ? along : across).push({ start, end, extent });
    end = start;
  }
  if (across.length > 2 || along.length > 2) return undefined;
  const [lanes = noRun, outer = noRun] = across;
  const [short = noRun, long = noRun] = along;
  return { outer, lanes, long, short };
}

/** The one step that leads through a run of axes; undefined when there is none. */
function stepThrough({ start, end }: Run, shape: readonly number[], stride: readonly number[]): number | undefined {
  let step: number | undefined;
  let next = 0;
  for (let k = end - 1; k >= start; k--) {
    const extent = shape[k] as number;
    if (extent === 1) continue;
    if (step === undefined) step = next = stride[k] as number;
    else if (stride[k] !== next) return undefined;
    next *= extent;
  }
  return step ?? 0;
}

/** Where the entries of an operand are, by steps through the runs; in the order of lines when `lined`. */
interface Placed {
  readonly data: FloatData;
  readonly start: number;
  readonly lined: boolean;
  readonly outer: number;
  readonly lane: number;
  readonly long: number;
  readonly short: number;
}

function lined(data: Float64Array, start: number): Placed {
  return { data, start, lined: true, outer: 0, lane: 0, long: 0, short: 0 };
}

/** The view whose row-major order is that of lines. */
function inLineOrder(x: NdArray, axes: readonly number[]): NdArray {
  return x.transpose(...[...x.shape.keys()].filter((k) => !axes.includes(k)), ...axes);
}

function numbersInLineOrder(x: NdArray, axes: readonly number[]): Float64Array {
  return packedData(inLineOrder(x, axes), "float64") as Float64Array;
}

function writeInLineOrder(x: NdArray, axes: readonly number[], numbers: FloatData): void {
  const to = inLineOrder(x, axes);
  forEachEntry([to], to.shape, (n, [at]) => {
    to.data[at as number] = numbers[n] as number;
  });
}

/** The same runs with those along lines as two, the last axis by itself: more strides lead through them so. */
function split(runs: Runs | undefined, shape: readonly number[]): Runs | undefined {
  if (runs === undefined || runs.long !== noRun || runs.short.end - runs.short.start < 2) return undefined;
  const { start, end, extent } = runs.short;
  const last = shape[end - 1] as number;
  return { ...runs, long: { start, end: end - 1, extent: extent / last }, short: { start: end - 1, end, extent: last } };
}

/** Undefined when no steps lead through it. */
function placed(x: Lined, trailing: boolean, runs: Runs | undefined): Placed | undefined {
  if (inOrder(x, trailing)) return lined(dataOf(x), startOf(x));
  if (runs === undefined) return undefined;
  const { data, shape, stride, offset } = asFloatArray(x as NdArray);
  const outer = stepThrough(runs.outer, shape, stride);
  const lane = stepThrough(runs.lanes, shape, stride);
  const long = stepThrough(runs.long, shape, stride);
  const short = stepThrough(runs.short, shape, stride);
  if (outer === undefined || lane === undefined || long === undefined || short === undefined) return undefined;
  return { data, start: offset, lined: false, outer, lane, long, short };
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
  trailing: boolean,
): void {
  const operands = [...reads, ...writes];
  const place = (runs: Runs | undefined): (Placed | undefined)[] => operands.map((x) => placed(x, trailing, runs));
  let runs = runsOf(shape, axes);
  let found = place(runs);
  const apart = found.includes(undefined) ? split(runs, shape) : undefined;
  if (apart !== undefined) {
    runs = apart;
    found = place(runs);
  }
  const places = found.map(
    (one, k) => one ?? lined(k < reads.length ? numbersInLineOrder(operands[k] as NdArray, axes) : new Float64Array(count * length), 0),
  );
  const { extent: lanes } = runs?.lanes ?? { extent: count };
  const { extent: long } = runs?.long ?? noRun;
  const short = length / long;
  const inRows = places.every((place) => place.lined || place.short === 1 || short === 1);
  const width = Math.min(lanes, Math.max(inRows ? 1 : together, Math.floor(tileSize / length)));
  const tiles = places.map((place, k) => (place.lined ? (place.data as Float64Array) : tileOf(k, width * length)));
  const starts = [0, 0, 0, 0];
  const at = (k: number): Float64Array => tiles[k] ?? none;
  for (let first = 0, outer = 0; first < count; outer++) {
    for (let lane = 0; lane < lanes; lane += width) {
      const some = Math.min(width, lanes - lane);
      for (let k = 0; k < places.length; k++) {
        const place = places[k] as Placed;
        starts[k] = place.lined ? place.start + first * length : 0;
        if (place.lined || k >= reads.length) continue;
        const start = place.start + outer * place.outer + lane * place.lane;
        for (let n = 0; n < long; n++)
          gather(at(k), n * short, length, place.data, start + n * place.long, some, place.lane, short, place.short);
      }
      kernel(
        state,
        some,
        length,
        first,
        at(0),
        starts[0] as number,
        at(1),
        starts[1] as number,
        at(2),
        starts[2] as number,
        at(3),
        starts[3] as number,
      );
      for (let k = reads.length; k < places.length; k++) {
        const place = places[k] as Placed;
        if (place.lined) continue;
        const start = place.start + outer * place.outer + lane * place.lane;
        for (let n = 0; n < long; n++)
          scatter(place.data, start + n * place.long, some, place.lane, short, place.short, at(k), n * short, length);
      }
      first += some;
    }
  }
  for (let k = reads.length; k < found.length; k++)
    if (found[k] === undefined) writeInLineOrder(operands[k] as NdArray, axes, (places[k] as Placed).data);
}
