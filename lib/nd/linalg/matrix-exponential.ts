import { matmulPlain } from "../products/matmul.js";
import type { NdArray } from "../types.js";
import { rowMajor } from "../view.js";
import { luSolver } from "./linear-systems.js";

/** Coefficients of the numerator of the diagonal Padé approximant to eˣ of degree 13, from x⁰ up. */
const pade: readonly number[] = [
  64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600, 670442572800, 33522128640,
  1323241920, 40840800, 960960, 16380, 182, 1,
];

/** Up to which norm the approximant is exact to rounding, for eᵃ alone and with its derivative. */
const reach = 5.371920351148152;
const reachOfBoth = 4.74;

/** A square matrix in double precision, row-major. */
type Square = NdArray & { readonly data: Float64Array };

function times(a: Square, b: Square): Square {
  return matmulPlain(a, b) as Square;
}

/** Σ weights[k] terms[k], weights of 1 where none are given, plus `onDiagonal` on the diagonal. */
function combination(terms: readonly Square[], weights?: readonly number[], onDiagonal = 0): Square {
  const [n] = (terms[0] as Square).shape as [number];
  const y = new Float64Array(n * n);
  for (const [k, { data }] of terms.entries()) {
    const weight = weights?.[k] ?? 1;
    for (let at = 0; at < data.length; at++) (y[at] as number) += weight * (data[at] as number);
  }
  for (let at = 0; at < y.length; at += n + 1) (y[at] as number) += onDiagonal;
  return rowMajor(y, [n, n]) as Square;
}

/** The largest sum of magnitudes of a column. */
export function columnNorm(a: NdArray): number {
  const [rows, cols] = a.shape as [number, number];
  let largest = 0;
  for (let j = 0; j < cols; j++) {
    let total = 0;
    for (let i = 0; i < rows; i++) total += Math.abs(a.get(i, j));
    largest = Math.max(largest, total);
  }
  return largest;
}

/** How often a is halved before the approximant serves; a norm may overflow, entries do not. */
function halvings(a: Square, limit: number): number {
  return Math.min(1060, Math.max(0, Math.ceil(Math.log2(columnNorm(a) / limit))));
}

/** A matrix, and where a derivative is asked for the direction in which it moves. */
type Moving = readonly [x: Square, dx?: Square];

function product([a, da]: Moving, [b, db]: Moving): Moving {
  return da && db ? [times(a, b), combination([times(a, db), times(da, b)])] : [times(a, b)];
}

/** `combination` of what moves. */
function combined(terms: readonly Moving[], weights?: readonly number[], onDiagonal?: number): Moving {
  const of = (part: 0 | 1, added?: number): Square =>
    combination(
      terms.map((term) => term[part] as Square),
      weights,
      added,
    );
  return terms[0]?.[1] ? [of(0, onDiagonal), of(1)] : [of(0, onDiagonal)];
}

/** eᵃ and its derivative: of a halved s times, the approximant's numerator is v + u and its denominator v − u; their quotient is squared s times. */
function exponentialOf(whole: Moving, limit: number): Moving {
  const s = halvings(whole[0], limit);
  const a = combined([whole], [2 ** -s]);
  const a2 = product(a, a);
  const a4 = product(a2, a2);
  const a6 = product(a4, a2);
  const sumOf = (...degrees: number[]): Moving => {
    const weights = degrees.map((degree) => pade[degree] as number);
    return combined([a6, a4, a2], weights, weights[3]);
  };
  const u = product(a, combined([product(a6, sumOf(13, 11, 9)), sumOf(7, 5, 3, 1)]));
  const v = combined([product(a6, sumOf(12, 10, 8)), sumOf(6, 4, 2, 0)]);
  const [p, dp] = combined([v, u]);
  const [q, dq] = combined([v, u], [1, -1]);
  const solver = luSolver("expm", q);
  const x = solver(p, false) as Square;
  let y: Moving = dp && dq ? [x, solver(combination([dp, times(dq, x)], [1, -1]), false) as Square] : [x];
  for (let k = 0; k < s; k++) y = product(y, y);
  return y;
}

/**
 * eᵃ by a Padé approximant of degree 13 to the 2ˢ-th part of a, squared s times.
 * Source: N. J. Higham, The scaling and squaring method for the matrix exponential revisited (2005).
 * @param a shape [n, n], double precision, row-major, finite
 */
export function exponential(a: NdArray): NdArray {
  return exponentialOf([a as Square], reach)[0];
}

/**
 * The derivative of eᵃ in the direction e, by the derivative of every step of `exponential`.
 * Source: A. H. Al-Mohy and N. J. Higham, Computing the Fréchet derivative of the matrix exponential (2009), algorithm 6.4 at degree 13.
 * @param a shape [n, n], double precision, row-major, finite
 * @param e likewise
 */
export function exponentialSlope(a: NdArray, e: NdArray): NdArray {
  return exponentialOf([a as Square, e as Square], reachOfBoth)[1] as Square;
}
