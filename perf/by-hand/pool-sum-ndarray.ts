import { type NdArray, type Range, type Ranges, zeros } from "../../lib/index.js";
import type { Answer } from "../answer.js";

/** The sum of a sum-pooled matrix, over ndarray's get and set, as the traced program is written. */
export function poolSumOverNdarray(x: NdArray, rows: Ranges, cols: Ranges): Answer {
  const y = zeros([rows.length, cols.length]);
  for (let a = 0; a < rows.length; a++) {
    const [top, bottom] = rows[a] as Range;
    for (let b = 0; b < cols.length; b++) {
      const [left, right] = cols[b] as Range;
      let total = 0;
      for (let i = top; i < bottom; i++) for (let j = left; j < right; j++) total += x.get(i, j);
      y.set(a, b, total);
    }
  }
  let value = 0;
  for (let a = 0; a < rows.length; a++) for (let b = 0; b < cols.length; b++) value += y.get(a, b);
  const ybar = 1;
  const xbar = zeros(x.shape);
  for (let a = 0; a < rows.length; a++) {
    const [top, bottom] = rows[a] as Range;
    for (let b = 0; b < cols.length; b++) {
      const [left, right] = cols[b] as Range;
      for (let i = top; i < bottom; i++) for (let j = left; j < right; j++) xbar.set(i, j, xbar.get(i, j) + ybar);
    }
  }
  return { value, gradient: [xbar.data as Float64Array] };
}
