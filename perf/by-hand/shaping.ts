import type { Answer } from "../answer.js";

/** Σ y², y the rows and columns of a row-major matrix from `top` and `left` on, `height` × `width` of them. */
export function squareOfSlice(x: Float64Array, cols: number, top: number, left: number, height: number, width: number): Answer {
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let i = 0, start = top * cols + left; i < height; i++, start += cols) {
    for (let at = start; at < start + width; at++) {
      const entry = x[at] as number;
      value += entry * entry;
      xbar[at] = 2 * entry;
    }
  }
  return { value, gradient: [xbar] };
}

/** Σ w y, y = x padded with `width` zeros on each side. */
export function weightedPad(x: Float64Array, w: Float64Array, cols: number, width: number): Answer {
  const xbar = new Float64Array(x.length);
  const wide = cols + 2 * width;
  let value = 0;
  for (let at = 0, from = width * wide + width; at < x.length; from += 2 * width) {
    for (let end = at + cols; at < end; at++, from++) {
      const weight = w[from] as number;
      value += weight * (x[at] as number);
      xbar[at] = weight;
    }
  }
  return { value, gradient: [xbar] };
}

const tile = 16;

/** Σ w y, y the transpose of x: in tiles, so that lines of the cache are used up. */
export function weightedTranspose(x: Float64Array, w: Float64Array, cols: number): Answer {
  const rows = x.length / cols;
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let top = 0; top < rows; top += tile) {
    const bottom = Math.min(rows, top + tile);
    for (let left = 0; left < cols; left += tile) {
      const right = Math.min(cols, left + tile);
      for (let i = top; i < bottom; i++) {
        for (let j = left, at = i * cols + left, from = left * rows + i; j < right; j++, at++, from += rows) {
          const weight = w[from] as number;
          value += weight * (x[at] as number);
          xbar[at] = weight;
        }
      }
    }
  }
  return { value, gradient: [xbar] };
}

/** Σ y², y two arrays one after the other: concat along the first axis, and stack. */
export function squareOfTwo(a: Float64Array, b: Float64Array): Answer {
  const abar = new Float64Array(a.length);
  const bbar = new Float64Array(b.length);
  let value = 0;
  for (let k = 0; k < a.length; k++) {
    const entry = a[k] as number;
    value += entry * entry;
    abar[k] = 2 * entry;
  }
  for (let k = 0; k < b.length; k++) {
    const entry = b[k] as number;
    value += entry * entry;
    bbar[k] = 2 * entry;
  }
  return { value, gradient: [abar, bbar] };
}

/** Σ w y, y rows of a and of b side by side (concat along the last axis); both have `cols` columns. */
export function weightedSideBySide(a: Float64Array, b: Float64Array, w: Float64Array, cols: number): Answer {
  const abar = new Float64Array(a.length);
  const bbar = new Float64Array(b.length);
  let value = 0;
  for (let start = 0, from = 0; start < a.length; start += cols) {
    const end = start + cols;
    for (let at = start; at < end; at++, from++) {
      const weight = w[from] as number;
      value += weight * (a[at] as number);
      abar[at] = weight;
    }
    for (let at = start; at < end; at++, from++) {
      const weight = w[from] as number;
      value += weight * (b[at] as number);
      bbar[at] = weight;
    }
  }
  return { value, gradient: [abar, bbar] };
}

/** Σ w y, y entries of a and of b in turn (stack along the last axis). */
export function weightedInTurn(a: Float64Array, b: Float64Array, w: Float64Array): Answer {
  const abar = new Float64Array(a.length);
  const bbar = new Float64Array(b.length);
  let value = 0;
  for (let at = 0, from = 0; at < a.length; at++, from += 2) {
    const first = w[from] as number;
    const second = w[from + 1] as number;
    value += first * (a[at] as number) + second * (b[at] as number);
    abar[at] = first;
    bbar[at] = second;
  }
  return { value, gradient: [abar, bbar] };
}
