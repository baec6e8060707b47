import { asFloatArray, type FloatData } from "../float-array.js";
import { forEachEntry, packedData } from "../loops.js";
import { isRowMajor } from "../shape.js";
import type { NdArray } from "../types.js";

/** An array, or the numbers of one in the order of lines. */
export type Lined = NdArray | Float64Array;

/** Whether these are the last axes: lines along them are then one after another in row-major order. */
export function areTrailing(axes: readonly number[], rank: number): boolean {
  return axes.length === 0 || axes[0] === rank - axes.length;
}

/** Whether the entries of an operand lie in the order of lines as they are, as doubles. */
export function liesInLines(x: Lined, trailing: boolean): boolean {
  return x instanceof Float64Array || (trailing && x.data instanceof Float64Array && isRowMajor(x.shape, x.stride));
}

export function dataOf(x: Lined): Float64Array {
  return x instanceof Float64Array ? x : (x.data as Float64Array);
}

export function startOf(x: Lined): number {
  return x instanceof Float64Array ? 0 : x.offset;
}

/** Axes in four runs of neighbours, in this order or with the pairs swapped: those that tell lines apart, and those along them. */
export interface Runs {
  readonly outer: Run;
  readonly lanes: Run;
  readonly long: Run;
  readonly short: Run;
}

/** The axes from `start` to before `end`, and the product of their extents. */
export interface Run {
  readonly start: number;
  readonly end: number;
  readonly extent: number;
}

const noRun: Run = { start: 0, end: 0, extent: 1 };

function runOf(shape: readonly number[], start: number, end: number): Run {
  let extent = 1;
  for (let k = start; k < end; k++) extent *= shape[k] as number;
  return { start, end, extent };
}

/** The runs of neighbours among axes; undefined when there are more than two of a kind. */
function runsOf(shape: readonly number[], axes: readonly number[]): Runs | undefined {
  const rank = shape.length;
  const [axis] = axes;
  if (axis !== undefined && axes.length === 1) {
    const before = runOf(shape, 0, axis);
    const short = runOf(shape, axis, axis + 1);
    return axis === rank - 1
      ? { outer: noRun, lanes: before, long: noRun, short }
      : { outer: before, lanes: runOf(shape, axis + 1, rank), long: noRun, short };
  }
  const across: Run[] = [];
  const along: Run[] = [];
  for (let end = rank; end > 0; ) {
    const reduced = axes.includes(end - 1);
    let start = end - 1;
    while (start > 0 && axes.includes(start - 1) === reduced) start--;
    (reduced ? along : across).push(runOf(shape, start, end));
    end = start;
  }
  if (across.length > 2 || along.length > 2) return undefined;
  const [lanes = noRun, outer = noRun] = across;
  const [short = noRun, long = noRun] = along;
  return { outer, lanes, long, short };
}

/** The one step that leads through a run of axes; NaN when there is none. */
function stepThrough({ start, end }: Run, shape: readonly number[], stride: readonly number[]): number {
  if (end - start === 1) return stride[start] as number;
  let step = 0;
  let next = Number.NaN;
  for (let k = end - 1; k >= start; k--) {
    const extent = shape[k] as number;
    if (extent === 1) continue;
    if (Number.isNaN(next)) step = next = stride[k] as number;
    else if (stride[k] !== next) return Number.NaN;
    next *= extent;
  }
  return step;
}

/** Where the entries of an operand are, by steps through the runs; in the order of lines when `lined`. */
export interface Placed {
  readonly data: FloatData;
  readonly start: number;
  readonly lined: boolean;
  readonly outer: number;
  readonly lane: number;
  readonly long: number;
  readonly short: number;
}

export function lined(data: Float64Array, start: number): Placed {
  return { data, start, lined: true, outer: 0, lane: 0, long: 0, short: 0 };
}

/** The view whose row-major order is that of lines. */
function inLineOrder(x: NdArray, axes: readonly number[]): NdArray {
  return x.transpose(...[...x.shape.keys()].filter((k) => !axes.includes(k)), ...axes);
}

export function numbersInLineOrder(x: NdArray, axes: readonly number[]): Float64Array {
  return packedData(inLineOrder(x, axes), "float64") as Float64Array;
}

export function writeInLineOrder(x: NdArray, axes: readonly number[], numbers: FloatData): void {
  const to = inLineOrder(x, axes);
  forEachEntry([to], to.shape, (n, [at]) => {
    to.data[at as number] = numbers[n] as number;
  });
}

/** The same runs with those along lines as two, the last axis by itself: more strides lead through them so. */
function split(runs: Runs, shape: readonly number[]): Runs | undefined {
  if (runs.long !== noRun || runs.short.end - runs.short.start < 2) return undefined;
  const { start, end, extent } = runs.short;
  const last = shape[end - 1] as number;
  return { ...runs, long: { start, end: end - 1, extent: extent / last }, short: { start: end - 1, end, extent: last } };
}

/** Undefined when no steps lead through it. */
function placed(x: Lined, trailing: boolean, runs: Runs | undefined): Placed | undefined {
  if (liesInLines(x, trailing)) return lined(dataOf(x), startOf(x));
  if (runs === undefined) return undefined;
  const { data, shape, stride, offset } = asFloatArray(x as NdArray);
  const outer = stepThrough(runs.outer, shape, stride);
  const lane = stepThrough(runs.lanes, shape, stride);
  const long = stepThrough(runs.long, shape, stride);
  const short = stepThrough(runs.short, shape, stride);
  // One sum finds out whether one of them is missing.
  return Number.isNaN(outer + lane + long + short) ? undefined : { data, start: offset, lined: false, outer, lane, long, short };
}

/** Where operands have their lines. */
export interface Places {
  /** Undefined for those that no steps lead through. */
  readonly places: (Placed | undefined)[];
  readonly runs: Runs;
}

function placesBy(runs: Runs | undefined, operands: readonly Lined[], trailing: boolean): (Placed | undefined)[] {
  const places: (Placed | undefined)[] = [];
  for (let k = 0; k < operands.length; k++) places.push(placed(operands[k] as Lined, trailing, runs));
  return places;
}

/**
 * Where operands of this shape have their lines along these axes.
 * @param count how many lines there are
 */
export function placesOf(operands: readonly Lined[], shape: readonly number[], axes: readonly number[], count: number): Places {
  const trailing = areTrailing(axes, shape.length);
  const runs = runsOf(shape, axes);
  const places = placesBy(runs, operands, trailing);
  if (runs === undefined) return { places, runs: { outer: noRun, lanes: { start: 0, end: 0, extent: count }, long: noRun, short: noRun } };
  const apart = places.includes(undefined) ? split(runs, shape) : undefined;
  return apart === undefined ? { places, runs } : { places: placesBy(apart, operands, trailing), runs: apart };
}
