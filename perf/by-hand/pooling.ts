import type { Answer } from "../answer.js";

// Pooling of planes [planes, rows, cols] in windows of kernel × kernel that begin every `stride` entries, without padding, weighted with w:
// Σ w y. A line is a plane of one row, with `kernelRows` 1.

/** How windows lie. */
export interface Windows {
  readonly rows: number;
  readonly cols: number;
  readonly kernelRows: number;
  readonly kernelCols: number;
  readonly stride: number;
}

/** The largest entry of each window, the first of equals. */
export function maxPool(x: Float64Array, w: Float64Array, { rows, cols, kernelRows, kernelCols, stride }: Windows): Answer {
  const xbar = new Float64Array(x.length);
  const down = kernelRows === 1 ? 1 : stride;
  let value = 0;
  let n = 0;
  for (let plane = 0; plane < x.length; plane += rows * cols) {
    for (let top = 0; top + kernelRows <= rows; top += down) {
      for (let left = 0; left + kernelCols <= cols; left += stride) {
        const start = plane + top * cols + left;
        let best = x[start] as number;
        let place = start;
        for (let i = 0, row = start; i < kernelRows; i++, row += cols) {
          for (let at = row; at < row + kernelCols; at++) {
            const entry = x[at] as number;
            if (entry > best) {
              best = entry;
              place = at;
            }
          }
        }
        const weight = w[n++] as number;
        value += weight * best;
        (xbar[place] as number) += weight;
      }
    }
  }
  return { value, gradient: [xbar] };
}

/** The mean of each window. */
export function avgPool(x: Float64Array, w: Float64Array, { rows, cols, kernelRows, kernelCols, stride }: Windows): Answer {
  const xbar = new Float64Array(x.length);
  const down = kernelRows === 1 ? 1 : stride;
  const share = 1 / (kernelRows * kernelCols);
  let value = 0;
  let n = 0;
  for (let plane = 0; plane < x.length; plane += rows * cols) {
    for (let top = 0; top + kernelRows <= rows; top += down) {
      for (let left = 0; left + kernelCols <= cols; left += stride) {
        const start = plane + top * cols + left;
        const weight = (w[n++] as number) * share;
        let total = 0;
        for (let i = 0, row = start; i < kernelRows; i++, row += cols) {
          for (let at = row; at < row + kernelCols; at++) {
            total += x[at] as number;
            (xbar[at] as number) += weight;
          }
        }
        value += weight * total;
      }
    }
  }
  return { value, gradient: [xbar] };
}
