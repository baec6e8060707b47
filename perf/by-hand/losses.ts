import type { Answer } from "../answer.js";

/** The mean of squared differences, by both. */
export function mse(a: Float64Array, b: Float64Array): Answer {
  const n = a.length;
  const abar = new Float64Array(n);
  const bbar = new Float64Array(n);
  const share = 2 / n;
  let value = 0;
  for (let k = 0; k < n; k++) {
    const d = (a[k] as number) - (b[k] as number);
    value += d * d;
    const slope = share * d;
    abar[k] = slope;
    bbar[k] = -slope;
  }
  return { value: value / n, gradient: [abar, bbar] };
}

/** The mean of Huber's loss of the differences, by both. */
export function huber(a: Float64Array, b: Float64Array, delta: number): Answer {
  const n = a.length;
  const abar = new Float64Array(n);
  const bbar = new Float64Array(n);
  let value = 0;
  for (let k = 0; k < n; k++) {
    const d = (a[k] as number) - (b[k] as number);
    const s = d > delta ? delta : d < -delta ? -delta : d;
    value += s * (d - s / 2);
    const slope = s / n;
    abar[k] = slope;
    bbar[k] = -slope;
  }
  return { value: value / n, gradient: [abar, bbar] };
}

/** The mean of max(x, 0) − x t + log(1 + e^−|x|), by both. */
export function bceWithLogits(x: Float64Array, t: Float64Array): Answer {
  const n = x.length;
  const xbar = new Float64Array(n);
  const tbar = new Float64Array(n);
  let value = 0;
  for (let k = 0; k < n; k++) {
    const entry = x[k] as number;
    const e = Math.exp(-Math.abs(entry));
    const r = 1 / (1 + e);
    value += (entry > 0 ? entry : 0) - entry * (t[k] as number) + Math.log1p(e);
    xbar[k] = ((entry < 0 ? e * r : r) - (t[k] as number)) / n;
    tbar[k] = -entry / n;
  }
  return { value: value / n, gradient: [xbar, tbar] };
}

/** The mean over the rows of −log softmax(x)[label]. */
export function crossEntropy(x: Float64Array, labels: Int32Array, cols: number): Answer {
  const rows = labels.length;
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let i = 0, start = 0; i < rows; i++, start += cols) {
    const end = start + cols;
    let largest = Number.NEGATIVE_INFINITY;
    for (let at = start; at < end; at++) if ((x[at] as number) > largest) largest = x[at] as number;
    let total = 0;
    for (let at = start; at < end; at++) {
      const e = Math.exp((x[at] as number) - largest);
      xbar[at] = e;
      total += e;
    }
    const label = start + (labels[i] as number);
    value += largest + Math.log(total) - (x[label] as number);
    const factor = 1 / (total * rows);
    for (let at = start; at < end; at++) (xbar[at] as number) *= factor;
    (xbar[label] as number) -= 1 / rows;
  }
  return { value: value / rows, gradient: [xbar] };
}
