import { asFloatArray } from "./float-array.js";
import { isRowMajor, reducedShape, sizeOf } from "./shape.js";
import { addStrided } from "./strided.js";
import type { NdArray } from "./types.js";
import { broadcastView, rowMajor } from "./view.js";

/** Arrays of this shape as `outer` blocks of `count` equal rows with `inner` entries each. */
interface Blocks {
  readonly outer: number;
  readonly count: number;
  readonly inner: number;
}

/** Undefined when the axes along which entries repeat are not next to each other. */
function blocksOf(shape: readonly number[], axes: readonly number[]): Blocks | undefined {
  const [first = shape.length] = axes;
  const end = first + axes.length;
  if (axes.length > 0 && axes[axes.length - 1] !== end - 1) return undefined;
  return { outer: sizeOf(shape.slice(0, first)), count: sizeOf(shape.slice(first, end)), inner: sizeOf(shape.slice(end)) };
}

/** What repeats, as an array that broadcasts to this shape. */
function repeated(lines: Float64Array, shape: readonly number[], axes: readonly number[]): NdArray {
  return broadcastView(rowMajor(lines, reducedShape(shape, axes, true)), shape);
}

/**
 * Writes one number for each line of an array into all entries of that line: the way back of a sum.
 * @param x     new, row-major, all zeros
 * @param lines one number for each line along these axes, in row-major order
 * @param axes  counted from the front, in increasing order
 */
export function fillLines(x: NdArray, lines: Float64Array, axes: readonly number[]): void {
  const { data, shape } = asFloatArray(x);
  const blocks = blocksOf(shape, axes);
  if (blocks === undefined) {
    const { stride, data: numbers } = repeated(lines, shape, axes);
    addStrided(data, x.stride, x.offset, numbers, stride, 0, shape);
    return;
  }
  const { outer, count, inner } = blocks;
  if (inner === 1) {
    for (let n = 0, at = 0; n < outer; n++) {
      const entry = lines[n] as number;
      const end = at + count;
      if (count < 32) for (; at < end; at++) data[at] = entry;
      else data.fill(entry, at, end);
      at = end;
    }
    return;
  }
  // The first row, then copies of all there is: each doubles what stands there.
  for (let n = 0, at = 0; n < outer && count > 0; n++, at += count * inner) {
    for (let j = 0; j < inner; j++) data[at + j] = lines[n * inner + j] as number;
    const end = at + count * inner;
    for (let done = inner; at + done < end; done *= 2) data.copyWithin(at + done, at, Math.min(at + done, end - done));
  }
}

/** As `fillLines`, added to what an array of floats with any strides holds. */
export function addLines(x: NdArray, lines: Float64Array, axes: readonly number[]): void {
  const { shape, stride, offset } = x;
  const { data } = asFloatArray(x);
  const blocks = isRowMajor(shape, stride) && data === x.data ? blocksOf(shape, axes) : undefined;
  if (blocks === undefined) {
    const { stride: step, data: numbers } = repeated(lines, shape, axes);
    addStrided(x.data, stride, offset, numbers, step, 0, shape);
    return;
  }
  const { outer, count, inner } = blocks;
  for (let n = 0, at = offset; n < outer; n++) {
    if (inner === 1) {
      const entry = lines[n] as number;
      for (const end = at + count; at < end; at++) (data[at] as number) += entry;
    } else {
      for (let k = 0; k < count; k++, at += inner)
        for (let j = 0; j < inner; j++) (data[at + j] as number) += lines[n * inner + j] as number;
    }
  }
}
