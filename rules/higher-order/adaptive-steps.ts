import { advanced, errorWeights, intervalOf, numbersOf, type Slope, stepped, timeAt } from "./dormand-prince.js";

/** What error a step may have. */
export interface Tolerances {
  /** Relative to the size of each entry of the state. */
  readonly rtol: number;
  /** Added to that. */
  readonly atol: number;
}

/** An integration on plain numbers. */
export interface Plan {
  /** The state at each time. */
  readonly states: readonly unknown[];
  /** For each interval between times, where its steps end, as fractions of it; the last one is 1. */
  readonly fractions: readonly (readonly number[])[];
}

const most = 100_000;

/** The root of the mean square of e relative to what is allowed where the state is y, then z; ∞ where it is no number. */
function sizeOf(e: Float64Array, y: Float64Array, z: Float64Array, { rtol, atol }: Tolerances): number {
  let squares = 0;
  for (let k = 0; k < e.length; k++) {
    const allowed = atol + rtol * Math.max(Math.abs(y[k] as number), Math.abs(z[k] as number));
    const part = (e[k] as number) / allowed;
    // An entry that is 0 without an error needs none.
    squares += e[k] === 0 ? 0 : part * part;
  }
  const size = Math.sqrt(squares / Math.max(1, e.length));
  return Number.isNaN(size) ? Number.POSITIVE_INFINITY : size;
}

/**
 * A first step whose error is about what is allowed.
 * Source: E. Hairer, S. P. Nørsett, G. Wanner, Solving Ordinary Differential Equations I, Springer (1993), section II.4.
 */
function firstStep(slope: Slope, y0: unknown, t0: number, first: unknown, tolerances: Tolerances): number {
  const y = numbersOf(y0);
  const f0 = numbersOf(first);
  const d0 = sizeOf(y, y, y, tolerances);
  const d1 = sizeOf(f0, y, y, tolerances);
  const h0 = d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : (0.01 * d0) / d1;
  const f1 = numbersOf(slope(advanced(y0, h0, [first], [1]), t0 + h0));
  const d2 =
    sizeOf(
      f1.map((entry, k) => entry - (f0[k] as number)),
      y,
      y,
      tolerances,
    ) / h0;
  const steepest = Math.max(d1, d2);
  const h1 = steepest <= 1e-15 ? Math.max(1e-6, 1e-3 * h0) : (0.01 / steepest) ** (1 / 5);
  return Math.min(100 * h0, Number.isFinite(h1) ? h1 : h0);
}

/**
 * The states at these times on plain numbers, with steps that the error of each decides. A step ends exactly at each time.
 * @throws {RangeError} when the slope is not finite at the start, steps become too small, or there are too many
 */
export function planned(who: string, slope: Slope, y0: unknown, ts: readonly number[], tolerances: Tolerances): Plan {
  const states = [y0];
  const fractions: number[][] = [];
  const [t0] = ts as [number];
  if (ts.length === 1) return { states, fractions };
  let y = y0;
  let first = slope(y0, t0);
  if (numbersOf([y0, first]).some((entry) => !Number.isFinite(entry)))
    throw new RangeError(`${who}: y0, or f there, is not finite; start where f is`);
  let h = firstStep(slope, y0, t0, first, tolerances);
  let count = 0;
  for (let k = 0; k + 1 < ts.length; k++) {
    const interval = intervalOf(ts[k] as number, ts[k + 1] as number);
    const span = interval.span as number;
    const ends: number[] = [];
    let from = 0;
    let rejected = false;
    while (from < 1) {
      const t = timeAt(interval, from) as number;
      const left = 1 - from;
      const wanted = h / span;
      // What would leave a small rest is shared with it.
      const to = wanted >= left ? 1 : from + (2 * wanted > left ? left / 2 : wanted);
      const length = (to - from) * span;
      if (to === from || (rejected && length <= 16 * Number.EPSILON * Math.abs(t))) {
        throw new RangeError(
          `${who}: steps become too small at t = ${t}: the solution ends there, or f is not smooth; integrate less far, or raise rtol and atol`,
        );
      }
      if (count++ === most) {
        throw new RangeError(
          `${who}: ${most} steps end at t = ${t}; the problem is stiff, or too long: integrate less far, or raise rtol and atol`,
        );
      }
      const { y: end, slopes } = stepped(slope, y, t, length, first);
      const ks = slopes.map(numbersOf);
      const before = numbersOf(y);
      const after = numbersOf(end);
      const error = sizeOf(
        before.map((_, n) => length * errorWeights.reduce((sum, weight, j) => sum + weight * ((ks[j] as Float64Array)[n] as number), 0)),
        before,
        after,
        tolerances,
      );
      const factor = error === 0 ? 10 : Math.min(rejected ? 1 : 10, Math.max(0.2, 0.9 * error ** (-1 / 5)));
      const accepted = error <= 1 && after.every(Number.isFinite) && (ks[6] as Float64Array).every(Number.isFinite);
      // A step that the end of its interval cut short says nothing against longer ones.
      h = accepted ? Math.max(length * factor, to === 1 ? h : 0) : length * Math.min(factor, 0.9);
      rejected = !accepted;
      if (!accepted) continue;
      y = end;
      first = slopes[6];
      from = to;
      ends.push(to);
    }
    states.push(y);
    fractions.push(ends);
  }
  return { states, fractions };
}
