import { asFloatArray, type FloatArray, type FloatData } from "./float-array.js";
import { resultStride } from "./reduce.js";
import { formatShape, isRowMajor, reducedShape, sizeOf } from "./shape.js";
import type { NdArray } from "./types.js";

/** Which end of the order is looked for. */
export type Extreme = "max" | "min";

/** +1 looks for the largest entry, −1 for the smallest: the largest of the negated ones. */
type Sign = 1 | -1;

function signOf(which: Extreme): Sign {
  return which === "max" ? 1 : -1;
}

/** The index of the first best entry of a row, or of its first NaN. */
function firstBest(data: FloatData, start: number, step: number, length: number, sign: Sign): number {
  let best = sign * (data[start] as number);
  let found = 0;
  if (Number.isNaN(best)) return 0;
  for (let i = 1, at = start + step; i < length; i++, at += step) {
    const entry = sign * (data[at] as number);
    // True for better entries and for NaN alike: one comparison an entry.
    if (!(entry <= best)) {
      best = entry;
      found = i;
      if (Number.isNaN(entry)) break;
    }
  }
  return found;
}

/** The same for entries one after another: steps over four at a time as long as none is better. */
function firstBestOfRun(data: FloatData, start: number, length: number, sign: Sign): number {
  const end = start + length;
  let best = sign * (data[start] as number);
  let found = 0;
  let at = start + 1;
  if (Number.isNaN(best)) return 0;
  while (at < end) {
    while (
      at + 3 < end &&
      sign * (data[at] as number) <= best &&
      sign * (data[at + 1] as number) <= best &&
      sign * (data[at + 2] as number) <= best &&
      sign * (data[at + 3] as number) <= best
    ) {
      at += 4;
    }
    for (const stop = Math.min(at + 4, end); at < stop; at++) {
      const entry = sign * (data[at] as number);
      if (!(entry <= best)) {
        best = entry;
        found = at - start;
        if (Number.isNaN(entry)) return found;
      }
    }
  }
  return found;
}

/** A search under way: the best entry so far of each result, and its position, −1 before the first. */
interface Search {
  readonly x: FloatArray;
  readonly sign: Sign;
  /** Strides of the results along the axes of x; 0 along reduced axes. */
  readonly stride: readonly number[];
  readonly best: Float64Array;
  readonly found: Int32Array;
}

/** Offers a row to the results; the first of equals wins, and the first NaN beats all. */
function searchRow(
  search: Search,
  extent: number,
  step: number,
  offset: number,
  position: number,
  resultStep: number,
  result: number,
): void {
  const { best, found, sign } = search;
  const { data } = search.x;
  for (let i = 0, at = offset, r = result; i < extent; i++, at += step, r += resultStep) {
    const entry = sign * (data[at] as number);
    const sofar = best[r] as number;
    // Results start at −∞ without a position; once NaN, they stay.
    if (!(entry <= sofar) ? !Number.isNaN(sofar) : (found[r] as number) < 0) {
      best[r] = entry;
      found[r] = position + i;
    }
  }
}

/** Searches the axes from `axis` on, in row-major order. */
function searchFrom(search: Search, axis: number, offset: number, position: number, result: number): void {
  const { x, stride } = search;
  const extent = x.shape[axis] as number;
  const step = x.stride[axis] as number;
  const resultStep = stride[axis] as number;
  if (axis + 1 < x.dimension) {
    const below = x.shape[axis + 1] as number;
    for (let i = 0; i < extent; i++) searchFrom(search, axis + 1, offset + i * step, (position + i) * below, result + i * resultStep);
  } else if (resultStep === 0) {
    const i = step === 1 ? firstBestOfRun(x.data, offset, extent, search.sign) : firstBest(x.data, offset, step, extent, search.sign);
    searchRow(search, 1, 0, offset + i * step, position + i, 0, result);
  } else {
    searchRow(search, extent, step, offset, position, resultStep, result);
  }
}

function search(x: NdArray, which: Extreme, stride: readonly number[], size: number): Int32Array {
  const float = asFloatArray(x);
  const found = new Int32Array(size).fill(-1);
  searchFrom({ x: float, sign: signOf(which), stride, best: new Float64Array(size).fill(-Infinity), found }, 0, float.offset, 0, 0);
  return found;
}

/**
 * Where the largest or smallest entry of an array lies: its row-major position, counted as if the view were packed (`offsetOfPosition`
 * leads to the store). The first in row-major order wins ties; NaN wins over numbers, the first NaN over later ones.
 * @param who names the caller in errors
 * @throws {RangeError} when the array is empty
 */
export function extremePosition(x: NdArray, which: Extreme, who: string = which): number {
  const { shape, stride, size } = x;
  if (size === 0) throw new RangeError(`${who}: an array of shape ${formatShape(shape)} is empty; give one that has entries`);
  if (isRowMajor(shape, stride)) {
    const { data, offset } = asFloatArray(x);
    return firstBestOfRun(data, offset, size, signOf(which));
  }
  return search(x, which, new Array<number>(shape.length).fill(0), 1)[0] as number;
}

/**
 * Where the largest or smallest entries along some axes lie: one position for each entry of the reduced array, in row-major order.
 * Positions, ties and NaN are as in `extremePosition`.
 * @param axes counted from the front, each once, as `normalizeAxes` gives them; none finds each entry itself
 * @param who names the caller in errors
 * @throws {RangeError} when one of these axes is empty
 */
export function argExtreme(x: NdArray, axes: readonly number[], which: Extreme, who: string = which): Int32Array {
  const { shape } = x;
  for (const axis of axes) {
    if (shape[axis] === 0) {
      throw new RangeError(`${who}: axis ${axis} of an array of shape ${formatShape(shape)} is empty; reduce over axes that have entries`);
    }
  }
  if (axes.length === shape.length) return Int32Array.of(extremePosition(x, which, who));
  const size = sizeOf(reducedShape(shape, axes));
  return size === 0 ? new Int32Array(0) : search(x, which, resultStride(shape, axes), size);
}
