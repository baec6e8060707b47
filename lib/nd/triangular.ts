import { forEachPosition, packedData } from "./loops.js";
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

/**
 * Solves t x = b in the place of b: substitution, row by row.
 * @param t the matrix [n, n], row-major from `start` on; the other triangle is not read
 * @param b the matrix [n, k], row-major from `at` on; x when this returns
 */
export function solveTriangle(t: Float64Array, start: number, n: number, b: Float64Array, at: number, k: number, triangle: Triangle): void {
  const { lower, transposed, unitDiagonal } = triangle;
  const down = lower !== transposed;
  const rowStep = transposed ? 1 : n;
  const step = transposed ? n : 1;
  for (let done = 0; done < n; done++) {
    const i = down ? done : n - 1 - done;
    const row = at + i * k;
    for (let other = 0; other < done; other++) {
      const j = down ? other : n - 1 - other;
      const factor = t[start + i * rowStep + j * step] as number;
      for (let c = 0, from = at + j * k; c < k; c++, from++) (b[row + c] as number) -= factor * (b[from] as number);
    }
    if (unitDiagonal) continue;
    const pivot = t[start + i * (n + 1)] as number;
    for (let c = 0; c < k; c++) (b[row + c] as number) /= pivot;
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
