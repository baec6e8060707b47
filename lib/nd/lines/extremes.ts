import { asFloatArray, type FloatData } from "../float-array.js";
import { positionsInLines } from "../positions.js";
import { formatShape, isRowMajor } from "../shape.js";
import type { NdArray } from "../types.js";
import { extentsOf, type LineKernel, overLines } from "./lines.js";

/** Which end of the order is looked for. */
export type Extreme = "max" | "min";

/** +1 looks for the largest entry, −1 for the smallest: the largest of the negated ones. */
type Sign = 1 | -1;

function signOf(which: Extreme): Sign {
  return which === "max" ? 1 : -1;
}

/**
 * The place of the first best entry among some one after another, or of the first NaN. Steps over four at a time as long as none is better.
 */
function firstBest(data: FloatData, start: number, length: number, sign: Sign): number {
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
      // True for better entries and for NaN alike: one comparison an entry.
      if (!(entry <= best)) {
        best = entry;
        found = at - start;
        if (Number.isNaN(entry)) return found;
      }
    }
  }
  return found;
}

/** Lines of fewer entries are searched one by one: four at a time cost more than they save. */
const shortLine = 16;

function firstBestOfFew(x: Float64Array, start: number, length: number, sign: Sign): number {
  let best = sign * (x[start] as number);
  let found = 0;
  if (Number.isNaN(best)) return 0;
  for (let k = 1; k < length; k++) {
    const entry = sign * (x[start + k] as number);
    if (entry <= best) continue;
    best = entry;
    found = k;
    if (Number.isNaN(entry)) break;
  }
  return found;
}

/** Of each line along some axes its best entry and the place of that in the line. */
export interface LineExtremes {
  readonly values: Float64Array;
  readonly places: Int32Array;
}

interface Search extends LineExtremes {
  readonly sign: Sign;
}

const search: LineKernel<Search> = ({ sign, values, places }, count, length, first, x, start) => {
  for (let n = 0, at = start; n < count; n++, at += length) {
    const place = length < shortLine ? firstBestOfFew(x, at, length, sign) : firstBest(x, at, length, sign);
    places[first + n] = place;
    values[first + n] = x[at + place] as number;
  }
};

/** Throws where a reduction that needs entries would go over none. */
export function refuseEmpty(who: string, shape: readonly number[], axes: readonly number[]): void {
  for (const axis of axes) {
    if (shape[axis] === 0) {
      throw new RangeError(`${who}: axis ${axis} of an array of shape ${formatShape(shape)} is empty; reduce over axes that have entries`);
    }
  }
}

/**
 * The largest or smallest entry of each line along some axes; lines and places count in row-major order. The first in row-major order wins
 * ties; NaN wins over numbers, the first NaN over later ones.
 * @param axes counted from the front, in increasing order
 * @param who names the caller in errors
 * @throws {RangeError} when one of these axes is empty
 */
export function lineExtremes(x: NdArray, axes: readonly number[], which: Extreme, who: string = which): LineExtremes {
  const { shape } = x;
  refuseEmpty(who, shape, axes);
  const { count } = extentsOf(shape, axes);
  const found: Search = { sign: signOf(which), values: new Float64Array(count), places: new Int32Array(count) };
  overLines(search, found, shape, axes, [x], []);
  return found;
}

/**
 * Where the largest or smallest entry of an array lies: its row-major position, counted as if the view were packed (`offsetOfPosition`
 * leads to the store). Ties and NaN are as in `lineExtremes`.
 * @param who names the caller in errors
 * @throws {RangeError} when the array is empty
 */
export function extremePosition(x: NdArray, which: Extreme, who: string = which): number {
  const { shape, stride, size } = x;
  if (size === 0) throw new RangeError(`${who}: an array of shape ${formatShape(shape)} is empty; give one that has entries`);
  if (isRowMajor(shape, stride)) {
    const { data, offset } = asFloatArray(x);
    return firstBest(data, offset, size, signOf(which));
  }
  return lineExtremes(x, [...shape.keys()], which, who).places[0] as number;
}

/**
 * Where the largest or smallest entries along some axes lie: one row-major position for each entry of the reduced array, in row-major order.
 * Ties and NaN are as in `lineExtremes`.
 * @param axes counted from the front, each once, as `normalizeAxes` gives them; none finds each entry itself
 * @param who names the caller in errors
 * @throws {RangeError} when one of these axes is empty
 */
export function argExtreme(x: NdArray, axes: readonly number[], which: Extreme, who: string = which): Int32Array {
  refuseEmpty(who, x.shape, axes);
  return axes.length === x.dimension
    ? Int32Array.of(extremePosition(x, which, who))
    : positionsInLines(lineExtremes(x, axes, which, who).places, x.shape, axes);
}
