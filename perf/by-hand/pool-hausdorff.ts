import type { Answer, Ranges } from "../answer.js";

/** The sum of the Hausdorff distances of the blocks of a row-major matrix of distances. */
export function poolHausdorff(x: Float64Array, width: number, rows: Ranges, cols: Ranges): Answer {
  const y = new Float64Array(rows.length * cols.length);
  const critical = new Int32Array(y.length);
  const columnLeast = new Int32Array(width);
  let n = 0;
  for (const [top, bottom] of rows) {
    for (const [left, right] of cols) {
      for (let j = left; j < right; j++) columnLeast[j] = top * width + j;
      let fromRows = -1;
      for (let i = top; i < bottom; i++) {
        let rowLeast = i * width + left;
        for (let j = left; j < right; j++) {
          const at = i * width + j;
          const entry = x[at] as number;
          if (entry < (x[rowLeast] as number)) rowLeast = at;
          if (entry < (x[columnLeast[j] as number] as number)) columnLeast[j] = at;
        }
        if (fromRows < 0 || (x[rowLeast] as number) > (x[fromRows] as number)) fromRows = rowLeast;
      }
      let fromColumns = columnLeast[left] as number;
      for (let j = left + 1; j < right; j++) {
        const at = columnLeast[j] as number;
        if ((x[at] as number) > (x[fromColumns] as number)) fromColumns = at;
      }
      const at = (x[fromRows] as number) > (x[fromColumns] as number) ? fromRows : fromColumns;
      critical[n] = at;
      y[n++] = x[at] as number;
    }
  }
  let value = 0;
  for (let k = 0; k < n; k++) value += y[k] as number;
  const xbar = new Float64Array(x.length);
  for (let k = 0; k < n; k++) (xbar[critical[k] as number] as number) += 1;
  return { value, gradient: [xbar] };
}
