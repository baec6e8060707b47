import { strongProduct } from "../../lib/core/index.js";
import type { LineKernel } from "../../lib/nd/index.js";
import { dotAbout, sumOf } from "../support/fold-lines.js";
import { largestIn } from "../support/softmax-lines.js";

/** What `crossEntropy` knows of its rows. The weight of a class is `main` times its own share of the label, and `base`. */
export interface CrossEntropy {
  /** The class of each row, where it has one. */
  readonly labels: Int32Array;
  readonly main: number;
  readonly base: number;
  /** The loss of each row. */
  readonly losses: Float64Array;
  /** Σ e^(x − max x) of each row: the terms over it are the shares. */
  readonly totals: Float64Array;
  /** Σ w of each row, where labels are probabilities. */
  readonly sums: Float64Array;
  /** ln Σ eˣ of each row, as the largest entry and what comes on top: logarithms of shares are (x − largest) − log. */
  readonly largest: Float64Array;
  readonly logs: Float64Array;
  /** ȳ of each row, or ẏ. */
  seeds: Float64Array;
}

/** Reads x; notes losses, and writes the terms of the shares where there is room for them. */
export const losses: LineKernel<CrossEntropy> = ({ labels, main, base, losses, totals }, count, length, first, x, start, terms, to) => {
  const keeping = terms.length > 0;
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const largest = largestIn(x, start + at, length);
    let apart = false;
    let others = 0;
    let below = 0;
    for (let k = at; k < at + length; k++) {
      const distance = (x[start + k] as number) - largest;
      const term = Math.exp(distance);
      if (keeping) terms[to + k] = term;
      // The largest term stays outside of the sum: beside its 1 the others would lose their digits.
      if (distance === 0 && !apart) apart = true;
      else others += term;
      below += distance;
    }
    const log = Math.log1p(others);
    totals[first + n] = 1 + others;
    const own = log - ((x[start + at + (labels[first + n] as number)] as number) - largest);
    losses[first + n] = strongProduct(main, own) + (base === 0 ? 0 : base * (length * log - below));
  }
};

/** As `losses`, reads x and the labels as probabilities. */
export const weightedLosses: LineKernel<CrossEntropy> = (state, count, length, first, x, start, shares, sharesStart, terms, to) => {
  const { main, base, losses, totals, sums, logs } = state;
  const keeping = terms.length > 0;
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const largest = largestIn(x, start + at, length);
    let apart = false;
    let others = 0;
    let below = 0;
    let sum = 0;
    for (let k = at; k < at + length; k++) {
      const distance = (x[start + k] as number) - largest;
      const term = Math.exp(distance);
      if (keeping) terms[to + k] = term;
      if (distance === 0 && !apart) apart = true;
      else others += term;
      const weight = main * (shares[sharesStart + k] as number) + base;
      sum += weight;
      if (weight !== 0 && distance !== 0) below += weight * distance;
    }
    const log = Math.log1p(others);
    totals[first + n] = 1 + others;
    sums[first + n] = sum;
    state.largest[first + n] = largest;
    logs[first + n] = log;
    losses[first + n] = (log === 0 ? 0 : log * sum) - below;
  }
};

/** Reads the terms; writes x̄ = (p − w) ȳ, p the shares. */
export const lossesBack: LineKernel<CrossEntropy> = (
  { labels, main, base, totals, seeds },
  count,
  length,
  first,
  terms,
  start,
  out,
  to,
) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const seed = seeds[first + n] as number;
    const total = totals[first + n] as number;
    const own = at + (labels[first + n] as number);
    if (seed !== 0 && Number.isFinite(seed)) {
      const c = seed / total;
      const spread = base * seed;
      for (let k = at; k < at + length; k++) out[to + k] = (terms[start + k] as number) * c - spread;
      out[to + own] = (terms[start + own] as number) * c - (main + base) * seed;
    } else {
      for (let k = at; k < at + length; k++)
        out[to + k] = strongProduct((terms[start + k] as number) / total - (k === own ? main + base : base), seed);
    }
  }
};

/** Reads the terms and the labels as probabilities; writes x̄ = (p Σ w − w) ȳ. */
export const weightedBack: LineKernel<CrossEntropy> = (state, count, length, first, terms, start, shares, sharesStart, out, to) => {
  const { main, base, totals, sums, seeds } = state;
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const seed = seeds[first + n] as number;
    const sum = sums[first + n] as number;
    const total = totals[first + n] as number;
    const c = (seed * sum) / total;
    const plainly = seed !== 0 && Number.isFinite(c);
    for (let k = at; k < at + length; k++) {
      const weight = main * (shares[sharesStart + k] as number) + base;
      const term = terms[start + k] as number;
      out[to + k] = plainly ? term * c - weight * seed : strongProduct((term / total) * sum - weight, seed);
    }
  }
};

/** Reads x; writes the cotangent of labels as probabilities, −log p · ȳ. */
export const labelsBack: LineKernel<CrossEntropy> = ({ main, largest, logs, seeds }, count, length, first, x, start, out, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const seed = strongProduct(main, seeds[first + n] as number);
    const log = logs[first + n] as number;
    const top = largest[first + n] as number;
    const plainly = seed !== 0 && Number.isFinite(seed);
    for (let k = at; k < at + length; k++) {
      const loss = log - ((x[start + k] as number) - top);
      out[to + k] = plainly ? loss * seed : strongProduct(loss, seed);
    }
  }
};

/** Reads the terms and ẋ; notes ẏ = Σ (p − w) ẋ. */
export const lossesForth: LineKernel<CrossEntropy> = (
  { labels, main, base, totals, seeds },
  count,
  length,
  first,
  terms,
  start,
  dx,
  dxStart,
) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const total = totals[first + n] as number;
    const own = labels[first + n] as number;
    const mean = dotAbout(0, terms, start + at, dx, dxStart + at, length) / total;
    const spread = base === 0 ? 0 : base * sumOf(dx, dxStart + at, length);
    let moved = mean - spread - main * (dx[dxStart + at + own] as number);
    if (!Number.isFinite(moved)) {
      moved = 0;
      for (let k = 0; k < length; k++)
        moved += strongProduct(
          (terms[start + at + k] as number) / total - (k === own ? main + base : base),
          dx[dxStart + at + k] as number,
        );
    }
    seeds[first + n] = moved;
  }
};

/** Reads the terms, the labels as probabilities and ẋ; notes ẏ = Σ (p Σ w − w) ẋ. */
export const weightedForth: LineKernel<CrossEntropy> = (state, count, length, first, terms, start, shares, sharesStart, dx, dxStart) => {
  const { main, base, totals, sums, seeds } = state;
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const ratio = (sums[first + n] as number) / (totals[first + n] as number);
    let moved = 0;
    for (let k = at; k < at + length; k++) {
      const weight = main * (shares[sharesStart + k] as number) + base;
      moved += strongProduct((terms[start + k] as number) * ratio - weight, dx[dxStart + k] as number);
    }
    seeds[first + n] = moved;
  }
};
