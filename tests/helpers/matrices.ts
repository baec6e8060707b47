import type { NdArray } from "../../lib/index.js";
import { build } from "./layouts.js";

/** x y, from its definition. */
export function product(x: NdArray, y: NdArray): NdArray {
  const depth = x.shape[1] as number;
  return build([x.shape[0] as number, y.shape[1] as number], (i, j) => {
    let total = 0;
    for (let k = 0; k < depth; k++) total += x.get(i, k) * y.get(k, j);
    return total;
  });
}

/** xᵀ. */
export function flipped(x: NdArray): NdArray {
  return build([x.shape[1] as number, x.shape[0] as number], (i, j) => x.get(j, i));
}

/** The matrix with these numbers on its diagonal. */
export function diagonalOf(...entries: number[]): NdArray {
  return build([entries.length, entries.length], (i, j) => (i === j ? (entries[i] as number) : 0));
}

/** An orthogonal matrix without zeros: the reflection 1 − 2 v vᵀ / vᵀ v at v = (1, 2, …, n). */
export function reflection(n: number): NdArray {
  let squares = 0;
  for (let k = 1; k <= n; k++) squares += k * k;
  return build([n, n], (i, j) => (i === j ? 1 : 0) - (2 * (i + 1) * (j + 1)) / squares);
}

/** The symmetric matrix that has these eigenvalues, and as eigenvectors the columns of `reflection`. */
export function withEigenvalues(...w: number[]): NdArray {
  const q = reflection(w.length);
  return product(product(q, diagonalOf(...w)), q);
}
