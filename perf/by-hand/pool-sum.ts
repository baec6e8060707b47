import type { Answer, Ranges } from "../answer.js";

const start = (ranges: Ranges, k: number): number => (ranges[k] as Ranges[number])[0];
const stop = (ranges: Ranges, k: number): number => (ranges[k] as Ranges[number])[1];

/** y[a, b] = Σ of the block rows[a] × cols[b] of a row-major matrix. */
function pooled(x: Float64Array, width: number, rows: Ranges, cols: Ranges): Float64Array {
  const y = new Float64Array(rows.length * cols.length);
  let n = 0;
  for (let a = 0; a < rows.length; a++) {
    const top = start(rows, a);
    const bottom = stop(rows, a);
    for (let b = 0; b < cols.length; b++) {
      const left = start(cols, b);
      const right = stop(cols, b);
      let total = 0;
      for (let i = top; i < bottom; i++) {
        const row = i * width;
        for (let j = left; j < right; j++) total += x[row + j] as number;
      }
      y[n++] = total;
    }
  }
  return y;
}

/** Adds each cotangent to the entries of its block. */
function spread(ybar: Float64Array, size: number, width: number, rows: Ranges, cols: Ranges): Float64Array {
  const xbar = new Float64Array(size);
  let n = 0;
  for (let a = 0; a < rows.length; a++) {
    const top = start(rows, a);
    const bottom = stop(rows, a);
    for (let b = 0; b < cols.length; b++) {
      const left = start(cols, b);
      const right = stop(cols, b);
      const seed = ybar[n++] as number;
      for (let i = top; i < bottom; i++) {
        const row = i * width;
        for (let j = left; j < right; j++) (xbar[row + j] as number) += seed;
      }
    }
  }
  return xbar;
}

/** The sum of a sum-pooled row-major matrix. */
export function poolSum(x: Float64Array, width: number, rows: Ranges, cols: Ranges): Answer {
  const y = pooled(x, width, rows, cols);
  let value = 0;
  for (let n = 0; n < y.length; n++) value += y[n] as number;
  const ybar = new Float64Array(y.length).fill(1);
  return { value, gradient: [spread(ybar, x.length, width, rows, cols)] };
}
