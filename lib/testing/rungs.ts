import { magnitude } from "./vectors.js";

/** What finite differences know at one step. */
export interface Rung {
  /** Half the distance of the two points. */
  readonly h: number;
  /** Where the two points lie. */
  readonly right: number;
  readonly left: number;
  readonly plus: Float64Array;
  readonly minus: Float64Array;
  /** The rounding of f, as a slope. */
  readonly noise: number;
  /** The central differences, and what they and those of the step before are extrapolated to. */
  readonly central: Float64Array;
  readonly extrapolated: Float64Array;
  /** The distance of that from the one before, rounding included: ∞ at the first two steps. */
  readonly error: Float64Array;
  /** The distance of the slopes on the two sides. */
  readonly gap: Float64Array;
}

/** f at t, and the t that was reached: where one number moves, its rounding is known. */
export type Probe = (t: number) => { readonly vector: Float64Array; readonly at: number };

/** The steps of finite differences, from large to small. */
export interface Ladder {
  readonly steps: readonly number[];
  /** How many of them, the first ones, are large against what moves: there f may throw, and has no value then. */
  readonly wide: number;
  /** The rounding of the arguments, in units of the steps. */
  readonly blur: number;
}

/**
 * The next rung: central differences, extrapolated with those of the step before to fourth order.
 * @param least the least size of what f adds up inside
 * Source: C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), 1982.
 */
export function rungAt(
  probe: Probe,
  y: Float64Array,
  h: number,
  before: Rung | undefined,
  { rounding, blur, least }: { readonly rounding: number; readonly blur: number; readonly least: number },
): Rung {
  const { vector: plus, at: right } = probe(h);
  const { vector: minus, at: left } = probe(-h);
  const half = (right - left) / 2;
  const noise = (2 * rounding * Math.max(least, magnitude(y), magnitude(plus), magnitude(minus))) / half;
  const aslant = Math.abs(right + left) / 2;
  const size = y.length;
  const central = new Float64Array(size);
  const extrapolated = new Float64Array(size);
  const error = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const gap = new Float64Array(size);
  const ratio = before === undefined ? 1 : (before.h / half) ** 2;
  for (let n = 0; n < size; n++) {
    const up = (plus[n] as number) - (y[n] as number);
    const down = (y[n] as number) - (minus[n] as number);
    const slope = (up + down) / (right - left);
    central[n] = slope;
    gap[n] = Math.abs(up / right + down / left);
    if (before === undefined) continue;
    const limit = (ratio * slope - (before.central[n] as number)) / (ratio - 1);
    extrapolated[n] = limit;
    const aside = Math.max(Math.abs(up), Math.abs(down)) / half;
    if (before.extrapolated === before.central) continue;
    error[n] = Math.abs(limit - (before.extrapolated[n] as number)) + noise + (blur * aside + aslant * (gap[n] as number)) / half;
  }
  return { h: half, right, left, plus, minus, noise, central, extrapolated: before === undefined ? central : extrapolated, error, gap };
}
