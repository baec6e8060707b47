import { multiplyReflections, reflect, toReflection } from "./reflections.js";

/** x = q r, for a matrix of at least as many rows as columns. */
export interface ColumnsQr {
  /** The columns of q, as many as x has. */
  readonly q: readonly Float64Array[];
  /** The entry of r in row i and column j. */
  readonly r: (i: number, j: number) => number;
}

/**
 * The QR factors by Householder reflections; signs are as they come.
 * @param columns of x, which they overwrite
 * Source: G. H. Golub, C. F. Van Loan, Matrix Computations, section 5.2; the order of the operations is that of JAMA (public domain).
 */
export function householderQr(columns: readonly Float64Array[]): ColumnsQr {
  const diagonal = columns.map((column, k) => {
    const entry = toReflection(column, k);
    if (entry !== 0) for (const other of columns.slice(k + 1)) reflect(column, k, other);
    return entry;
  });
  const q = columns.map((column, k) => column.slice().fill(0, 0, k));
  multiplyReflections(q);
  return { q, r: (i, j) => (i < j ? (columns[j] as Float64Array)[i] : i === j ? diagonal[i] : 0) as number };
}
