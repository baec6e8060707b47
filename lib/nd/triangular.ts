import { forEachPosition, packedData } from "./loops.js";
import { addProduct, type Matrix, type Target } from "./matmul-kernel.js";
import { broadcastShapes, formatShape, sizeOf } from "./shape.js";
import type { NdArray } from "./types.js";
import { broadcastView, rowMajor } from "./view.js";

/** Which triangle of a matrix counts, and how. */
export interface Triangle {
  /** The lower one, with the diagonal; else the upper one. */
  readonly lower: boolean;
  /** Whether its transpose stands in its place. */
  readonly transposed: boolean;
  /** Whether its diagonal counts as ones and is not read. */
  readonly unitDiagonal: boolean;
}

/** Up to this order rows are substituted one after another; a larger triangle is halved, and what lies between is one product. */
const rowsAtOnce = 16;

/** Rows of `b` from the first to the last, or from the last to the first: each minus multiples of those before, divided by the pivot. */
function substituteRows(t: Matrix, n: number, b: Target<Float64Array>, k: number, lower: boolean, unitDiagonal: boolean): void {
  const { data: x, offset: start, row } = b;
  const { data, offset, row: rowStep, col } = t;
  const [first, step] = lower ? [0, 1] : [n - 1, -1];
  for (let done = 0, i = first; done < n; done++, i += step) {
    const to = start + i * row;
    const line = offset + i * rowStep;
    for (let other = 0, j = first; other < done; other++, j += step) {
      const factor = data[line + j * col] as number;
      for (let p = to, from = start + j * row, end = to + k; p < end; p++, from++) (x[p] as number) -= factor * (x[from] as number);
    }
    if (unitDiagonal) continue;
    const pivot = data[line + i * col] as number;
    for (let p = to, end = to + k; p < end; p++) (x[p] as number) /= pivot;
  }
}

/** The same for one column, which is not read from memory again and again. */
function substituteColumn(t: Matrix, n: number, b: Target<Float64Array>, lower: boolean, unitDiagonal: boolean): void {
  const { data: x, offset: start, row } = b;
  const { data, offset, row: rowStep, col } = t;
  const [first, step] = lower ? [0, 1] : [n - 1, -1];
  for (let done = 0, i = first; done < n; done++, i += step) {
    const line = offset + i * rowStep;
    let total = x[start + i * row] as number;
    for (let other = 0, j = first; other < done; other++, j += step)
      total -= (data[line + j * col] as number) * (x[start + j * row] as number);
    x[start + i * row] = unitDiagonal ? total : total / (data[line + i * col] as number);
  }
}

/**
 * Solves t x = b in the place of b, for a triangle t of order n. Its other triangle is not read.
 * @param t any strides; `transposed` is told by them
 * @param b n rows of k entries; x when this returns
 */
export function substitute(
  t: Matrix,
  n: number,
  b: Target<Float64Array>,
  k: number,
  { lower, unitDiagonal }: Omit<Triangle, "transposed">,
): void {
  if (n <= rowsAtOnce) {
    if (k === 1) substituteColumn(t, n, b, lower, unitDiagonal);
    else substituteRows(t, n, b, k, lower, unitDiagonal);
    return;
  }
  const half = Math.ceil(n / 2 / rowsAtOnce) * rowsAtOnce;
  const rest = n - half;
  const last = { ...t, offset: t.offset + half * (t.row + t.col) };
  const lastRows = { ...b, offset: b.offset + half * b.row };
  const rows = (of: Target<Float64Array>): Matrix => ({ ...of, col: 1 });
  if (lower) {
    substitute(t, half, b, k, { lower, unitDiagonal });
    addProduct(lastRows, rest, half, k, { ...t, offset: t.offset + half * t.row }, rows(b), -1);
    substitute(last, rest, lastRows, k, { lower, unitDiagonal });
  } else {
    substitute(last, rest, lastRows, k, { lower, unitDiagonal });
    addProduct(b, half, rest, k, { ...t, offset: t.offset + half * t.col }, rows(lastRows), -1);
    substitute(t, half, b, k, { lower, unitDiagonal });
  }
}

/**
 * As `substitute`, for matrices that lie row-major.
 * @param t the matrix [n, n], from `start` on
 * @param b the matrix [n, k], from `at` on
 */
export function solveTriangle(t: Float64Array, start: number, n: number, b: Float64Array, at: number, k: number, triangle: Triangle): void {
  const { lower, transposed, unitDiagonal } = triangle;
  const [row, col] = transposed ? [1, n] : [n, 1];
  substitute({ data: t, offset: start, row, col }, n, { data: b, offset: at, row: k }, k, { lower: lower !== transposed, unitDiagonal });
}

/** Matrices of two arrays that meet by broadcasting. */
export interface MatrixPairs {
  /** The shape of the axes before the last two. */
  readonly lead: readonly number[];
  /** For each pair, which matrix of the first array is in it. */
  readonly left: Int32Array;
  /** For each pair, which matrix of the second one. */
  readonly right: Int32Array;
}

/**
 * Which matrices meet.
 * @throws {RangeError} when the axes before the last two do not broadcast
 */
export function matrixPairs(who: string, a: readonly number[], b: readonly number[]): MatrixPairs {
  const leads = [a.slice(0, -2), b.slice(0, -2)];
  const lead = broadcastShapes(`${who}: axes before the last two of shapes ${formatShape(a)} and ${formatShape(b)}`, ...leads);
  const [left, right] = leads.map((shape) => {
    const count = rowMajor(
      Int32Array.from({ length: sizeOf(shape) }, (_, k) => k),
      shape,
    );
    const places: number[] = [];
    forEachPosition(broadcastView(count, lead), (at) => places.push(at));
    return Int32Array.from(places);
  }) as [Int32Array, Int32Array];
  return { lead, left, right };
}

/** The entries of the matrices of b that are met, one matrix after another. */
export function metMatrices(b: NdArray, which: Int32Array): Float64Array {
  const data = packedData(b, "float64") as Float64Array;
  const size = (b.shape.at(-2) as number) * (b.shape.at(-1) as number);
  if (which.length * size === data.length) return data;
  const met = new Float64Array(which.length * size);
  which.forEach((k, n) => {
    met.set(data.subarray(k * size, (k + 1) * size), n * size);
  });
  return met;
}
