import { type AnyArray, defineRule, describe, linearRule, optionsFor } from "../lib/core/index.js";
import { floatResult } from "../lib/nd/float-array.js";
import { commonDType, type NdArray, packedData } from "../lib/nd/index.js";
import { type Selection, selectionOf, selectionRule } from "./positions.js";
import { type PerSide, type PoolOptions, poolSides, type Side } from "./windows.js";

/** WindowPooling with its windows: traced arrays give a traced one. */
export interface WindowPooling<O> {
  (x: NdArray, options: O): NdArray;
  (x: AnyArray, options: O): AnyArray;
}

/** The entries of x that window o has, without those in the padding. */
function spanOf({ input, kernel, stride, padding }: Side, o: number): readonly [start: number, end: number] {
  const start = o * stride - padding;
  return [Math.max(0, start), Math.min(input, start + kernel)];
}

/** The shape of x with windows in the place of entries. */
function pooledShape(x: NdArray, sides: 1 | 2, [rows, columns]: readonly [Side, Side]): number[] {
  return [...x.shape.slice(0, 2), ...(sides === 1 ? [columns.output] : [rows.output, columns.output])];
}

/** Visits all windows in row-major order: the row-major position in x of each one's plane, its rows and its columns. */
function forEachWindow(
  x: NdArray,
  [rows, columns]: readonly [Side, Side],
  visit: (plane: number, top: number, bottom: number, left: number, right: number) => void,
): void {
  const size = rows.input * columns.input;
  const down = Array.from({ length: rows.output }, (_, o) => spanOf(rows, o));
  const across = Array.from({ length: columns.output }, (_, o) => spanOf(columns, o));
  for (let plane = 0; plane < x.size; plane += size) {
    for (const [top, bottom] of down) for (const [left, right] of across) visit(plane, top, bottom, left, right);
  }
}

/** Where the largest entry of each window is: the first in row-major order; the first NaN beats all. */
const largest =
  (name: string, sides: 1 | 2) =>
  (x: NdArray, options?: PoolOptions): Selection => {
    const windows = poolSides(name, x, options, sides);
    const shape = pooledShape(x, sides, windows);
    const data = packedData(x, "float64");
    const width = windows[1].input;
    const positions = new Int32Array(shape.reduce((size, extent) => size * extent, 1));
    let n = 0;
    forEachWindow(x, windows, (plane, top, bottom, left, right) => {
      let best = plane + top * width + left;
      let extreme = data[best] as number;
      for (let i = top; i < bottom && !Number.isNaN(extreme); i++) {
        for (let at = plane + i * width + left, end = plane + i * width + right; at < end; at++) {
          const entry = data[at] as number;
          if (entry <= extreme) continue;
          best = at;
          extreme = entry;
          if (Number.isNaN(entry)) break;
        }
      }
      positions[n++] = best;
    });
    return { positions, shape };
  };

function maxPool<P extends PerSide>(name: string, sides: 1 | 2): WindowPooling<PoolOptions<P>> {
  const select = largest(name, sides);
  return defineRule(selectionOf(select), selectionRule(select), { name }) as unknown as WindowPooling<PoolOptions<P>>;
}

/**
 * The largest entry of each window along the last axis. Padding counts as −∞. At ties it is the first; the first NaN beats all.
 *   ẏ = ẋ[k], k the place of that entry     x̄[k] += ȳ
 * @param x shape [N, C, L]
 * @param options the windows: their length, how far apart they begin (as far as they are long when absent), and the padding
 * @returns shape [N, C, ⌊(L + 2 padding − kernel) / stride⌋ + 1]
 * @throws {RangeError} when a window does not fit, the padding is more than half of one, or L is 0
 */
export const maxPool1d: WindowPooling<PoolOptions<number>> = maxPool("maxPool1d", 1);

/**
 * The largest entry of each window in the plane of the last two axes, otherwise as `maxPool1d`; ties in row-major order.
 *   ẏ = ẋ[k], k the place of that entry     x̄[k] += ȳ
 * @param x shape [N, C, H, W]
 * @param options numbers, or pairs, that of the rows first
 * @throws {RangeError} when a window does not fit, the padding is more than half of one, or H or W is 0
 */
