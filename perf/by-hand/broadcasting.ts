import type { Answer } from "../answer.js";
import { addToProduct } from "./add-to-product.js";

// Sums over a row-major matrix x of rows × cols against a vector along its rows or its columns.

/** Σ x[i, j] + b[j]. */
export function addRow(x: Float64Array, b: Float64Array): Answer {
  const cols = b.length;
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let at = 0; at < x.length; ) {
    for (let j = 0; j < cols; j++, at++) {
      value += (x[at] as number) + (b[j] as number);
      xbar[at] = 1;
    }
  }
  return { value, gradient: [xbar, new Float64Array(cols).fill(x.length / cols)] };
}

/** Σ x[i, j] b[j]. */
export function mulRow(x: Float64Array, b: Float64Array): Answer {
  const cols = b.length;
  const xbar = new Float64Array(x.length);
  const bbar = new Float64Array(cols);
  let value = 0;
  for (let at = 0; at < x.length; ) {
    for (let j = 0; j < cols; j++, at++) {
      const entry = x[at] as number;
      const factor = b[j] as number;
      value += entry * factor;
      xbar[at] = factor;
      (bbar[j] as number) += entry;
    }
  }
  return { value, gradient: [xbar, bbar] };
}

/** Σ x[i, j] c[i]. */
export function mulColumn(x: Float64Array, c: Float64Array): Answer {
  const cols = x.length / c.length;
  const xbar = new Float64Array(x.length);
  const cbar = new Float64Array(c.length);
  let value = 0;
  for (let i = 0, at = 0; i < c.length; i++) {
    const factor = c[i] as number;
    let total = 0;
    for (let end = at + cols; at < end; at++) {
      total += x[at] as number;
      xbar[at] = factor;
    }
    value += total * factor;
    cbar[i] = total;
  }
  return { value, gradient: [xbar, cbar] };
}

/** Σ max(x[i, j] + b[j], 0). */
export function reluOfRow(x: Float64Array, b: Float64Array): Answer {
  const cols = b.length;
  const xbar = new Float64Array(x.length);
  const bbar = new Float64Array(cols);
  let value = 0;
  for (let at = 0; at < x.length; ) {
    for (let j = 0; j < cols; j++, at++) {
      const y = (x[at] as number) + (b[j] as number);
      if (y > 0) {
        value += y;
        xbar[at] = 1;
        (bbar[j] as number) += 1;
      }
    }
  }
  return { value, gradient: [xbar, bbar] };
}

/** Σ tanh(x[i, j] + b[j]); the slope is 1 / cosh², which keeps its digits far out. */
export function tanhOfRow(x: Float64Array, b: Float64Array): Answer {
  const cols = b.length;
  const xbar = new Float64Array(x.length);
  const bbar = new Float64Array(cols);
  let value = 0;
  for (let at = 0; at < x.length; ) {
    for (let j = 0; j < cols; j++, at++) {
      const entry = (x[at] as number) + (b[j] as number);
      const t = Math.exp(-2 * Math.abs(entry));
      const slope = (4 * t) / ((1 + t) * (1 + t));
      value += Math.tanh(entry);
      xbar[at] = slope;
      (bbar[j] as number) += slope;
    }
  }
  return { value, gradient: [xbar, bbar] };
}

/** Σ x[i, j] w[j] + b[j], each rounded once. */
export function fmaOfRows(x: Float64Array, w: Float64Array, b: Float64Array): Answer {
  const cols = b.length;
  const xbar = new Float64Array(x.length);
  const wbar = new Float64Array(cols);
  let value = 0;
  for (let at = 0; at < x.length; ) {
    for (let j = 0; j < cols; j++, at++) {
      const entry = x[at] as number;
      const factor = w[j] as number;
      value += addToProduct(entry, factor, b[j] as number);
      xbar[at] = factor;
      (wbar[j] as number) += entry;
    }
  }
  return { value, gradient: [xbar, wbar, new Float64Array(cols).fill(x.length / cols)] };
}

/** Σ x s for a number s. */
export function mulNumber(x: Float64Array, s: number): Answer {
  const xbar = new Float64Array(x.length);
  let total = 0;
  for (let k = 0; k < x.length; k++) {
    total += x[k] as number;
    xbar[k] = s;
  }
  return { value: total * s, gradient: [xbar, total] };
}
