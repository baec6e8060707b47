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

/** Σ weights[k] terms[k], plus `onDiagonal` on the diagonal. */
function combination(terms: readonly Square[], weights: readonly number[], onDiagonal = 0): Square {
  const [n] = (terms[0] as Square).shape as [number];
  const y = new Float64Array(n * n);
  terms.forEach(({ data }, k) => {
    const weight = weights[k] as number;
    for (let at = 0; at < y.length; at++) (y[at] as number) += weight * (data[at] as number);
  });
  for (let i = 0; i < n; i++) (y[i * (n + 1)] as number) += onDiagonal;
  return rowMajor(y, [n, n]) as Square;
}

function sum(...terms: Square[]): Square {
  return combination(
    terms,
    terms.map(() => 1),
  );
}

/** The largest sum of magnitudes of a column. */
export function columnNorm(a: NdArray): number {
  let largest = 0;
  for (let j = 0; j < (a.shape[1] as number); j++) {
    let total = 0;
    for (let i = 0; i < (a.shape[0] as number); i++) total += Math.abs(a.get(i, j));
    largest = Math.max(largest, total);
  }
  return largest;
}

/** How often a is halved before the approximant serves; a norm may overflow, entries do not. */
function halvings(a: Square, limit: number): number {
  return Math.min(1060, Math.max(0, Math.ceil(Math.log2(columnNorm(a) / limit))));
}

const c = (...degrees: number[]): number[] => degrees.map((degree) => pade[degree] as number);

/** The odd part u and the even part v of the approximant's numerator, with what both are made of. */
function parts(a: Square) {
  const a2 = times(a, a);
  const a4 = times(a2, a2);
  const a6 = times(a4, a2);
  const powers = [a6, a4, a2];
  const w1 = combination(powers, c(13, 11, 9));
  const z1 = combination(powers, c(12, 10, 8));
  const w = sum(times(a6, w1), combination(powers, c(7, 5, 3), pade[1]));
  const u = times(a, w);
  const v = sum(times(a6, z1), combination(powers, c(6, 4, 2), pade[0]));
  return { a2, a4, a6, w1, z1, w, u, v, solver: luSolver("expm", combination([v, u], [1, -1])) };
}

/**
 * eᵃ by a Padé approximant of degree 13 to the 2ˢ-th part of a, squared s times.
 * Source: N. J. Higham, The scaling and squaring method for the matrix exponential revisited (2005).
 * @param a shape [n, n], double precision, row-major, finite
 */
export function exponential(a: NdArray): NdArray {
  const s = halvings(a as Square, reach);
  const { u, v, solver } = parts(combination([a as Square], [2 ** -s]));
  let y = solver(sum(v, u), false) as Square;
  for (let k = 0; k < s; k++) y = times(y, y);
  return y;
}

/**
 * The derivative of eᵃ in the direction e, by the derivative of every step of `exponential`.
 * Source: A. H. Al-Mohy and N. J. Higham, Computing the Fréchet derivative of the matrix exponential (2009), algorithm 6.4 at degree 13.
 * @param a shape [n, n], double precision, row-major, finite
 * @param e likewise
 */
export function exponentialSlope(a: NdArray, e: NdArray): NdArray {
  const s = halvings(a as Square, reachOfBoth);
  const x = combination([a as Square], [2 ** -s]);
  const dx = combination([e as Square], [2 ** -s]);
  const { a2, a4, a6, w1, z1, w, u, v, solver } = parts(x);
  const m2 = sum(times(x, dx), times(dx, x));
  const m4 = sum(times(a2, m2), times(m2, a2));
  const m6 = sum(times(a4, m2), times(m4, a2));
  const moves = [m6, m4, m2];
  const dw = sum(times(a6, combination(moves, c(13, 11, 9))), times(m6, w1), combination(moves, c(7, 5, 3)));
  const du = sum(times(x, dw), times(dx, w));
  const dv = sum(times(a6, combination(moves, c(12, 10, 8))), times(m6, z1), combination(moves, c(6, 4, 2)));
  let y = solver(sum(v, u), false) as Square;
  let dy = solver(sum(du, dv, times(combination([du, dv], [1, -1]), y)), false) as Square;
  for (let k = 0; k < s; k++) {
    dy = sum(times(y, dy), times(dy, y));
    y = times(y, y);
  }
  return dy;
}
