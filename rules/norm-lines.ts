import { strongProduct } from "../lib/core/index.js";
import type { LineKernel } from "../lib/nd/index.js";
import { dotAbout, type Fold, type FoldState, isSafe, scaledAbout, squaresAbout } from "./fold-lines.js";

/** The largest or smallest magnitude of a line; the first NaN beats all. */
interface Magnitude {
  size: number;
  place: number;
}

const found: Magnitude = { size: 0, place: 0 };

/** The result is good until the next call. */
function extremeMagnitude(largest: boolean, x: Float64Array, start: number, length: number): Magnitude {
  found.size = largest ? 0 : Number.POSITIVE_INFINITY;
  found.place = 0;
  const sign = largest ? 1 : -1;
  let best = sign * found.size;
  for (let k = 0; k < length; k++) {
    const size = sign * Math.abs(x[start + k] as number);
    if (size <= best) continue;
    best = size;
    found.place = k;
    if (Number.isNaN(size)) break;
  }
  found.size = Math.abs(best);
  return found;
}

/** |x|ᵖ; powers of small integers by products, which is some ten times faster. */
function raised(size: number, p: number): number {
  switch (p) {
    case 0.5:
      return Math.sqrt(size);
    case 1:
      return size;
    case 2:
      return size * size;
    case 3:
      return size * size * size;
    case 4:
      return size * size * (size * size);
    default:
      return size ** p;
  }
}

/** total^(1/p). The rounded exponent alone would cost large and small totals some digits; a step of Newton's method gives them back. */
function root(total: number, p: number): number {
  switch (p) {
    case 0.5:
      return total * total;
    case 3:
      return Math.cbrt(total);
    case 4:
      return Math.sqrt(Math.sqrt(total));
    default: {
      const y = total ** (1 / p);
      return y === 0 || total === 1 || !Number.isFinite(y) ? y : y * (1 - (y ** p / total - 1) / p);
    }
  }
}

/** Whether a sum of powers neither overflows nor loses digits of terms that count. */
function inRange(total: number): boolean {
  return (total > 1e-280 && total < Number.POSITIVE_INFINITY) || Number.isNaN(total);
}

/** (Σ |x|ᵖ)^(1/p), with the magnitudes taken relative to the one that counts most. */
function relativeNorm(p: number, x: Float64Array, start: number, length: number): number {
  const { size: unit } = extremeMagnitude(p > 0, x, start, length);
  if (!(unit > 0 && unit < Number.POSITIVE_INFINITY)) return unit;
  let total = 0;
  for (let k = start; k < start + length; k++) total += raised(Math.abs(x[k] as number) / unit, p);
  return unit * root(total, p);
}

/** √Σ x². Squares that leave the range of doubles are avoided where they would. */
const euclidean: LineKernel<FoldState> = ({ y }, count, length, first, x, start) => {
  for (let n = 0, at = start; n < count; n++, at += length) {
    const squares = squaresAbout(0, x, at, length);
    y[first + n] = inRange(squares) ? Math.sqrt(squares) : relativeNorm(2, x, at, length);
  }
};

const manhattan: LineKernel<FoldState> = ({ y }, count, length, first, x, start) => {
  for (let n = 0, at = start; n < count; n++, at += length) {
    let even = 0;
    let odd = 0;
    let k = at;
    const end = at + length;
    for (; k + 1 < end; k += 2) {
      even += Math.abs(x[k] as number);
      odd += Math.abs(x[k + 1] as number);
    }
    if (k < end) even += Math.abs(x[k] as number);
    y[first + n] = even + odd;
  }
};

/** `factor` is p. */
const powers: LineKernel<FoldState> = ({ y, factor: p }, count, length, first, x, start) => {
  for (let n = 0, at = start; n < count; n++, at += length) {
    let total = 0;
    for (let k = at; k < at + length; k++) total += raised(Math.abs(x[k] as number), p);
    y[first + n] = p > 0 && inRange(total) ? root(total, p) : relativeNorm(p, x, at, length);
  }
};

/** Notes the place of the entry that decides. */
const extremes: LineKernel<FoldState> = ({ y, aside, factor: p }, count, length, first, x, start) => {
  for (let n = 0, at = start; n < count; n++, at += length) {
    const { size, place } = extremeMagnitude(p > 0, x, at, length);
    y[first + n] = size;
    aside[first + n] = place;
  }
};

