import { magnitude } from "./vectors.js";

/** Derivatives of some numbers by finite differences. */
export interface Differences {
  readonly values: Float64Array;
  /** How far each may be off, by its own estimate; at a kink half the distance of the slopes on its two sides; ∞ where there is none. */
  readonly errors: Float64Array;
  /** How far from each another derivative may be: ten times the estimate; at a kink as far as the slopes on its two sides. */
  readonly slack: Float64Array;
  /** How many of them stand at a kink or a jump: there the values are the mean of the slopes on both sides. */
  readonly kinks: number;
  /** How many are too rough to decide anything: not at a kink, and off by more than a hundredth of what matters. */
  readonly rough: number;
}

/** The most steps that are tried, and the fewest; each is a quarter of the one before. */
const MOST = 16;
const FEWEST = 4;
const SHRINK = 4;

/**
 * The derivative at 0 of t ↦ f(t), whose results are lists of numbers, from values of f alone. Central differences at each two neighbouring
 * steps are extrapolated to fourth order; of these, for each number, the one is taken that is nearest to the one before, rounding included:
 * a choice made without looking at any other derivative. The slopes on both sides are compared: where their distance does not fall with the
 * step, there is a kink.
 * Source: C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), 1982.
 * @param y     f(0)
 * @param first the largest step
 * @param rounding the relative rounding of f
 */
export function differences(f: (t: number) => Float64Array, y: Float64Array, first: number, rounding: number): Differences {
  const size = y.length;
  const values = new Float64Array(size).fill(Number.NaN);
  const errors = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const slopes = new Float64Array(size);
  const gaps = new Float64Array(size);
  const gapsBefore = new Float64Array(size);
  const settledNoise = new Float64Array(size);
  let central = new Float64Array(size);
  let extrapolated = new Float64Array(size);
  let gap = new Float64Array(size);
  let lastNoise = 0;
  let nearby = magnitude(y);
  const argumentRounding = 1000 * first * rounding; // the largest step is a thousandth of what moves
  const noiseAt = 2 * rounding * magnitude(y);

  for (let k = 0, h = first; k < MOST; k++, h /= SHRINK) {
    const plus = f(h);
    const minus = f(-h);
    if (k === 0) nearby = Math.max(nearby, magnitude(plus), magnitude(minus));
    const noise = noiseAt / h;
    lastNoise = noise;
    const before = { central, extrapolated, gap };
    central = new Float64Array(size);
    extrapolated = new Float64Array(size);
    gap = new Float64Array(size);
    let unsettled = false;
    const enough = 1e-9 * magnitude(values);
    for (let n = 0; n < size; n++) {
      const p = plus[n] as number;
      const q = minus[n] as number;
      const slope = (p - q) / (2 * h);
      central[n] = slope;
      gap[n] = Math.abs(p - (y[n] as number) - ((y[n] as number) - q)) / h;
      if (k === 0) continue;
      extrapolated[n] = (SHRINK * SHRINK * slope - (before.central[n] as number)) / (SHRINK * SHRINK - 1);
      if (k === 1) continue;
      const aside = Math.max(Math.abs(p - (y[n] as number)), Math.abs((y[n] as number) - q)) / h;
      const error = Math.abs((extrapolated[n] as number) - (before.extrapolated[n] as number)) + noise + (argumentRounding / h) * aside;
      if (error < (errors[n] as number)) {
        errors[n] = error;
        values[n] = extrapolated[n] as number;
        slopes[n] = slope;
        gaps[n] = gap[n] as number;
        gapsBefore[n] = before.gap[n] as number;
        settledNoise[n] = noise;
      }
      unsettled ||= !((errors[n] as number) <= enough);
    }
    if (k + 1 >= FEWEST && !unsettled) break;
  }

  let kinks = 0;
  let rough = 0;
  const slack = new Float64Array(size);
  const scale = Math.max(magnitude(values), nearby / (1000 * first));
  for (let n = 0; n < size; n++) {
    const now = gaps[n] as number;
    const before = gapsBefore[n] as number;
    const error = errors[n] as number;
    const last = Math.abs(central[n] as number);
    const known = Math.abs(values[n] as number);
    if (now > 1000 * (settledNoise[n] as number) && now >= 0.6 * before) {
      kinks++;
      values[n] = slopes[n] as number;
      errors[n] = 0.5 * now;
      slack[n] = 0.5 * now + Math.abs(now - before) + (settledNoise[n] as number);
    } else if (error > 0.1 * known && last > 3 * known && last > 10 * lastNoise) {
      values[n] = Number.NaN; // the slopes grow without end
      errors[n] = Number.POSITIVE_INFINITY;
      slack[n] = Number.POSITIVE_INFINITY;
    } else {
      slack[n] = 10 * error;
      if (error > 0.01 * scale && error < Number.POSITIVE_INFINITY) rough++;
    }
  }
  return { values, errors, slack, kinks, rough };
}
