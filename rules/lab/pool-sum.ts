import { type AnyArray, inplaceable, linearRule, similar } from "../../lib/core/index.js";
import { asFloatArray, floatResult } from "../../lib/nd/float-array.js";
import { floatDType, type NdArray, zerosOf } from "../../lib/nd/index.js";
import { sum } from "../reductions.js";
import { checkedBlocks, type Ranges } from "./ranges.js";

/** Sum pooling of a matrix. */
export interface SumPooling {
  (x: NdArray, rows: Ranges, cols: Ranges): NdArray;
  (x: AnyArray, rows: Ranges, cols: Ranges): AnyArray;
}

/** Sum pooling as one writes it: a loop over the blocks, and assignment. */
function sumOfBlocks(x: AnyArray, rows: Ranges, cols: Ranges): AnyArray {
  const blocks = checkedBlocks("poolSum", x, rows, cols);
  const y = similar(x, [blocks.rows.length, blocks.cols.length]);
  for (const [a, [top, bottom]] of blocks.rows.entries()) {
    for (const [b, [left, right]] of blocks.cols.entries()) {
      y.set(a, b, sum(x.lo(top, left).hi(bottom - top, right - left)));
    }
  }
  return y;
}

/** The ranges' bounds one after another. */
function boundsOf(ranges: Ranges): Int32Array {
  const bounds = new Int32Array(2 * ranges.length);
  ranges.forEach(([start, stop], k) => {
    bounds[2 * k] = start;
    bounds[2 * k + 1] = stop;
  });
  return bounds;
}

/** The same on plain arrays. */
function sumOfBlocksFast(x: NdArray, rows: Ranges, cols: Ranges): NdArray {
  const blocks = checkedBlocks("poolSum", x, rows, cols);
  const { data, stride, offset } = asFloatArray(x);
  const down = stride[0] as number;
  const across = stride[1] as number;
  const bounds = boundsOf(blocks.cols);
  const width = blocks.cols.length;
  const sums = new Float64Array(blocks.rows.length * width);
  let n = 0;
  for (const [top, bottom] of blocks.rows) {
    const strip = offset + top * down;
    for (let b = 0; b < width; b++) {
      const left = bounds[2 * b] as number;
      const columns = (bounds[2 * b + 1] as number) - left;
      let total = 0;
      for (let i = top, row = strip + left * across; i < bottom; i++, row += down) {
        for (let j = 0, at = row; j < columns; j++, at += across) total += data[at] as number;
      }
      sums[n++] = total;
    }
  }
  return floatResult(sums, [blocks.rows.length, width], floatDType(x.dtype));
}

/** acc[i, j] += Σ ȳ[a, b] over the blocks that hold (i, j). */
function addToBlocks(acc: NdArray, ybar: NdArray, rows: Ranges, cols: Ranges): void {
  const { data, stride, offset } = acc;
  const down = stride[0] as number;
  const across = stride[1] as number;
  const bounds = boundsOf(cols);
  const width = cols.length;
  const seeds = asFloatArray(ybar);
  const seed = seeds.data;
  const seedDown = seeds.stride[0] as number;
  const seedAcross = seeds.stride[1] as number;
  let start = seeds.offset;
  for (const [top, bottom] of rows) {
    const strip = offset + top * down;
    for (let b = 0, from = start; b < width; b++, from += seedAcross) {
      const left = bounds[2 * b] as number;
      const columns = (bounds[2 * b + 1] as number) - left;
      const value = seed[from] as number;
      for (let i = top, row = strip + left * across; i < bottom; i++, row += down) {
        for (let j = 0, at = row; j < columns; j++, at += across) (data[at] as number) += value;
      }
    }
    start += seedDown;
  }
}

/**
 * Sum pooling: y[a, b] = Σ x[i, j] over i in rows[a], j in cols[b].
 *   ẏ = poolSum(ẋ)               x̄[i, j] = Σ ȳ[a, b] over the blocks that hold (i, j)
 * Its primal is the loop with assignment into y, and differentiates as it stands; the rule computes the same on typed memory.
 * @param x    shape [m, n], any unit
 * @param rows half-open ranges of axis 0; may overlap, be ragged or empty
 * @param cols half-open ranges of axis 1, likewise
 * @returns    shape [rows.length, cols.length], unit of x; 0 for an empty block
 * @throws {RangeError} when x is not a matrix, or a range is malformed or leaves its axis
 * Source: lab 09, "Sum pooling on large matrices".
 */
export const poolSum: SumPooling = linearRule(
  sumOfBlocks as (x: NdArray, rows: Ranges, cols: Ranges) => NdArray,
  (ybar: NdArray, x: NdArray, rows: Ranges, cols: Ranges) => {
    const blocks = checkedBlocks("poolSum", x, rows, cols);
    return inplaceable(
      (acc) => addToBlocks(acc, ybar, blocks.rows, blocks.cols),
      () => {
        const xbar = zerosOf(x.shape, floatDType(x.dtype));
        addToBlocks(xbar, ybar, blocks.rows, blocks.cols);
        return xbar;
      },
    );
  },
  { name: "poolSum", kernel: sumOfBlocksFast },
) as SumPooling;