/** sign(x) (|x| / y)ᵖ⁻¹, 0 where x or y is. */
function slopeOf(p: number, entry: number, size: number): number {
  if (entry === 0 || size === 0) return 0;
  const r = entry / size;
  return p >= 2 ? r * raised(Math.abs(r), p - 2) : Math.sign(r) * raised(Math.abs(r), p - 1);
}

function slopesTimes(
  p: number,
  size: number,
  seed: number,
  x: Float64Array,
  start: number,
  out: Float64Array,
  to: number,
  length: number,
): void {
  for (let k = 0; k < length; k++) out[to + k] = strongProduct(slopeOf(p, x[start + k] as number, size), seed);
}

function alongSlopes(p: number, size: number, x: Float64Array, start: number, dx: Float64Array, dxStart: number, length: number): number {
  let total = 0;
  for (let k = 0; k < length; k++) total += strongProduct(slopeOf(p, x[start + k] as number, size), dx[dxStart + k] as number);
  return total;
}

const euclideanSpread: LineKernel<FoldState> = ({ y, t }, count, length, first, x, start, out, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const size = y[first + n] as number;
    const seed = t[first + n] as number;
    if (isSafe(seed / size)) scaledAbout(0, seed / size, x, start + at, out, to + at, length);
    else slopesTimes(2, size, seed, x, start + at, out, to + at, length);
  }
};

const euclideanAlong: LineKernel<FoldState> = ({ y, t }, count, length, first, x, start, dx, dxStart) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const size = y[first + n] as number;
    const total = dotAbout(0, x, start + at, dx, dxStart + at, length);
    t[first + n] = isSafe(total) && isSafe(size) ? total / size : alongSlopes(2, size, x, start + at, dx, dxStart + at, length);
  }
};

const powersSpread: LineKernel<FoldState> = ({ y, t, factor: p }, count, length, first, x, start, out, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length)
    slopesTimes(p, y[first + n] as number, t[first + n] as number, x, start + at, out, to + at, length);
};

const powersAlong: LineKernel<FoldState> = ({ y, t, factor: p }, count, length, first, x, start, dx, dxStart) => {
  for (let n = 0, at = 0; n < count; n++, at += length)
    t[first + n] = alongSlopes(p, y[first + n] as number, x, start + at, dx, dxStart + at, length);
};

/** x̄ = sign(x) ȳ. */
const signsSpread: LineKernel<FoldState> = ({ t }, count, length, first, x, start, out, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const seed = t[first + n] as number;
    for (let k = at; k < at + length; k++) out[to + k] = strongProduct(Math.sign(x[start + k] as number), seed);
  }
};

const signsAlong: LineKernel<FoldState> = ({ t }, count, length, first, x, start, dx, dxStart) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    let total = 0;
    for (let k = at; k < at + length; k++) total += strongProduct(Math.sign(x[start + k] as number), dx[dxStart + k] as number);
    t[first + n] = total;
  }
};

const extremesSpread: LineKernel<FoldState> = ({ t, aside }, count, length, first, x, start, out, to) => {
  out.fill(0, to, to + count * length);
  if (length === 0) return;
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const k = at + (aside[first + n] as number);
    out[to + k] = strongProduct(Math.sign(x[start + k] as number), t[first + n] as number);
  }
};

const extremesAlong: LineKernel<FoldState> = ({ t, aside }, count, length, first, x, start, dx, dxStart) => {
  if (length === 0) return;
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const k = at + (aside[first + n] as number);
    t[first + n] = strongProduct(Math.sign(x[start + k] as number), dx[dxStart + k] as number);
  }
};

const euclideanFold: Fold = { value: euclidean, spread: euclideanSpread, along: euclideanAlong };
const manhattanFold: Fold = { value: manhattan, spread: signsSpread, along: signsAlong };
const powersFold: Fold = { value: powers, spread: powersSpread, along: powersAlong };
const extremesFold: Fold = { value: extremes, spread: extremesSpread, along: extremesAlong };

/** The loops of the p-norm; they need p as their factor. */
export function normFold(p: number): Fold {
  if (p === 2) return euclideanFold;
  if (p === 1) return manhattanFold;
  return Number.isFinite(p) ? powersFold : extremesFold;
}
