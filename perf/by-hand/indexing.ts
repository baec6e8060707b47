import type { Answer } from "../answer.js";

/** Σ w y, y[i, :] = x[indices[i], :]. */
export function takeRows(x: Float64Array, indices: Int32Array, w: Float64Array, cols: number): Answer {
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let i = 0, from = 0; i < indices.length; i++) {
    for (let at = (indices[i] as number) * cols, end = at + cols; at < end; at++, from++) {
      const weight = w[from] as number;
      value += weight * (x[at] as number);
      (xbar[at] as number) += weight;
    }
  }
  return { value, gradient: [xbar] };
}

/** Σ y², y = base with rows of updates added at row indices. */
export function scatterAddRows(base: Float64Array, indices: Int32Array, updates: Float64Array, cols: number): Answer {
  const basebar = base.slice();
  for (let i = 0, from = 0; i < indices.length; i++) {
    for (let at = (indices[i] as number) * cols, end = at + cols; at < end; at++, from++)
      (basebar[at] as number) += updates[from] as number;
  }
  let value = 0;
  for (let at = 0; at < basebar.length; at++) {
    const y = basebar[at] as number;
    value += y * y;
    basebar[at] = 2 * y;
  }
  const updatesbar = new Float64Array(updates.length);
  for (let i = 0, to = 0; i < indices.length; i++) {
    for (let at = (indices[i] as number) * cols, end = at + cols; at < end; at++, to++) updatesbar[to] = basebar[at] as number;
  }
  return { value, gradient: [basebar, updatesbar] };
}

/** Σ w y, y running sums along rows. */
export function cumsumRows(x: Float64Array, w: Float64Array, cols: number): Answer {
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let start = 0; start < x.length; start += cols) {
    let later = 0;
    for (let at = start + cols - 1; at >= start; at--) {
      later += w[at] as number;
      xbar[at] = later;
      value += later * (x[at] as number);
    }
  }
  return { value, gradient: [xbar] };
}

/** Σ w y, y running sums down the columns, a row at a time. */
export function cumsumColumns(x: Float64Array, w: Float64Array, cols: number): Answer {
  const xbar = new Float64Array(x.length);
  let value = 0;
  let at = x.length - 1;
  for (let j = 0; j < cols; j++, at--) {
    xbar[at] = w[at] as number;
    value += (w[at] as number) * (x[at] as number);
  }
  for (; at >= 0; at--) {
    const later = (xbar[at + cols] as number) + (w[at] as number);
    xbar[at] = later;
    value += later * (x[at] as number);
  }
  return { value, gradient: [xbar] };
}

/** Runs this short are sorted by insertion before they are merged. */
const run = 8;

/** Brings `order`, positions in x, into increasing order of their entries; equal ones stay as they are. `spare` is as long. */
function sortPositions(x: Float64Array, order: Int32Array, spare: Int32Array): Int32Array {
  const n = order.length;
  for (let start = 0; start < n; start += run) {
    const end = Math.min(n, start + run);
    for (let k = start + 1; k < end; k++) {
      const position = order[k] as number;
      const entry = x[position] as number;
      let to = k;
      for (; to > start && (x[order[to - 1] as number] as number) > entry; to--) order[to] = order[to - 1] as number;
      order[to] = position;
    }
  }
  let from = order;
  let into = spare;
  for (let width = run; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(n, start + width);
      const end = Math.min(n, start + 2 * width);
      let left = start;
      let right = middle;
      for (let k = start; k < end; k++) {
        const takesLeft = left < middle && (right >= end || (x[from[left] as number] as number) <= (x[from[right] as number] as number));
        into[k] = (takesLeft ? from[left++] : from[right++]) as number;
      }
    }
    const swapped = from;
    from = into;
    into = swapped;
  }
  return from;
}

/** Σ w y, y the rows of x in increasing order. */
export function sortRows(x: Float64Array, w: Float64Array, cols: number): Answer {
  const xbar = new Float64Array(x.length);
  const order = new Int32Array(cols);
  const spare = new Int32Array(cols);
  let value = 0;
  for (let start = 0; start < x.length; start += cols) {
    for (let j = 0; j < cols; j++) order[j] = start + j;
    const sorted = sortPositions(x, order, spare);
    for (let j = 0; j < cols; j++) {
      const position = sorted[j] as number;
      const weight = w[start + j] as number;
      value += weight * (x[position] as number);
      xbar[position] = weight;
    }
  }
  return { value, gradient: [xbar] };
}
