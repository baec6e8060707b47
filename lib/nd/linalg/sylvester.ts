import { packedData } from "../loops.js";
import type { NdArray } from "../types.js";
import { rowMajor } from "../view.js";
import { largestSize } from "./finite-matrix.js";
import { type ComplexEntries, type ComplexMatrix, type Schur, schur } from "./schur.js";

/** xᴴ. */
function adjoint({ n, re, im }: ComplexMatrix): ComplexEntries {
  const turned = { re: new Float64Array(n * n), im: new Float64Array(n * n) };
  for (let i = 0, at = 0; i < n; i++) {
    for (let from = i; from < n * n; at++, from += n) {
      turned.re[at] = re[from] as number;
      turned.im[at] = -(im[from] as number);
    }
  }
  return turned;
}

/** x y, for so many rows of x, columns of x and columns of y. */
function product(x: ComplexEntries, y: ComplexEntries, rows: number, depth: number, cols: number): ComplexEntries {
  const [re, im] = [new Float64Array(rows * cols), new Float64Array(rows * cols)];
  for (let at = 0; at < re.length; at++) {
    const j = at % cols;
    let [real, imaginary] = [0, 0];
    for (let k = 0, p = ((at - j) / cols) * depth, r = j; k < depth; k++, p++, r += cols) {
      const [pr, pi, rr, ri] = [x.re[p] as number, x.im[p] as number, y.re[r] as number, y.im[r] as number];
      real += pr * rr - pi * ri;
      imaginary += pr * ri + pi * rr;
    }
    re[at] = real;
    im[at] = imaginary;
  }
  return { re, im };
}

function sizeOfLargest({ re, im }: ComplexEntries): number {
  return largestSize(re.map((real, at) => Math.hypot(real, im[at] as number)));
}

/** Solves t y + y s = f in place of f, both triangular: column by column, each from its last row up. */
function solveTriangles(t: ComplexMatrix, s: ComplexMatrix, f: ComplexEntries, refuse: (sum: number) => void): void {
  const { re, im } = f;
  const [m, n] = [t.n, s.n];
  for (let k = 0; k < n; k++) {
    for (let i = m - 1; i >= 0; i--) {
      let real = re[i * n + k] as number;
      let imaginary = im[i * n + k] as number;
      const subtract = (x: ComplexEntries, p: number, y: ComplexEntries, r: number): void => {
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
  const given = { re: packedData(c, "float64") as Float64Array, im: new Float64Array(m * n) };
  const f = product(product(adjoint(left.q), given, m, m, n), right.q, m, n, n);
  const least = (m + n) * Number.EPSILON * Math.max(sizeOfLargest(left.t), sizeOfLargest(right.t));
  solveTriangles(left.t, right.t, f, (size) => {
    if (size > least) return;
    throw new RangeError(`${who}: an eigenvalue of a is the negative of one of b, so that x is not determined; move the one or the other`);
  });
  return rowMajor(product(product(left.q, f, m, m, n), adjoint(right.q), m, n, n).re, [m, n]);
}
