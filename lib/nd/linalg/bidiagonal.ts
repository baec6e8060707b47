import { multiplyReflections, reflect, toReflection } from "./reflections.js";

/** x = u b vᵀ, where b has two diagonals. */
export interface Bidiagonal {
  /** The diagonal of b. */
  readonly s: Float64Array;
  /** What stands beside it on its right; the last one is 0. */
  readonly e: Float64Array;
  /** The columns of u, as many as x has. */
  readonly u: Float64Array[];
  readonly v: Float64Array[];
}

/**
 * Reduces a matrix to two diagonals by Householder reflections from both sides.
 * @param columns of x, not longer than there are rows, at least one; they are overwritten
 * Source: G. H. Golub, W. Kahan, "Calculating the singular values and pseudo-inverse of a matrix", SIAM J. Numer. Anal. B 2 (1965); the order
 *   of the operations is that of LINPACK and JAMA (public domain).
 */
export function toBidiagonal(columns: readonly Float64Array[]): Bidiagonal {
  const n = columns.length;
  const m = (columns[0] as Float64Array).length;
  const s = new Float64Array(n);
  const e = new Float64Array(n);
  const u = columns.map(() => new Float64Array(m));
  const v = columns.map(() => new Float64Array(n));
  const work = new Float64Array(m);
  // So many reflections from the left, and no more from the right.
  const left = Math.min(m - 1, n);
  const right = Math.max(0, n - 2);
  for (let k = 0; k < left; k++) {
    const column = columns[k] as Float64Array;
    s[k] = toReflection(column, k);
    for (let j = k + 1; j < n; j++) {
      const other = columns[j] as Float64Array;
      if (s[k] !== 0) reflect(column, k, other);
      e[j] = other[k] as number;
    }
    (u[k] as Float64Array).set(column.subarray(k), k);
    if (k < right) {
      e[k] = toReflection(e, k + 1);
      if (e[k] !== 0) reflectRows(columns, e, k + 1, work);
      (v[k + 1] as Float64Array).set(e.subarray(k + 1), k + 1);
    }
  }
  if (left < n) s[left] = (columns[left] as Float64Array)[left] as number;
  if (right + 1 < n) e[right] = (columns[n - 1] as Float64Array)[right] as number;
  e[n - 1] = 0;
  multiplyReflections(u);
  multiplyReflections(v);
  return { s, e, u, v };
}

/** x ← x (1 − w wᵀ / w[k]), from row and column k on. */
function reflectRows(columns: readonly Float64Array[], w: Float64Array, k: number, work: Float64Array): void {
  work.fill(0, k);
  for (let j = k; j < columns.length; j++) {
    const column = columns[j] as Float64Array;
    for (let i = k; i < work.length; i++) (work[i] as number) += (w[j] as number) * (column[i] as number);
  }
  for (let j = k; j < columns.length; j++) {
    const column = columns[j] as Float64Array;
    const t = -(w[j] as number) / (w[k] as number);
    for (let i = k; i < work.length; i++) (column[i] as number) += t * (work[i] as number);
  }
}
