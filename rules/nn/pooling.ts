import { type AnyArray, addedTo, defineRule, linearRule, optionsFor } from "../../lib/core/index.js";
import { type FloatData, inOrder } from "../../lib/nd/float-array.js";
import { floatDType, type NdArray, sizeOf, zerosOf } from "../../lib/nd/index.js";
import { type Selection, selectionOf, selectionRule } from "../support/positions.js";
import { flagOf } from "../support/reduce-options.js";
import { type PerSide, type PoolOptions, poolSides, type Side } from "./windows.js";

/** WindowPooling with its windows: traced arrays give a traced one. */
export interface WindowPooling<O> {
  (x: NdArray, options: O): NdArray;
  (x: AnyArray, options: O): AnyArray;
}

/** Where windows begin and end along an axis, without what lies in the padding: two numbers for each. */
function boundsOf({ input, kernel, stride, padding, output }: Side): Int32Array {
  const bounds = new Int32Array(2 * output);
  for (let o = 0, start = -padding; o < output; o++, start += stride) {
    bounds[2 * o] = Math.max(0, start);
    bounds[2 * o + 1] = Math.min(input, start + kernel);
  }
  return bounds;
}

/** How many entries each window along an axis counts for: with those in the padding, but without what lies beyond it; or those of x alone. */
function countsOf({ input, kernel, stride, padding, output }: Side, withPadding: boolean): Int32Array {
  const [first, last] = withPadding ? [-padding, input + padding] : [0, input];
  return Int32Array.from({ length: output }, (_, o) => {
    const start = o * stride - padding;
    return Math.min(last, start + kernel) - Math.max(first, start);
  });
}

/** The number of entries that all windows count for; 0 where they differ. */
function countOfAll(sides: readonly [Side, Side], withPadding: boolean): number {
  const whole = sides.every(({ input, kernel, stride, padding, output }) => (output - 1) * stride + kernel <= input + 2 * padding);
  return withPadding && whole ? sides[0].kernel * sides[1].kernel : 0;
}

/** The shape of x with windows in the place of entries. */
function pooledShape(x: NdArray, sides: 1 | 2, [rows, columns]: readonly [Side, Side]): number[] {
  const [n, channels] = x.shape as [number, number];
  return sides === 1 ? [n, channels, columns.output] : [n, channels, rows.output, columns.output];
}

/** The row-major position of each window's largest entry: the first of equals; the first NaN beats all. */
function positionsOfLargest(x: NdArray, [rows, columns]: readonly [Side, Side], count: number): Int32Array {
  const { data, offset, size } = inOrder(x);
  const width = columns.input;
  const plane = rows.input * width;
  const down = boundsOf(rows);
  const across = boundsOf(columns);
  const positions = new Int32Array(count);
  for (let n = 0, start = offset; start < offset + size; start += plane) {
    for (let r = 0; r < down.length; r += 2) {
      const top = start + (down[r] as number) * width;
      const bottom = start + (down[r + 1] as number) * width;
      for (let c = 0; c < across.length; c += 2) {
        const left = across[c] as number;
        const columnsOfWindow = (across[c + 1] as number) - left;
        let best = top + left;
        let extreme = data[best] as number;
        for (let row = best; row < bottom; row += width) {
          for (let at = row, end = row + columnsOfWindow; at < end; at++) {
            const entry = data[at] as number;
            if (entry > extreme || (Number.isNaN(entry) && !Number.isNaN(extreme))) {
              best = at;
              extreme = entry;
            }
          }
        }
        positions[n++] = best - offset;
      }
    }
  }
  return positions;
}

/** Where the largest entry of each window is. */
const largest =
  <P extends PerSide>(name: string, sides: 1 | 2) =>
  (x: NdArray, options: PoolOptions<P>): Selection => {
    const windows = poolSides(name, x, options, sides);
    const shape = pooledShape(x, sides, windows);
    return { positions: positionsOfLargest(x, windows, sizeOf(shape)), shape };
  };

function maxPool<P extends PerSide>(name: string, sides: 1 | 2): WindowPooling<PoolOptions<P>> {
  const select = largest<P>(name, sides);
  return defineRule(selectionOf(select), selectionRule(select), { name, still: [1] });
}

