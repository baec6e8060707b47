import { packedData } from "../loops.js";
import type { NdArray } from "../types.js";
import { rowMajor } from "../view.js";
import { type ComplexMatrix, type Schur, schur } from "./schur.js";

/** A complex matrix of any shape. */
interface Rectangle {
  readonly rows: number;
  readonly cols: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** x y, with x (or y) conjugated and transposed where said so. */
function product(x: Rectangle, y: Rectangle, xTurned: boolean, yTurned: boolean): Rectangle {
  const [rows, depth] = xTurned ? [x.cols, x.rows] : [x.rows, x.cols];
  const cols = yTurned ? y.rows : y.cols;
  const [re, im] = [new Float64Array(rows * cols), new Float64Array(rows * cols)];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      let [real, imaginary] = [0, 0];
      for (let k = 0; k < depth; k++) {
        const p = xTurned ? k * x.cols + i : i * x.cols + k;
        const r = yTurned ? j * y.cols + k : k * y.cols + j;
        const [pr, rr] = [x.re[p] as number, y.re[r] as number];
        const pi = xTurned ? -(x.im[p] as number) : (x.im[p] as number);
        const ri = yTurned ? -(y.im[r] as number) : (y.im[r] as number);
        real += pr * rr - pi * ri;
        imaginary += pr * ri + pi * rr;
      }
      re[i * cols + j] = real;
      im[i * cols + j] = imaginary;
    }
  }
  return { rows, cols, re, im };
}

function rectangle({ n, re, im }: ComplexMatrix): Rectangle {
  return { rows: n, cols: n, re, im };
}

function largestSize({ re, im }: ComplexMatrix): number {
  let largest = 0;
  for (let at = 0; at < re.length; at++) largest = Math.max(largest, Math.hypot(re[at] as number, im[at] as number));
  return largest;
}

/** Solves t y + y s = f in place of f, both triangular: column by column, each from its last row up. */
function solveTriangles(t: ComplexMatrix, s: ComplexMatrix, f: Rectangle, refuse: (sum: number) => void): void {
  const { re, im } = f;
  const [m, n] = [t.n, s.n];
  for (let k = 0; k < n; k++) {
    for (let i = m - 1; i >= 0; i--) {
      let real = re[i * n + k] as number;
      let imaginary = im[i * n + k] as number;
      const subtract = (
        x: { re: Float64Array; im: Float64Array },
        p: number,
        y: { re: Float64Array; im: Float64Array },
        r: number,
      ): void => {
        const [pr, pi, rr, ri] = [x.re[p] as number, x.im[p] as number, y.re[r] as number, y.im[r] as number];
        real -= pr * rr - pi * ri;
        imaginary -= pr * ri + pi * rr;
      };
      for (let j = 0; j < k; j++) subtract(f, i * n + j, s, j * n + k);
      for (let l = i + 1; l < m; l++) subtract(t, i * m + l, f, l * n + k);
      const dr = (t.re[i * (m + 1)] as number) + (s.re[k * (n + 1)] as number);
      const di = (t.im[i * (m + 1)] as number) + (s.im[k * (n + 1)] as number);
      const size = Math.hypot(dr, di);
      refuse(size);
      const [ur, ui] = [dr / size, di / size];
      re[i * n + k] = (real * ur + imaginary * ui) / size;
      im[i * n + k] = (imaginary * ur - real * ui) / size;
    }
  }
}

/**
 * The x for which a x + x b = c, by the Schur forms of a and b.
 * Source: R. H. Bartels and G. W. Stewart, Solution of the matrix equation AX + XB = C (1972), with complex Schur forms.
 * @param a shape [m, m], finite
 * @param b shape [n, n], finite
 * @param c shape [m, n]
 * @returns shape [m, n], double precision
 * @throws {RangeError} when an eigenvalue of a and one of b add up to 0, to rounding
 */
export function sylvesterSolution(who: string, a: NdArray, b: NdArray, c: NdArray): NdArray {
  const [m, n] = c.shape as [number, number];
  const left: Schur = schur(who, packedData(a, "float64"), m);
  const right: Schur = schur(who, packedData(b, "float64"), n);
  const [u, w] = [rectangle(left.q), rectangle(right.q)];
  const given: Rectangle = { rows: m, cols: n, re: packedData(c, "float64") as Float64Array, im: new Float64Array(m * n) };
  const f = product(product(u, given, true, false), w, false, false);
  const least = (m + n) * Number.EPSILON * Math.max(largestSize(left.t), largestSize(right.t));
  solveTriangles(left.t, right.t, f, (size) => {
    if (size > least) return;
    throw new RangeError(`${who}: an eigenvalue of a is the negative of one of b, so that x is not determined; move the one or the other`);
  });
  return rowMajor(product(product(u, f, false, false), w, false, true).re, [m, n]);
}
