import { type AnyArray, defineRule, type Scalar } from "../../lib/core/index.js";
import { asFloatArray, type FloatData } from "../../lib/nd/float-array.js";
import type { NdArray } from "../../lib/nd/index.js";
import { maximum } from "../elementwise/bounds.js";
import { max, min } from "../reductions/extremes.js";
import { type Selection, selectionRule } from "../support/positions.js";
import { checkMatrix, type Ranges, refuseEmpty } from "./ranges.js";

/** The Hausdorff distance of a matrix of distances. */
export interface HausdorffDistance {
  (c: NdArray): number;
  (c: AnyArray): Scalar;
}

/** Which of a run of entries is the first that equals a value, NaN being equal to NaN; one of them does. */
function firstOf(data: FloatData, start: number, step: number, length: number, value: number): number {
  const sought = Number.isNaN(value);
  let k = 0;
  for (let at = start; k < length - 1; k++, at += step) {
    const entry = data[at] as number;
    if (sought ? Number.isNaN(entry) : entry === value) break;
  }
  return k;
}

/**
 * For each block of a matrix, the row-major position in the whole matrix at which its Hausdorff distance is read: one pass over the block
 * for the minima, then a look along the one row or column that decides. No block is empty.
 */
export function findHausdorff(x: NdArray, rows: Ranges, cols: Ranges): Int32Array {
  const extent = x.shape[1] as number;
  const { data, stride, offset } = asFloatArray(x);
  const down = stride[0] as number;
  const across = stride[1] as number;
  const positions = new Int32Array(rows.length * cols.length);
  const columnMinima = new Float64Array(cols.reduce((widest, [left, right]) => Math.max(widest, right - left), 0));
  let n = 0;
  for (const [top, bottom] of rows) {
    for (const [left, right] of cols) {
      const width = right - left;
      const corner = offset + left * across;
      columnMinima.fill(Number.POSITIVE_INFINITY, 0, width);
      let d2 = Number.NEGATIVE_INFINITY;
      let row = top;
      for (let i = top; i < bottom; i++) {
        let least = Number.POSITIVE_INFINITY;
        for (let j = 0, at = corner + i * down; j < width; j++, at += across) {
          const entry = data[at] as number;
          least = Math.min(least, entry);
          columnMinima[j] = Math.min(columnMinima[j] as number, entry);
        }
        if (!(least <= d2) && !Number.isNaN(d2)) {
          d2 = least;
          row = i;
        }
      }
      let d1 = Number.NEGATIVE_INFINITY;
      let column = 0;
      for (let j = 0; j < width; j++) {
        const least = columnMinima[j] as number;
        if (!(least <= d1) && !Number.isNaN(d1)) {
          d1 = least;
          column = j;
        }
      }
      // NaN is in a row and in a column, so it is in both distances, and the columns come first.
      if (d2 > d1) column = firstOf(data, corner + row * down, across, width, d2);
      else row = top + firstOf(data, corner + top * down + column * across, down, bottom - top, d1);
      positions[n++] = row * extent + left + column;
    }
  }
  return positions;
}

function check(c: AnyArray): void {
  checkMatrix("hausdorffDistance", "c", c);
  refuseEmpty("hausdorffDistance", "c", c);
}

/**
 * The Hausdorff distance of two sets of points, from the distances c[i, j] between them: the larger one of d₁, the largest of the columns'
 * minima, and d₂, the largest of the rows' minima.
 *   ẏ = ċ[p]                     c̄[p] = ȳ, 0 elsewhere, p the one position that decides
 * Ties as the composition says: d₁ before d₂; in each the first row or column that attains the maximum, then the first minimum in it. NaN
 * anywhere gives NaN.
 * @param c shape [m, n]
 * @throws {RangeError} when c is not a matrix, or has no entries
 * Source: lab 09, "Hausdorff distance"; F. Hausdorff, Grundzüge der Mengenlehre (1914), chapter VIII, section 6.
 */
export const hausdorffDistance: HausdorffDistance = defineRule(
  (c: AnyArray) => {
    check(c);
    return maximum(max(min(c, { axis: 0 })), max(min(c, { axis: 1 })));
  },
  selectionRule((c): Selection => {
    check(c);
    return { positions: findHausdorff(c, [[0, c.shape[0] as number]], [[0, c.shape[1] as number]]), shape: undefined };
  }),
  { name: "hausdorffDistance" },
);
