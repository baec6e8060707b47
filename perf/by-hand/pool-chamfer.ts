import type { Answer, Ranges } from "../answer.js";

/** The sum of the Chamfer distances of the blocks of a row-major matrix of distances: mean of column minima plus mean of row minima. */
export function poolChamfer(x: Float64Array, width: number, rows: Ranges, cols: Ranges): Answer {
  const xbar = new Float64Array(x.length);
  const columnLeast = new Int32Array(width);
  let value = 0;
  for (const [top, bottom] of rows) {
    for (const [left, right] of cols) {
      const rowShare = 1 / (bottom - top);
      const columnShare = 1 / (right - left);
      for (let j = left; j < right; j++) columnLeast[j] = top * width + j;
      let ofRows = 0;
      for (let i = top; i < bottom; i++) {
        let rowLeast = i * width + left;
        for (let j = left; j < right; j++) {
          const at = i * width + j;
          const entry = x[at] as number;
          if (entry < (x[rowLeast] as number)) rowLeast = at;
          if (entry < (x[columnLeast[j] as number] as number)) columnLeast[j] = at;
        }
        ofRows += x[rowLeast] as number;
        (xbar[rowLeast] as number) += rowShare;
      }
      let ofColumns = 0;
      for (let j = left; j < right; j++) {
        const at = columnLeast[j] as number;
        ofColumns += x[at] as number;
        (xbar[at] as number) += columnShare;
      }
      value += ofColumns * columnShare + ofRows * rowShare;
    }
  }
  return { value, gradient: [xbar] };
}
