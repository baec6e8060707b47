import { strongProduct } from "../../lib/core/index.js";
import type { LineKernel } from "../../lib/nd/index.js";
import { dotAbout, sumOf } from "./fold-lines.js";

// Loops over lines for `softmax`, `logSoftmax` and what is built on them. NaN is left out of the search for the largest entry of a line:
// it comes back in with the exponentials. Shares of 0 count nothing, whatever they meet, and nor do shares of what does not move.

/** The largest of `length` entries, −∞ for none. */
export function largestIn(x: Float64Array, start: number, length: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let p = start, end = start + length; p < end; p++) if ((x[p] as number) > largest) largest = x[p] as number;
  return largest;
}

/** y = eˣ / Σ eˣ. */
export const sharesOf: LineKernel<undefined> = (_, count, length, _first, x, xStart, y, yStart) => {
  for (let n = 0, at = xStart, to = yStart; n < count; n++, at += length, to += length) {
    const largest = largestIn(x, at, length);
    let total = 0;
    for (let k = 0; k < length; k++) {
      const e = Math.exp((x[at + k] as number) - largest);
      y[to + k] = e;
      total += e;
    }
    for (let q = to, end = to + length; q < end; q++) (y[q] as number) /= total;
  }
};

/** y = eˣ / Σ eˣ and ẏ = y (ẋ − Σ y ẋ). */
export const movingShares: LineKernel<undefined> = (_, count, length, _first, x, xStart, dx, dxStart, y, yStart, dy, dyStart) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const p = xStart + at;
    const s = dxStart + at;
    const q = yStart + at;
    const t = dyStart + at;
    const largest = largestIn(x, p, length);
    let total = 0;
    let along = 0;
    for (let k = 0; k < length; k++) {
      const e = Math.exp((x[p + k] as number) - largest);
      y[q + k] = e;
      total += e;
      along += strongProduct(e, dx[s + k] as number);
    }
    const mean = along === 0 ? 0 : along / total;
    for (let k = 0; k < length; k++) {
      const share = (y[q + k] as number) / total;
      y[q + k] = share;
      dy[t + k] = strongProduct(share, (dx[s + k] as number) - mean);
    }
  }
};

/** y (t − Σ y t), of shares y. */
export const shareSlopes: LineKernel<undefined> = (_, count, length, _first, y, yStart, t, tStart, out, outStart) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const p = yStart + at;
    const q = tStart + at;
    const to = outStart + at;
    const mean = dotAbout(0, y, p, t, q, length);
    for (let k = 0; k < length; k++) out[to + k] = strongProduct(y[p + k] as number, (t[q + k] as number) - mean);
  }
};

/** t − y Σ t, of shares y. */
export const logSlopesBack: LineKernel<undefined> = (_, count, length, _first, y, yStart, t, tStart, out, outStart) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const p = yStart + at;
    const q = tStart + at;
    const to = outStart + at;
    const total = sumOf(t, q, length);
    for (let k = 0; k < length; k++) out[to + k] = (t[q + k] as number) - strongProduct(y[p + k] as number, total);
  }
};

/**
 * y = ln(eˣ / Σ eˣ), and the shares of which these are the logarithms where there is room for them. The largest entry stays outside of the sum:
 * beside its 1 the others would lose their digits.
 */
export const logsAndShares: LineKernel<undefined> = (_, count, length, _first, x, xStart, y, yStart, shares, sharesStart) => {
  const keeping = shares.length > 0;
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const p = xStart + at;
    const q = yStart + at;
    const s = sharesStart + at;
    const largest = largestIn(x, p, length);
    let first = true;
    let others = 0;
    for (let k = 0; k < length; k++) {
      const below = (x[p + k] as number) - largest;
      const e = Math.exp(below);
      y[q + k] = below;
      if (keeping) shares[s + k] = e;
      if (below === 0 && first) first = false;
      else others += e;
    }
    const log = Math.log1p(others);
    const total = 1 + others;
    for (let k = 0; k < length; k++) {
      (y[q + k] as number) -= log;
      if (keeping) (shares[s + k] as number) /= total;
    }
  }
};

/** y = ln(eˣ / Σ eˣ) and ẏ = ẋ − Σ s ẋ, s the shares. */
export const movingLogs: LineKernel<undefined> = (_, count, length, _first, x, xStart, dx, dxStart, y, yStart, dy, dyStart) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const p = xStart + at;
    const s = dxStart + at;
    const q = yStart + at;
    const t = dyStart + at;
    const largest = largestIn(x, p, length);
    let first = true;
    let others = 0;
    let along = 0;
    for (let k = 0; k < length; k++) {
      const below = (x[p + k] as number) - largest;
      const e = Math.exp(below);
      y[q + k] = below;
      if (below === 0 && first) first = false;
      else others += e;
      along += strongProduct(e, dx[s + k] as number);
    }
    const log = Math.log1p(others);
    const mean = along === 0 ? 0 : along / (1 + others);
    for (let k = 0; k < length; k++) {
      (y[q + k] as number) -= log;
      dy[t + k] = (dx[s + k] as number) - mean;
    }
  }
};
