import { asFloatArray, type FloatData } from "./float-array.js";
import { extentsOf, type LineKernel, overLines } from "./lines.js";
import { positionsInLines } from "./positions.js";
import { formatShape, isRowMajor } from "./shape.js";
import type { NdArray } from "./types.js";

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

/** What a search along lines knows. */
interface Search {
  readonly sign: Sign;
  /** For each line the place of its best entry. */
  readonly places: Int32Array;
}

const bestPlaces: LineKernel<Search> = ({ sign, places }, count, length, first, x, start) => {
  for (let n = 0, at = start; n < count; n++, at += length) places[first + n] = firstBest(x, at, length, sign);
};

function search(x: NdArray, axes: readonly number[], which: Extreme, count: number): Int32Array {
  const places = new Int32Array(count);
  overLines(bestPlaces, { sign: signOf(which), places }, x.shape, axes, [x], []);
  return places;
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
    return firstBest(data, offset, size, signOf(which));
  }
  return search(x, [...shape.keys()], which, 1)[0] as number;
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
  return positionsInLines(search(x, axes, which, extentsOf(shape, axes).count), shape, axes);
}
