import type { Answer } from "../answer.js";
import { addProduct, productWithTransposed } from "./products.js";

/** p = softmax(factor · p) along rows of n. */
function softmaxInto(p: Float64Array, n: number, factor: number): void {
  for (let start = 0; start < p.length; start += n) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let at = start; at < start + n; at++) if ((p[at] as number) > largest) largest = p[at] as number;
    let total = 0;
    for (let at = start; at < start + n; at++) {
      const e = Math.exp(((p[at] as number) - largest) * factor);
      p[at] = e;
      total += e;
    }
    for (let at = start; at < start + n; at++) p[at] = (p[at] as number) / total;
  }
}

/** s = factor · p (s − Σ p s) along rows of n. */
function softmaxBack(s: Float64Array, p: Float64Array, n: number, factor: number): void {
  for (let start = 0; start < p.length; start += n) {
    let mean = 0;
    for (let at = start; at < start + n; at++) mean += (p[at] as number) * (s[at] as number);
    for (let at = start; at < start + n; at++) s[at] = factor * (p[at] as number) * ((s[at] as number) - mean);
  }
}

/** Σ y², y = softmax(q kᵀ / √d) v for each of some heads: q, k, v [heads, n, d]; by good matrix products. The shares of a head are kept. */
export function squareOfAttention(q: Float64Array, k: Float64Array, v: Float64Array, n: number, d: number): Answer {
  const [qbar, kbar, vbar] = [q, k, v].map(() => new Float64Array(q.length)) as [Float64Array, Float64Array, Float64Array];
  const p = new Float64Array(n * n);
  const s = new Float64Array(n * n);
  const y = new Float64Array(n * d);
  const factor = 1 / Math.sqrt(d);
  let value = 0;
  for (let head = 0; head < q.length; head += n * d) {
    const part = (x: Float64Array): Float64Array => x.subarray(head, head + n * d);
    const [queries, keys, values] = [part(q), part(k), part(v)];
    productWithTransposed(p, queries, keys, n, d, n);
    softmaxInto(p, n, factor);
    y.fill(0);
    addProduct(y, p, n, 1, values, n, n, d);
    for (let at = 0; at < y.length; at++) {
      const entry = y[at] as number;
      value += entry * entry;
      y[at] = 2 * entry;
    }
    addProduct(part(vbar), p, 1, n, y, n, n, d);
    productWithTransposed(s, y, values, n, d, n);
    softmaxBack(s, p, n, factor);
    addProduct(part(qbar), s, n, 1, keys, n, n, d);
    addProduct(part(kbar), s, 1, n, queries, n, n, d);
  }
  return { value, gradient: [qbar, kbar, vbar] };
}
