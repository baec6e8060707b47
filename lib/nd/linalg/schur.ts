import { largestSize, unitNear } from "./finite-matrix.js";

/** The entries of a complex matrix, row-major. */
export interface ComplexEntries {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A square complex matrix: entry [i, j] at i · n + j of both. */
export interface ComplexMatrix extends ComplexEntries {
  readonly n: number;
}

/** a = q t qᴴ: t upper triangular with the eigenvalues on its diagonal, q unitary. */
export interface Schur {
  readonly t: ComplexMatrix;
  readonly q: ComplexMatrix;
}

/** Beside the largest entry, which is near 1, such a one is 0: its square would vanish. */
const negligible = 1e-140;

/** Turns two rows (or columns) of entries into each other: (p, r) ↦ (c p + s r, −s̄ p + c r), c real. */
interface Rotation {
  readonly c: number;
  readonly sr: number;
  readonly si: number;
}

/** The rotation that makes the second of two complex numbers 0. */
function rotationFor(pr: number, pi: number, rr: number, ri: number): Rotation {
  const size = Math.hypot(pr, pi);
  const whole = Math.hypot(size, rr, ri);
  if (size <= negligible * whole) return { c: 0, sr: rr / whole, si: -ri / whole };
  const [ur, ui] = [pr / size, pi / size];
  return { c: size / whole, sr: (ur * rr + ui * ri) / whole, si: (ui * rr - ur * ri) / whole };
}

/** Applies a rotation to `count` pairs of entries, the first pair at p and r, the next ones `step` further on. */
function rotate({ re, im }: ComplexMatrix, { c, sr, si }: Rotation, p: number, r: number, step: number, count: number): void {
  for (let k = 0, at = p, to = r; k < count; k++, at += step, to += step) {
    const [ar, ai, br, bi] = [re[at] as number, im[at] as number, re[to] as number, im[to] as number];
    re[at] = c * ar + sr * br - si * bi;
    im[at] = c * ai + sr * bi + si * br;
    re[to] = c * br - sr * ar - si * ai;
    im[to] = c * bi - sr * ai + si * ar;
  }
}

/** Rotates row i and the next one, from column j on, so that the entry of the second one there becomes 0. */
function eliminate(t: ComplexMatrix, i: number, j: number): Rotation {
  const { n, re, im } = t;
  const [p, r] = [i * n + j, (i + 1) * n + j];
  const turn = rotationFor(re[p] as number, im[p] as number, re[r] as number, im[r] as number);
  rotate(t, turn, p, r, 1, n - j);
  re[r] = 0;
  im[r] = 0;
  return turn;
}

/** The same rotation of column i and the next one: the matrix times its conjugate transpose. Of t that is so many rows, of q all. */
function rotateColumns(t: ComplexMatrix, q: ComplexMatrix, { c, sr, si }: Rotation, i: number, count: number): void {
  const turn = { c, sr, si: -si };
  rotate(t, turn, i, i + 1, t.n, count);
  rotate(q, turn, i, i + 1, q.n, q.n);
}

/** Brings t to zeros below its first subdiagonal, by rotations that q takes along. */
function toHessenberg(t: ComplexMatrix, q: ComplexMatrix): void {
  const { n, re } = t;
  for (let j = 0; j + 2 < n; j++) {
    for (let i = n - 1; i > j + 1; i--) {
      if (Math.abs(re[i * n + j] as number) <= negligible)
        re[i * n + j] = 0; // all is real here
      else rotateColumns(t, q, eliminate(t, i - 1, j), i - 1, n);
    }
  }
}

/** The eigenvalue of the last 2 × 2 block up to row `last` that is nearest to its last entry. */
function shiftAt({ n, re, im }: ComplexMatrix, last: number): [re: number, im: number] {
  const at = (i: number, j: number): [number, number] => [re[i * n + j] as number, im[i * n + j] as number];
  const [ar, ai] = at(last - 1, last - 1);
  const [br, bi] = at(last - 1, last);
  const [cr, ci] = at(last, last - 1);
  const [dr, di] = at(last, last);
  const [hr, hi] = [(ar - dr) / 2, (ai - di) / 2];
  // The root of h² + b c that points away from h, so that nothing cancels.
  const [xr, xi] = [hr * hr - hi * hi + br * cr - bi * ci, 2 * hr * hi + br * ci + bi * cr];
  const size = Math.hypot(xr, xi);
  let rootR = Math.sqrt((size + Math.abs(xr)) / 2);
  let rootI = rootR === 0 ? 0 : xi / (2 * rootR);
  if (xr < 0) [rootR, rootI] = [Math.abs(rootI), xi < 0 ? -rootR : rootR];
  if (hr * rootR + hi * rootI < 0) [rootR, rootI] = [-rootR, -rootI];
  const [er, ei] = [hr + rootR, hi + rootI];
  const whole = er * er + ei * ei;
  if (whole === 0) return [dr, di];
  const [pr, pi] = [br * cr - bi * ci, br * ci + bi * cr];
  return [dr - (pr * er + pi * ei) / whole, di - (pi * er - pr * ei) / whole];
}

/** One step of the QR iteration on rows first … last of t. */
function step(t: ComplexMatrix, q: ComplexMatrix, first: number, last: number, [sr, si]: readonly [number, number]): void {
  const { n, re, im } = t;
  const shift = (sign: 1 | -1): void => {
    for (let at = first * (n + 1); at <= last * (n + 1); at += n + 1) {
      (re[at] as number) += sign * sr;
      (im[at] as number) += sign * si;
    }
  };
  shift(-1);
  const turns: Rotation[] = [];
  for (let i = first; i < last; i++) turns.push(eliminate(t, i, i));
  turns.forEach((turn, k) => {
    rotateColumns(t, q, turn, first + k, first + k + 2);
  });
  shift(1);
}

/** Whether the entry left of the diagonal in this row is 0, beside those on it or beside `floor`; it is made so then. */
function deflates({ n, re, im }: ComplexMatrix, row: number, floor: number): boolean {
  const at = row * n + row - 1;
  const size = (k: number): number => Math.abs(re[k] as number) + Math.abs(im[k] as number);
  if (!(size(at) <= Math.max(floor, Number.EPSILON * (size((row - 1) * (n + 1)) + size(row * (n + 1)))))) return false;
  re[at] = 0;
  im[at] = 0;
  return true;
}

/**
 * The complex Schur form of a real matrix, by rotations to Hessenberg form and the QR iteration with Wilkinson's shift.
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 7.4 and 7.5.
 * @param data the entries, row-major, finite
 * @param n    the number of rows
 * @throws {RangeError} when the iteration does not end
 */
export function schur(who: string, data: ArrayLike<number>, n: number): Schur {
  const unit = unitNear(largestSize(data));
  const square = (re: Float64Array): ComplexMatrix => ({ n, re, im: new Float64Array(n * n) });
  const t = square(Float64Array.from(data, (entry) => entry / unit));
  const q = square(Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0)));
  toHessenberg(t, q);
  let steps = 0;
  for (let last = n - 1; last > 0; ) {
    // Among entries of very different size the iteration may not settle; then what is small beside the largest one is dropped.
    const floor = steps < 60 ? negligible : Number.EPSILON;
    let first = last;
    while (first > 0 && !deflates(t, first, floor)) first--;
    if (first === last) {
      last--;
      steps = 0;
      continue;
    }
    if (++steps > 300)
      throw new RangeError(`${who}: the eigenvalues of a matrix of ${n} rows were not found; scale it, or change its entries`);
    // Now and then another shift, in case the iteration goes round in circles.
    const corner = last * (n + 1);
    const shift = steps % 10 === 0 ? ([Math.abs(t.re[corner - 1] as number) + (t.re[corner] as number), 0] as const) : shiftAt(t, last);
    step(t, q, first, last, shift);
  }
  for (let at = 0; at < n * n; at++) {
    (t.re[at] as number) *= unit;
    (t.im[at] as number) *= unit;
  }
  return { t, q };
}
