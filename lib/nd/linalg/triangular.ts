import type { FloatData } from "../float-array.js";
import { forEachPosition, packedData } from "../loops.js";
import { addProduct, type Matrix, type Target } from "../products/matmul-kernel.js";
import { broadcastShapes, formatShape, sizeOf } from "../shape.js";
import type { NdArray } from "../types.js";
import { broadcastView, rowMajor } from "../view.js";
import { blockAt, halfOf, rowsAtOnce } from "./blocks.js";

/** Which triangle of a matrix counts, and how. */
export interface Triangle {
  /** The lower one, with the diagonal; else the upper one. */
  readonly lower: boolean;
  /** Whether its transpose stands in its place. */
  readonly transposed: boolean;
  /** Whether its diagonal counts as ones and is not read. */
  readonly unitDiagonal: boolean;
}

/** x[to …] −= Σ factors · rows of x, `count` of them, a multiple of four: each entry is read and written once for four rows. */
function subtractRows(
  x: Float64Array,
  to: number,
  k: number,
  from: number,
  next: number,
  data: FloatData,
  at: number,
  across: number,
  count: number,
): void {
  for (let done = 0, f = at, start = from; done < count; done += 4, f += 4 * across, start += 4 * next) {
    const f0 = data[f] as number;
    const f1 = data[f + across] as number;
    const f2 = data[f + 2 * across] as number;
    const f3 = data[f + 3 * across] as number;
    for (let p = to, q = start, end = to + k; p < end; p++, q++) {
      (x[p] as number) -=
        f0 * (x[q] as number) + f1 * (x[q + next] as number) + (f2 * (x[q + 2 * next] as number) + f3 * (x[q + 3 * next] as number));
    }
  }
}

/** Substitutes four rows in one pass: `corner` is where the first pivot stands. */
function substituteFour(
  x: Float64Array,
  to: number,
  k: number,
  next: number,
  data: FloatData,
  corner: number,
  down: number,
  across: number,
  unitDiagonal: boolean,
): void {
  const at = (i: number, j: number): number => data[corner + i * down + j * across] as number;
  const [d0, d1, d2, d3] = unitDiagonal ? [1, 1, 1, 1] : [at(0, 0), at(1, 1), at(2, 2), at(3, 3)];
  const [t10, t20, t21] = [at(1, 0), at(2, 0), at(2, 1)];
  const [t30, t31, t32] = [at(3, 0), at(3, 1), at(3, 2)];
  for (let p = to, end = to + k; p < end; p++) {
    let x0 = x[p] as number;
    if (!unitDiagonal) x0 /= d0;
    let x1 = (x[p + next] as number) - t10 * x0;
    if (!unitDiagonal) x1 /= d1;
    let x2 = (x[p + 2 * next] as number) - (t20 * x0 + t21 * x1);
    if (!unitDiagonal) x2 /= d2;
    let x3 = (x[p + 3 * next] as number) - (t30 * x0 + t31 * x1 + t32 * x2);
    if (!unitDiagonal) x3 /= d3;
    x[p] = x0;
    x[p + next] = x1;
    x[p + 2 * next] = x2;
    x[p + 3 * next] = x3;
  }
}

/** Rows of `b` from the first to the last, or from the last to the first: each minus multiples of those before, divided by the pivot. */
function substituteRows(t: Matrix, n: number, b: Target<Float64Array>, k: number, lower: boolean, unitDiagonal: boolean): void {
  const x = b.data;
  const { data } = t;
  const [first, step] = lower ? [0, 1] : [n - 1, -1];
  const [next, down, across] = [step * b.row, step * t.row, step * t.col];
  const top = b.offset + first * b.row;
  const corner = t.offset + first * (t.row + t.col);
  let i = 0;
  for (; i + 3 < n; i += 4) {
    for (let r = i; r < i + 4; r++) subtractRows(x, top + r * next, k, top, next, data, corner + r * down, across, i);
    substituteFour(x, top + i * next, k, next, data, corner + i * (down + across), down, across, unitDiagonal);
  }
  for (const whole = i; i < n; i++) {
    const to = top + i * next;
    subtractRows(x, to, k, top, next, data, corner + i * down, across, whole);
    for (let j = whole; j < i; j++) {
      const factor = data[corner + i * down + j * across] as number;
      for (let p = to, q = top + j * next, end = to + k; p < end; p++, q++) (x[p] as number) -= factor * (x[q] as number);
    }
    const pivot = data[corner + i * (down + across)] as number;
    for (let p = to, end = to + k; p < end && !unitDiagonal; p++) (x[p] as number) /= pivot;
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
export function substitute(t: Matrix, n: number, b: Target<Float64Array>, k: number, triangle: Omit<Triangle, "transposed">): void {
  const { lower, unitDiagonal } = triangle;
  if (n <= rowsAtOnce) {
    if (k === 1) substituteColumn(t, n, b, lower, unitDiagonal);
    else substituteRows(t, n, b, k, lower, unitDiagonal);
    return;
  }
  const half = halfOf(n);
  const rest = n - half;
  const first = { ...b, col: 1 };
  const last = blockAt(first, half, 0);
  const solveFirst = (): void => substitute(t, half, first, k, triangle);
  const solveLast = (): void => substitute(blockAt(t, half, half), rest, last, k, triangle);
  if (lower) {
    solveFirst();
    addProduct(last, rest, half, k, blockAt(t, half, 0), first, -1);
    solveLast();
  } else {
    solveLast();
    addProduct(first, half, rest, k, blockAt(t, 0, half), last, -1);
    solveFirst();
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

/** As `solveTriangle`, entry by entry, with products and quotients that are 0 where what moves is. */
export function solveTriangleStrongly(
  t: Float64Array,
  start: number,
  n: number,
  b: Float64Array,
  at: number,
  k: number,
  { lower, transposed, unitDiagonal }: Triangle,
): void {
  const [row, col] = transposed ? [1, n] : [n, 1];
  const [first, step] = lower !== transposed ? [0, 1] : [n - 1, -1];
  for (let p = at; p < at + k; p++) {
    for (let done = 0, i = first; done < n; done++, i += step) {
      const line = start + i * row;
      let total = b[p + i * k] as number;
      for (let other = 0, j = first; other < done; other++, j += step) {
        const [factor, x] = [t[line + j * col] as number, b[p + j * k] as number];
        if (factor !== 0 && x !== 0) total -= factor * x;
      }
      b[p + i * k] = unitDiagonal || total === 0 ? total : total / (t[line + i * col] as number);
    }
  }
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
