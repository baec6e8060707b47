import type { Answer } from "../answer.js";

// Reductions of a row-major matrix x of rows × cols, weighted with w where the result is an array: Σ w y.

/** y[i] = factor · Σ_j x[i, j]: sum, and mean with factor 1 / cols. */
export function sumRows(x: Float64Array, w: Float64Array, factor: number): Answer {
  const cols = x.length / w.length;
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let i = 0, at = 0; i < w.length; i++) {
    const weight = (w[i] as number) * factor;
    let total = 0;
    for (let end = at + cols; at < end; at++) {
      total += x[at] as number;
      xbar[at] = weight;
    }
    value += weight * total;
  }
  return { value, gradient: [xbar] };
}

/** y[j] = factor · Σ_i x[i, j]. */
export function sumColumns(x: Float64Array, w: Float64Array, factor: number): Answer {
  const cols = w.length;
  const xbar = new Float64Array(x.length);
  let total = 0;
  for (let at = 0; at < x.length; ) {
    for (let j = 0; j < cols; j++, at++) {
      const weight = w[j] as number;
      total += weight * (x[at] as number);
      xbar[at] = weight * factor;
    }
  }
  return { value: total * factor, gradient: [xbar] };
}

/** The mean of all entries, squared. */
export function squareOfMean(x: Float64Array): Answer {
  const n = x.length;
  let total = 0;
  for (let k = 0; k < n; k++) total += x[k] as number;
  const mean = total / n;
  return { value: mean * mean, gradient: [new Float64Array(n).fill((2 * mean) / n)] };
}

/** y[i] = max_j x[i, j], the first of equals. */
export function maxRows(x: Float64Array, w: Float64Array): Answer {
  const cols = x.length / w.length;
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let i = 0, at = 0; i < w.length; i++) {
    const end = at + cols;
    let best = x[at] as number;
    let place = at;
    for (at++; at < end; at++) {
      const entry = x[at] as number;
      if (entry > best) {
        best = entry;
        place = at;
      }
    }
    value += (w[i] as number) * best;
    xbar[place] = w[i] as number;
  }
  return { value, gradient: [xbar] };
}

/** y[j] = max_i x[i, j], the first of equals. */
export function maxColumns(x: Float64Array, w: Float64Array): Answer {
  const cols = w.length;
  const best = x.slice(0, cols);
  const places = new Int32Array(cols);
  for (let j = 0; j < cols; j++) places[j] = j;
  for (let at = cols; at < x.length; ) {
    for (let j = 0; j < cols; j++, at++) {
      const entry = x[at] as number;
      if (entry > (best[j] as number)) {
        best[j] = entry;
        places[j] = at;
      }
    }
  }
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let j = 0; j < cols; j++) {
    value += (w[j] as number) * (best[j] as number);
    xbar[places[j] as number] = w[j] as number;
  }
  return { value, gradient: [xbar] };
}

/** y[i] = Π_j x[i, j]; without division, so that zeros are exact: products from the left, then from the right. */
export function prodRows(x: Float64Array, w: Float64Array): Answer {
  const cols = x.length / w.length;
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let i = 0, start = 0; i < w.length; i++, start += cols) {
    let left = 1;
    for (let at = start; at < start + cols; at++) {
      xbar[at] = left;
      left *= x[at] as number;
    }
    value += (w[i] as number) * left;
    let right = w[i] as number;
    for (let at = start + cols - 1; at >= start; at--) {
      (xbar[at] as number) *= right;
      right *= x[at] as number;
    }
  }
  return { value, gradient: [xbar] };
}

/** y[i] = Σ_j (x[i, j] − m[i])² / cols, m[i] the mean. */
export function varianceRows(x: Float64Array, w: Float64Array): Answer {
  const cols = x.length / w.length;
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let i = 0, start = 0; i < w.length; i++, start += cols) {
    let total = 0;
    for (let at = start; at < start + cols; at++) total += x[at] as number;
    const mean = total / cols;
    const share = (2 * (w[i] as number)) / cols;
    let squares = 0;
    for (let at = start; at < start + cols; at++) {
      const d = (x[at] as number) - mean;
      squares += d * d;
      xbar[at] = share * d;
    }
    value += ((w[i] as number) * squares) / cols;
  }
  return { value, gradient: [xbar] };
}

/** The same down the columns, a row at a time. */
export function varianceColumns(x: Float64Array, w: Float64Array): Answer {
  const cols = w.length;
  const rows = x.length / cols;
  const mean = new Float64Array(cols);
  for (let at = 0; at < x.length; ) for (let j = 0; j < cols; j++, at++) (mean[j] as number) += x[at] as number;
  for (let j = 0; j < cols; j++) (mean[j] as number) /= rows;
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let at = 0; at < x.length; ) {
    for (let j = 0; j < cols; j++, at++) {
      const weight = w[j] as number;
      const d = (x[at] as number) - (mean[j] as number);
      value += weight * d * d;
      xbar[at] = (2 / rows) * weight * d;
    }
  }
  return { value: value / rows, gradient: [xbar] };
}

/** y[i] = √Σ_j x[i, j]²; 0, with slopes 0, for rows of zeros. The entries are of moderate size: squares neither overflow nor vanish. */
export function normRows(x: Float64Array, w: Float64Array): Answer {
  const cols = x.length / w.length;
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let i = 0, start = 0; i < w.length; i++, start += cols) {
    let squares = 0;
    for (let at = start; at < start + cols; at++) squares += (x[at] as number) * (x[at] as number);
    const norm = Math.sqrt(squares);
    value += (w[i] as number) * norm;
    const factor = norm === 0 ? 0 : (w[i] as number) / norm;
    for (let at = start; at < start + cols; at++) xbar[at] = factor * (x[at] as number);
  }
  return { value, gradient: [xbar] };
}

/** √Σ x² of all entries. */
export function norm(x: Float64Array): Answer {
  return normRows(x, Float64Array.of(1));
}
