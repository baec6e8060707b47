import type { Matrix, Target } from "../products/matmul-kernel.js";

/** Up to this order rows are gone through one after another; larger matrices are halved, and what lies between is one product. */
export const rowsAtOnce = 16;

/** A block of a matrix in place, as what is read and as what is written. */
export type Block = Matrix & Target<Float64Array>;

/** About half of so many rows or columns: a multiple of what is gone through at once. */
export function halfOf(count: number, atOnce: number = rowsAtOnce): number {
  return Math.ceil(count / 2 / atOnce) * atOnce;
}

/** What of a matrix begins in row i and column j. */
export function blockAt<M extends Matrix>(matrix: M, i: number, j: number): M {
  return { ...matrix, offset: matrix.offset + i * matrix.row + j * matrix.col };
}

/** The transpose, where the matrix stands. */
export function turnedBlock<M extends Matrix>(matrix: M): M {
  return { ...matrix, row: matrix.col, col: matrix.row };
}
