import type { Answer } from "../answer.js";

/** Σ w y, y[i, j] the Euclidean distance of the points a[i, :] and b[j, :]; slopes 0 where they coincide. */
export function weightedDistances(a: Float64Array, b: Float64Array, w: Float64Array, d: number): Answer {
  const abar = new Float64Array(a.length);
  const bbar = new Float64Array(b.length);
  let value = 0;
  let n = 0;
  for (let p = 0; p < a.length; p += d) {
    for (let q = 0; q < b.length; q += d) {
      let squares = 0;
      for (let k = 0; k < d; k++) {
        const gap = (a[p + k] as number) - (b[q + k] as number);
        squares += gap * gap;
      }
      const distance = Math.sqrt(squares);
      const weight = w[n++] as number;
      value += weight * distance;
      if (distance === 0) continue;
      const factor = weight / distance;
      for (let k = 0; k < d; k++) {
        const slope = factor * ((a[p + k] as number) - (b[q + k] as number));
        (abar[p + k] as number) += slope;
        (bbar[q + k] as number) -= slope;
      }
    }
  }
  return { value, gradient: [abar, bbar] };
}
