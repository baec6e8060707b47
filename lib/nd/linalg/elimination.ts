import { addProduct } from "../products/matmul-kernel.js";
import { type Block, halfOf } from "./blocks.js";
import { substitute } from "./triangular.js";

/** Up to so many columns are eliminated one after another; more are halved, and the right half is updated by one product. */
const columnsAtOnce = 8;

/** A matrix in place: the entry [i, j] is at start + i · row + j. */
interface InPlace {
  readonly data: Float64Array;
  readonly start: number;
  readonly rows: number;
  readonly cols: number;
}

function swapRows({ data, start, cols }: InPlace, i: number, k: number): void {
  for (let p = start + i * cols, q = start + k * cols, end = p + cols; p < end; p++, q++) {
    const kept = data[p] as number;
    data[p] = data[q] as number;
    data[q] = kept;
  }
}

/** Eliminates the columns from `first` to before `end`, one by one; counts the exchanges of rows. */
function eliminateColumns(a: InPlace, order: Int32Array, first: number, end: number): number {
  const { data, start, rows, cols } = a;
  let swaps = 0;
  for (let k = first; k < end; k++) {
    let pivotRow = k;
    let largest = Math.abs(data[start + k * cols + k] as number);
    for (let i = k + 1, at = start + i * cols + k; i < rows; i++, at += cols) {
      const size = Math.abs(data[at] as number);
      if (size > largest) {
        largest = size;
        pivotRow = i;
      }
    }
    if (largest === 0) continue; // nothing to eliminate
    if (pivotRow !== k) {
      swaps++;
      swapRows(a, k, pivotRow);
      const kept = order[k] as number;
      order[k] = order[pivotRow] as number;
      order[pivotRow] = kept;
    }
    const top = start + k * cols;
    const pivot = data[top + k] as number;
    for (let i = k + 1, row = top + cols; i < rows; i++, row += cols) {
      const factor = (data[row + k] as number) / pivot;
      data[row + k] = factor;
      for (let j = k + 1; j < end; j++) (data[row + j] as number) -= factor * (data[top + j] as number);
    }
  }
  return swaps;
}

/** The same by halves: left; then what it does to the right, a triangular system and a product; then right. */
function eliminateHalves(a: InPlace, order: Int32Array, first: number, end: number): number {
  if (end - first <= columnsAtOnce) return eliminateColumns(a, order, first, end);
  const middle = first + halfOf(end - first, columnsAtOnce);
  const swaps = eliminateHalves(a, order, first, middle);
  updateRight(a, first, middle, end);
  return swaps + eliminateHalves(a, order, middle, end);
}

/** Brings columns from `middle` to before `end` to where those from `first` to before `middle` are. */
function updateRight({ data, start, rows, cols }: InPlace, first: number, middle: number, end: number): void {
  const from = (i: number, j: number): Block => ({ data, offset: start + i * cols + j, row: cols, col: 1 });
  const upper = from(first, middle);
  substitute(from(first, first), middle - first, upper, end - middle, { lower: true, unitDiagonal: true });
  addProduct(from(middle, middle), rows - middle, middle - first, end - middle, from(middle, first), upper, -1);
}

/**
 * Gaussian elimination in place, with the largest entry of each column as pivot (the first one at ties): u on the diagonal and above it, the
 * multipliers l below. A column without a pivot leaves a 0 on the diagonal. O(rows · cols · min(rows, cols)).
 * @param data  row-major from `start` on, finite
 * @param order the numbers of the rows; they go where the rows go
 * @returns 1 where the new order is an even permutation of the old one, −1 where it is odd
 * Source: S. Toledo, Locality of reference in LU decomposition with partial pivoting (1997).
 */
export function eliminate(data: Float64Array, start: number, rows: number, cols: number, order: Int32Array): number {
  const a = { data, start, rows, cols };
  const least = Math.min(rows, cols);
  const swaps = eliminateHalves(a, order, 0, least);
  if (cols > least) updateRight(a, 0, least, cols);
  return swaps % 2 === 0 ? 1 : -1;
}

/** The numbers 0, 1, …, n − 1. */
export function naturalOrder(n: number): Int32Array {
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  return order;
}