/**
 * The largest entry of each window along the last axis. Padding counts as −∞. At ties it is the first; the first NaN beats all.
 *   ẏ = ẋ[k], k the place of that entry     x̄[k] += ȳ
 * @param x shape [N, C, L]
 * @param options the windows: their length, how far apart they begin (as far as they are long when absent), the padding, and `ceilMode`: whether
 *        what is left over at the end makes a shorter window, if that begins before the padding at the end
 * @returns shape [N, C, ⌊(L + 2 padding − kernel) / stride⌋ + 1]; with `ceilMode` ⌈ ⌉ in place of ⌊ ⌋, or one less
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

const averageNames = "kernel, stride, padding, countIncludePad, ceilMode";

/** Whether zeros in the padding count as entries. */
function countsPadding(who: string, options: AveragePoolOptions | undefined): boolean {
  const { countIncludePad = true } = optionsFor(who, options, averageNames) as AveragePoolOptions;
  return flagOf(who, "countIncludePad", countIncludePad);
}

/** y = the mean of each window. */
function means(x: NdArray, [rows, columns]: readonly [Side, Side], withPadding: boolean, y: FloatData): void {
  const { data, offset, size } = inOrder(x);
  const width = columns.input;
  const plane = rows.input * width;
  const down = boundsOf(rows);
  const across = boundsOf(columns);
  const tall = countsOf(rows, withPadding);
  const wide = countsOf(columns, withPadding);
  const all = countOfAll([rows, columns], withPadding);
  for (let n = 0, start = offset; start < offset + size; start += plane) {
    for (let r = 0; r < down.length; r += 2) {
      const height = (down[r + 1] as number) - (down[r] as number);
      const top = start + (down[r] as number) * width;
      const bottom = top + height * width;
      for (let c = 0; c < across.length; c += 2) {
        const left = across[c] as number;
        const columnsOfWindow = (across[c + 1] as number) - left;
        let total = 0;
        for (let row = top + left; row < bottom; row += width) {
          for (let at = row, end = row + columnsOfWindow; at < end; at++) total += data[at] as number;
        }
        y[n++] = total / (all || (tall[r >> 1] as number) * (wide[c >> 1] as number));
      }
    }
  }
}

/** acc += the share of each window's cotangent, in all its entries; acc is row-major. */
function addMeans(acc: NdArray, ybar: NdArray, [rows, columns]: readonly [Side, Side], withPadding: boolean): void {
  const { data: seeds, offset } = inOrder(ybar);
  const width = columns.input;
  const plane = rows.input * width;
  const down = boundsOf(rows);
  const across = boundsOf(columns);
  const tall = countsOf(rows, withPadding);
  const wide = countsOf(columns, withPadding);
  const all = countOfAll([rows, columns], withPadding);
  const xbar = acc.data as FloatData;
  const end = acc.offset + acc.size;
  for (let n = offset, start = acc.offset; start < end; start += plane) {
    for (let r = 0; r < down.length; r += 2) {
      const height = (down[r + 1] as number) - (down[r] as number);
      const top = start + (down[r] as number) * width;
      const bottom = top + height * width;
      for (let c = 0; c < across.length; c += 2) {
        const left = across[c] as number;
        const columnsOfWindow = (across[c + 1] as number) - left;
        const share = (seeds[n++] as number) / (all || (tall[r >> 1] as number) * (wide[c >> 1] as number));
        for (let row = top + left; row < bottom; row += width) {
          for (let at = row, last = row + columnsOfWindow; at < last; at++) (xbar[at] as number) += share;
        }
      }
    }
  }
}

function avgPool<P extends PerSide>(name: string, sides: 1 | 2): WindowPooling<AveragePoolOptions<P>> {
  return linearRule(
    (x: NdArray, options: AveragePoolOptions<P>) => {
      const windows = poolSides(name, x, options, sides, averageNames);
      const y = zerosOf(pooledShape(x, sides, windows), floatDType(x.dtype));
      means(x, windows, countsPadding(name, options), y.data as FloatData);
      return y;
    },
    (ybar: NdArray, x: NdArray, options: AveragePoolOptions<P>) => {
      const windows = poolSides(name, x, options, sides, averageNames);
      const withPadding = countsPadding(name, options);
      return addedTo(x, (acc) => addMeans(acc, ybar, windows, withPadding), { rowMajor: true });
    },
    { name },
  );
}

/**
 * The mean of each window along the last axis, padded with zeros.
 *   ẏ = avgPool1d(ẋ)             x̄ = Σ ȳ / count over the windows that have the entry
 * @param x shape [N, C, L]
 * @param options the windows as in `maxPool1d`; without `countIncludePad` the mean is over entries of x alone. What a window of `ceilMode` lacks
 *        beyond the padding never counts
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
