import { packedData } from "../loops.js";
import type { FloatDType, NdArray } from "../types.js";
import { allocate, floatDType, rowMajor, zerosOf } from "../view.js";
import { expectFinite, largestSize, unitBelow, unitNear } from "./finite-matrix.js";
import { householderQr } from "./householder-qr.js";
import { singularValues } from "./singular-values.js";
import { symmetricEigenvalues } from "./symmetric-eigenvalues.js";

// A matrix may be any view. Results are fresh row-major arrays of its float kind; all is computed in double precision.

/** A matrix in a unit in which nothing overflows on the way. */
interface Scaled {
  /** Its entries, row-major. */
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
  readonly dtype: FloatDType;
  /** By what it was divided: a power of 2. */
  readonly unit: number;
}

/** What a factorization does with its matrix: those that square entries need them near 1, the others leave tiny ones as they are. */
interface Needs {
  readonly symmetric?: boolean;
  readonly nearOne?: boolean;
}

function scaled(who: string, x: NdArray, { symmetric = false, nearOne = false }: Needs = {}): Scaled {
  const [rows, cols] = x.shape as [number, number];
  const data = packedData(x, "float64") as Float64Array;
  expectFinite(who, { data, shape: x.shape });
  const unit = (nearOne ? unitNear : unitBelow)(largestSize(data));
  for (let at = 0; at < data.length; at++) (data[at] as number) /= unit;
  for (let i = 0; symmetric && i < rows; i++) {
    for (let j = 0; j < i; j++) {
      data[j * cols + i] = data[i * cols + j] = 0.5 * (data[i * cols + j] as number) + 0.5 * (data[j * cols + i] as number);
    }
  }
  return { data, rows, cols, dtype: floatDType(x.dtype), unit };
}

function columnsOf({ data, rows, cols }: Scaled): Float64Array[] {
  return Array.from({ length: cols }, (_, j) => Float64Array.from({ length: rows }, (_, i) => data[i * cols + j] as number));
}

function rowsOf({ data, rows, cols }: Scaled): Float64Array[] {
  return Array.from({ length: rows }, (_, i) => data.slice(i * cols, (i + 1) * cols));
}

/** A row-major matrix of these entries. */
function filled(shape: readonly [rows: number, cols: number], dtype: FloatDType, entry: (i: number, j: number) => number): NdArray {
  const [rows, cols] = shape;
  const data = allocate(dtype, rows * cols);
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < cols; j++) data[at++] = entry(i, j) + 0; // no −0
  return rowMajor(data, shape);
}

/**
 * For each column the sign that makes its leading entry positive: the first one whose magnitude is at least 0.9 of the largest one. Ties of
 * the largest magnitude, which rounding would decide, leave no trace in it.
 */
function leadingSigns(columns: readonly Float64Array[]): number[] {
  return columns.map((column) => {
    const largest = column.reduce((size, entry) => Math.max(size, Math.abs(entry)), 0);
    return (column.find((entry) => Math.abs(entry) >= 0.9 * largest) as number) < 0 ? -1 : 1;
  });
}

function vector(entries: Float64Array, unit: number, dtype: FloatDType): NdArray {
  const data = allocate(dtype, entries.length);
  for (let i = 0; i < entries.length; i++) data[i] = unit * (entries[i] as number);
  return rowMajor(data, [entries.length]);
}

const entryOf = (columns: readonly Float64Array[], i: number, j: number): number => columns[j]?.[i] as number;

/** x = q r. */
export interface QrFactors {
  /** Shape [m, min(m, n)], orthonormal columns. */
  readonly q: NdArray;
  /** Shape [min(m, n), n], upper triangular (or trapezoidal), no negative number on its diagonal. */
  readonly r: NdArray;
}

/**
 * The reduced QR factors, with a diagonal of r that is positive where x has full rank.
 * @param x shape [m, n]
 * @throws {RangeError} when x is not a matrix, or has an entry that is not finite
 */
export function qrFactors(who: string, x: NdArray): QrFactors {
  const matrix = scaled(who, x);
  const { rows, cols, dtype, unit } = matrix;
  const least = Math.min(rows, cols);
  if (least === 0) return { q: zerosOf([rows, 0], dtype), r: zerosOf([0, cols], dtype) };
  // A wide matrix: its first columns make q, and the others follow from it.
  const columns = columnsOf(matrix);
  const { q, r } = householderQr(columns.slice(0, least));
  const signs = q.map((_, k) => (r(k, k) < 0 ? -1 : 1));
  const entry = (i: number, j: number): number => (j < least ? r(i, j) : dot(q[i] as Float64Array, columns[j] as Float64Array));
  return {
    q: filled([rows, least], dtype, (i, j) => (signs[j] as number) * entryOf(q, i, j)),
    r: filled([least, cols], dtype, (i, j) => unit * (signs[i] as number) * entry(i, j)),
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) total += (a[k] as number) * (b[k] as number);
  return total;
}

/** x = u diag(s) vt. */
export interface SvdFactors {
  /** Shape [m, min(m, n)], orthonormal columns; the first entry of each that comes within a tenth of its largest magnitude is positive. */
  readonly u: NdArray;
  /** Shape [min(m, n)], descending, not negative. */
  readonly s: NdArray;
  /** Shape [min(m, n), n], orthonormal rows. */
  readonly vt: NdArray;
}

/**
 * The thin singular value decomposition.
 * @param x shape [m, n]
 * @throws {RangeError} when x is not a matrix, or has an entry that is not finite
 */
export function svdFactors(who: string, x: NdArray): SvdFactors {
  const matrix = scaled(who, x, { nearOne: true });
  const { rows, cols, dtype, unit } = matrix;
  const least = Math.min(rows, cols);
  if (least === 0) return { u: zerosOf([rows, 0], dtype), s: zerosOf([0], dtype), vt: zerosOf([0, cols], dtype) };
  // Of a wide matrix the transpose is taken.
  const wide = rows < cols;
  const { u, s, v } = singularValues(wide ? rowsOf(matrix) : columnsOf(matrix));
  const [left, right] = wide ? [v, u] : [u, v];
  const signs = leadingSigns(left);
  return {
    u: filled([rows, least], dtype, (i, j) => (signs[j] as number) * entryOf(left, i, j)),
    s: vector(s, unit, dtype),
    vt: filled([least, cols], dtype, (i, j) => (signs[i] as number) * entryOf(right, j, i)),
  };
}

/** (x + xᵀ) / 2 = v diag(w) vᵀ. */
export interface SymmetricEigen {
  /** Shape [n], ascending. */
  readonly w: NdArray;
  /** Shape [n, n], orthonormal columns, in the order of w, with signs as those of u in `SvdFactors`. */
  readonly v: NdArray;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix.
 * @param x shape [n, n]; only its symmetric part counts
 * @throws {RangeError} when x is not a square matrix, or has an entry that is not finite
 */
export function symmetricEigen(who: string, x: NdArray): SymmetricEigen {
  const matrix = scaled(who, x, { symmetric: true, nearOne: true });
  const { rows, dtype, unit } = matrix;
  if (rows === 0) return { w: zerosOf([0], dtype), v: zerosOf([0, 0], dtype) };
  const vectors = rowsOf(matrix);
  const values = symmetricEigenvalues(vectors);
  const signs = leadingSigns(vectors);
  return {
    w: vector(values, unit, dtype),
    v: filled([rows, rows], dtype, (i, j) => (signs[j] as number) * entryOf(vectors, i, j)),
  };
}
