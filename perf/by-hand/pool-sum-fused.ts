import type { Answer, Ranges } from "../answer.js";

/** The sum of a sum-pooled row-major matrix: no pooled array, no array of ones. */
export function sumOfPoolSum(x: Float64Array, width: number, rows: Ranges, cols: Ranges): Answer {
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (const [top, bottom] of rows) {
    for (const [left, right] of cols) {
      for (let i = top, start = top * width + left, span = right - left; i < bottom; i++, start += width) {
        for (let at = start; at < start + span; at++) {
          value += x[at] as number;
          (xbar[at] as number) += 1;
        }
      }
    }
  }
  return { value, gradient: [xbar] };
}

/** The sum of the squares of a sum-pooled row-major matrix: each block is summed, then spread. */
export function sumOfSquaredPoolSum(x: Float64Array, width: number, rows: Ranges, cols: Ranges): Answer {
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (const [top, bottom] of rows) {
    for (const [left, right] of cols) {
      const span = right - left;
      const first = top * width + left;
      let total = 0;
      for (let i = top, start = first; i < bottom; i++, start += width) {
        for (let at = start; at < start + span; at++) total += x[at] as number;
      }
      value += total * total;
      const seed = 2 * total;
      for (let i = top, start = first; i < bottom; i++, start += width) {
        for (let at = start; at < start + span; at++) (xbar[at] as number) += seed;
      }
    }
  }
  return { value, gradient: [xbar] };
}
