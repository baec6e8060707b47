import { type AnyArray, accumulate, add, fieldOf, isZero, NoTangent, primal, scale, ZeroTangent } from "../../lib/core/index.js";
import type { NdArray } from "../../lib/nd/index.js";
import { qrFactors } from "../../lib/nd/linalg/factorizations.js";
import { neg, sub } from "../elementwise/field.js";
import { slice } from "../indexing/index.js";
import { strongMatmul } from "../products/matmul.js";
import { tril, triu } from "../shaping/diagonals.js";
import { concat } from "../shaping/joining.js";
import { turned } from "../shaping/turned.js";
import { overMatrices } from "./over-matrices.js";
import { epsilonOf, finiteMatrixFor, inDoubles } from "./single-matrix.js";
import { solveTriangular } from "./solve.js";

/** `qr`: a traced matrix gives traced arrays. */
export interface Qr {
  (a: NdArray): [q: NdArray, r: NdArray];
  (a: AnyArray): [q: AnyArray, r: AnyArray];
}

/** Entries strictly below the diagonal. */
function below(x: AnyArray): AnyArray {
  return tril(x, { k: -1 });
}

/** x r⁻¹ for an upper triangular r. */
function dividedBy(x: AnyArray, r: AnyArray): AnyArray {
  return turned(solveTriangular(r, turned(x), { lower: false, transposed: true }));
}

/** x r⁻ᵀ for an upper triangular r. */
function dividedByTurned(x: AnyArray, r: AnyArray): AnyArray {
  return turned(solveTriangular(r, turned(x), { lower: false }));
}

/** The first columns of a matrix, or those after them. */
function columns(x: AnyArray, start: number, stop?: number): AnyArray {
  return slice(x, [null, [start, stop]]) as AnyArray;
}

/** Throws where the derivative does not exist. */
function expectRank(r: NdArray): void {
  const count = r.shape[0] as number;
  let largest = 0;
  for (let k = 0; k < count; k++) for (let i = 0; i <= k; i++) largest = Math.max(largest, Math.abs(r.get(i, k)));
  const extent = Math.max(...r.shape);
  for (let k = 0; k < count; k++) {
    if (r.get(k, k) > extent * epsilonOf(r) * largest) continue;
    throw new RangeError(
      `qr: column ${k} ${k === 0 ? "is 0" : "depends linearly on those before it"} (r[${k}, ${k}] = ${r.get(k, k)}), and q, r have no derivative there; make the first ${count === 1 ? "column other than 0" : `${count} columns independent`}`,
    );
  }
}

/** [q̇, ṙ] of a matrix that is not wide. */
function tallTangents(q: AnyArray, r: AnyArray, da: AnyArray): [dq: AnyArray, dr: AnyArray] {
  const z = dividedBy(da, r);
  const x = strongMatmul(turned(q), z);
  const lower = below(x);
  const turning = sub(lower, turned(lower));
  return [add(z, strongMatmul(q, sub(turning, x))), strongMatmul(add(triu(x), turned(lower)), r)];
}

/** ā of a matrix that is not wide. */
function tallCotangent(q: AnyArray, r: AnyArray, qbar: unknown, rbar: unknown): AnyArray {
  const fromR = isZero(rbar) ? ZeroTangent : strongMatmul(r, turned(rbar as AnyArray));
  const fromQ = isZero(qbar) ? ZeroTangent : neg(strongMatmul(turned(qbar as AnyArray), q));
  const m = accumulate(fromR, fromQ) as AnyArray;
  return dividedByTurned(accumulate(qbar, strongMatmul(q, add(tril(m), turned(below(m))))) as AnyArray, r);
}

/**
 * The reduced QR factors a = q r, with a diagonal of r that is not negative: positive, and so the factors unique, where the first
 * k = min(m, n) columns of a are linearly independent.
 *   x = qᵀ ȧ r⁻¹:  q̇ = q Ω + (1 − q qᵀ) ȧ r⁻¹,  ṙ = (x − Ω) r,  Ω = low(x) − low(x)ᵀ
 *   ā = (q̄ + q copy(r r̄ᵀ − q̄ᵀ q)) r⁻ᵀ
 * low takes the entries below the diagonal, copy makes a matrix symmetric by those of its lower triangle. Of a wide matrix [x, y], x square,
 * q r is the factorization of x and r goes on with qᵀ y.
 * @param a shape [..., m, n]; each matrix by itself
 * @returns [q, r]: q of shape [..., m, k] with orthonormal columns, r of shape [..., k, n], upper triangular (or trapezoidal)
 * @throws {RangeError} when a is no matrix, has an entry that is not finite, or, in derivatives, a column among the first k depends
 *   linearly on those before it, within max(m, n) ε of the largest entry of r
 * Source: S. F. Walter and L. Lehmann, Algorithmic differentiation of linear algebra functions (2010).
 */
export const qr: Qr = overMatrices(
  (a: NdArray) => {
    const { wide, back } = inDoubles(finiteMatrixFor("qr", "a", a));
    const { q, r } = qrFactors("qr", wide);
    return [back(q), back(r)];
  },
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => {
      const [rows, cols] = a.shape as [number, number];
      const [q, r] = qr(a);
      expectRank(primal(r));
      if (rows >= cols) return [[q, r], tallTangents(q, r, da as AnyArray)];
      const [dq, dr] = tallTangents(q, columns(r, 0, rows), columns(da as AnyArray, 0, rows));
      const rest = add(strongMatmul(turned(dq), columns(a, rows)), strongMatmul(turned(q), columns(da as AnyArray, rows)));
      return [
        [q, r],
        [dq, concat([dr, rest], { axis: 1 })],
      ];
    },
    rrule: (a: AnyArray) => {
      const [rows, cols] = a.shape as [number, number];
      const [q, r] = qr(a);
      return [
        [q, r],
        function qrPullback(ybar: unknown) {
          const [qbar, rbar] = [fieldOf(ybar, 0), fieldOf(ybar, 1)];
          if (isZero(qbar) && isZero(rbar)) return [NoTangent, ZeroTangent];
          expectRank(primal(r));
          if (rows >= cols) return [NoTangent, tallCotangent(q, r, qbar, rbar)];
          const own = columns(r, 0, rows);
          const others = columns(a, rows);
          if (isZero(rbar)) return [NoTangent, concat([tallCotangent(q, own, qbar, rbar), scale(0, others) as AnyArray], { axis: 1 })];
          const restbar = columns(rbar as AnyArray, rows);
          const seen = accumulate(qbar, strongMatmul(others, turned(restbar)));
          const xbar = tallCotangent(q, own, seen, columns(rbar as AnyArray, 0, rows));
          return [NoTangent, concat([xbar, strongMatmul(q, restbar)], { axis: 1 })];
        },
      ];
    },
  },
  { name: "qr" },
);
