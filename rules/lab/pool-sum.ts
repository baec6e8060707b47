import { type AnyArray, addedTo, linearRule, similar } from "../../lib/core/index.js";
import { asFloatArray, type FloatData, inOrder } from "../../lib/nd/float-array.js";
import { floatDType, type NdArray, zerosOf } from "../../lib/nd/index.js";
import { sum } from "../reductions/index.js";
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

/** Where ranges begin and end, one after another. */
function boundsOf(ranges: Ranges): Int32Array {
  const bounds = new Int32Array(2 * ranges.length);
  for (let k = 0; k < ranges.length; k++) {
    const range = ranges[k] as Ranges[number];
    bounds[2 * k] = range[0];
    bounds[2 * k + 1] = range[1];
  }
  return bounds;
}

/** The same on plain arrays. */
function sumOfBlocksFast(x: NdArray, rows: Ranges, cols: Ranges): NdArray {
  const blocks = checkedBlocks("poolSum", x, rows, cols);
  const { data, stride, offset } = asFloatArray(x);
  const down = stride[0] as number;
  const across = stride[1] as number;
  const vertical = boundsOf(blocks.rows);
  const horizontal = boundsOf(blocks.cols);
  const y = zerosOf([blocks.rows.length, blocks.cols.length], floatDType(x.dtype));
  const sums = y.data as FloatData;
  for (let a = 0, n = 0; a < vertical.length; a += 2) {
    const top = offset + (vertical[a] as number) * down;
    const height = (vertical[a + 1] as number) - (vertical[a] as number);
    for (let b = 0; b < horizontal.length; b += 2) {
      const width = (horizontal[b + 1] as number) - (horizontal[b] as number);
      let total = 0;
      for (let i = 0, row = top + (horizontal[b] as number) * across; i < height; i++, row += down) {
        for (let j = 0, at = row; j < width; j++, at += across) total += data[at] as number;
      }
      sums[n++] = total;
    }
  }
  return y;
}

/** acc[i, j] += Σ ȳ[a, b] over the blocks that hold (i, j). */
function addToBlocks(acc: NdArray, ybar: NdArray, rows: Ranges, cols: Ranges): void {
  const { stride, offset } = acc;
  const data = acc.data as FloatData;
  const down = stride[0] as number;
  const across = stride[1] as number;
  const vertical = boundsOf(rows);
  const horizontal = boundsOf(cols);
  const { data: seeds, offset: first } = inOrder(ybar);
  for (let a = 0, n = first; a < vertical.length; a += 2) {
    const top = offset + (vertical[a] as number) * down;
    const height = (vertical[a + 1] as number) - (vertical[a] as number);
    for (let b = 0; b < horizontal.length; b += 2) {
      const width = (horizontal[b + 1] as number) - (horizontal[b] as number);
      const seed = seeds[n++] as number;
      for (let i = 0, row = top + (horizontal[b] as number) * across; i < height; i++, row += down) {
        for (let j = 0, at = row; j < width; j++, at += across) (data[at] as number) += seed;
      }
    }
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
  // It is written for traced arrays too; its transpose sees plain ones.
  sumOfBlocks as (x: NdArray, rows: Ranges, cols: Ranges) => NdArray,
  (ybar: NdArray, x: NdArray, rows: Ranges, cols: Ranges) => {
    const blocks = checkedBlocks("poolSum", x, rows, cols);
    return addedTo(x, (acc) => addToBlocks(acc, ybar, blocks.rows, blocks.cols));
  },
  { name: "poolSum", byPrimal: [1, 2], kernel: sumOfBlocksFast },
);