export const maxPool2d: WindowPooling<PoolOptions<PerSide>> = maxPool("maxPool2d", 2);

/** Windows, and what they are divided by. */
export interface AveragePoolOptions<P extends PerSide = PerSide> extends PoolOptions<P> {
  /** Whether zeros in the padding count as entries. true when absent. */
  readonly countIncludePad?: boolean | undefined;
}

const averageNames = "kernel, stride, padding, countIncludePad";

function countsPadding(who: string, options: AveragePoolOptions | undefined): boolean {
  const { countIncludePad = true } = optionsFor(who, options, averageNames) as AveragePoolOptions;
  if (typeof countIncludePad !== "boolean")
    throw new TypeError(`${who}: countIncludePad is ${describe(countIncludePad)}; give true or false`);
  return countIncludePad;
}

/** Visits all windows with what their sums are divided by. */
function forEachAverage(
  who: string,
  x: NdArray,
  options: AveragePoolOptions | undefined,
  windows: readonly [Side, Side],
  visit: (start: number, rows: number, columns: number, count: number) => void,
): void {
  const all = countsPadding(who, options) ? windows[0].kernel * windows[1].kernel : undefined;
  forEachWindow(x, windows, (plane, top, bottom, left, right) => {
    const [rows, columns] = [bottom - top, right - left];
    visit(plane + top * windows[1].input + left, rows, columns, all ?? rows * columns);
  });
}

function avgPool<P extends PerSide>(name: string, sides: 1 | 2): WindowPooling<AveragePoolOptions<P>> {
  return linearRule(
    (x: NdArray, options?: AveragePoolOptions) => {
      const windows = poolSides(name, x, options, sides, averageNames);
      const shape = pooledShape(x, sides, windows);
      const data = packedData(x, "float64");
      const width = windows[1].input;
      const y = new Float64Array(shape.reduce((size, extent) => size * extent, 1));
      let n = 0;
      forEachAverage(name, x, options, windows, (start, rows, columns, count) => {
        let total = 0;
        for (let i = 0, row = start; i < rows; i++, row += width) for (let at = row; at < row + columns; at++) total += data[at] as number;
        y[n++] = total / count;
      });
      return floatResult(y, shape, commonDType([x]));
    },
    (ybar: NdArray, x: NdArray, options?: AveragePoolOptions) => {
      const windows = poolSides(name, x, options, sides, averageNames);
      const weights = packedData(ybar, "float64");
      const width = windows[1].input;
      const xbar = new Float64Array(x.size);
      let n = 0;
      forEachAverage(name, x, options, windows, (start, rows, columns, count) => {
        const share = (weights[n++] as number) / count;
        for (let i = 0, row = start; i < rows; i++, row += width)
          for (let at = row; at < row + columns; at++) (xbar[at] as number) += share;
      });
      return floatResult(xbar, x.shape, commonDType([x]));
    },
    { name },
  ) as unknown as WindowPooling<AveragePoolOptions<P>>;
}

/**
 * The mean of each window along the last axis, padded with zeros.
 *   ẏ = avgPool1d(ẋ)             x̄ = Σ ȳ / count over the windows that have the entry
 * @param x shape [N, C, L]
 * @param options the windows as in `maxPool1d`; without `countIncludePad` the mean is over entries of x alone
 * @throws {RangeError} when a window does not fit, the padding is more than half of one, or L is 0
 */
export const avgPool1d: WindowPooling<AveragePoolOptions<number>> = avgPool("avgPool1d", 1);

/**
 * The mean of each window in the plane of the last two axes, otherwise as `avgPool1d`.
 *   ẏ = avgPool2d(ẋ)             x̄ = Σ ȳ / count over the windows that have the entry
 * @param x shape [N, C, H, W]
 * @param options numbers, or pairs, that of the rows first
 * @throws {RangeError} when a window does not fit, the padding is more than half of one, or H or W is 0
 */
export const avgPool2d: WindowPooling<AveragePoolOptions<PerSide>> = avgPool("avgPool2d", 2);
