import type { Answer } from "../answer.js";

// Along the rows of a row-major matrix x, weighted with w: Σ w y.

function largestOf(x: Float64Array, start: number, end: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let at = start; at < end; at++) if ((x[at] as number) > largest) largest = x[at] as number;
  return largest;
}

/** y = eˣ / Σ eˣ along rows. */
export function softmaxRows(x: Float64Array, w: Float64Array, cols: number): Answer {
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let start = 0; start < x.length; start += cols) {
    const end = start + cols;
    const largest = largestOf(x, start, end);
    let total = 0;
    let weighted = 0;
    for (let at = start; at < end; at++) {
      const e = Math.exp((x[at] as number) - largest);
      xbar[at] = e;
      total += e;
      weighted += e * (w[at] as number);
    }
    const factor = 1 / total;
    const mean = weighted * factor;
    value += mean;
    for (let at = start; at < end; at++) xbar[at] = (xbar[at] as number) * factor * ((w[at] as number) - mean);
  }
  return { value, gradient: [xbar] };
}

/** y = eˣ / Σ eˣ down the columns, a row at a time. */
export function softmaxColumns(x: Float64Array, w: Float64Array, cols: number): Answer {
  const largest = x.slice(0, cols);
  for (let at = cols; at < x.length; ) {
    for (let j = 0; j < cols; j++, at++) if ((x[at] as number) > (largest[j] as number)) largest[j] = x[at] as number;
  }
  const xbar = new Float64Array(x.length);
  const total = new Float64Array(cols);
  const mean = new Float64Array(cols);
  for (let at = 0; at < x.length; ) {
    for (let j = 0; j < cols; j++, at++) {
      const e = Math.exp((x[at] as number) - (largest[j] as number));
      xbar[at] = e;
      (total[j] as number) += e;
      (mean[j] as number) += e * (w[at] as number);
    }
  }
  let value = 0;
  for (let j = 0; j < cols; j++) {
    total[j] = 1 / (total[j] as number);
    (mean[j] as number) *= total[j] as number;
    value += mean[j] as number;
  }
  for (let at = 0; at < x.length; ) {
    for (let j = 0; j < cols; j++, at++) xbar[at] = (xbar[at] as number) * (total[j] as number) * ((w[at] as number) - (mean[j] as number));
  }
  return { value, gradient: [xbar] };
}

/** y = x − log Σ eˣ along rows. */
export function logSoftmaxRows(x: Float64Array, w: Float64Array, cols: number): Answer {
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let start = 0; start < x.length; start += cols) {
    const end = start + cols;
    const largest = largestOf(x, start, end);
    let total = 0;
    let weights = 0;
    let weighted = 0;
    for (let at = start; at < end; at++) {
      const below = (x[at] as number) - largest;
      const weight = w[at] as number;
      const e = Math.exp(below);
      xbar[at] = e;
      total += e;
      weights += weight;
      weighted += weight * below;
    }
    value += weighted - weights * Math.log(total);
    const factor = weights / total;
    for (let at = start; at < end; at++) xbar[at] = (w[at] as number) - factor * (xbar[at] as number);
  }
  return { value, gradient: [xbar] };
}

/** y[i] = log Σ_j exp x[i, j]. */
export function logsumexpRows(x: Float64Array, w: Float64Array): Answer {
  const cols = x.length / w.length;
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let i = 0, start = 0; i < w.length; i++, start += cols) {
    const end = start + cols;
    const largest = largestOf(x, start, end);
    let total = 0;
    for (let at = start; at < end; at++) {
      const e = Math.exp((x[at] as number) - largest);
      xbar[at] = e;
      total += e;
    }
    value += (w[i] as number) * (largest + Math.log(total));
    const factor = (w[i] as number) / total;
    for (let at = start; at < end; at++) (xbar[at] as number) *= factor;
  }
  return { value, gradient: [xbar] };
}
