import { type AnyArray, add, cast, type Operand, scale } from "../lib/core/index.js";
import { isRowMajor, type NdArray, packed, reducedShape, rowMajor } from "../lib/nd/index.js";
import { mul, reciprocal, square, sub } from "./field.js";
import { fused } from "./fused.js";
import { standardizedChannels } from "./normalized-channels.js";
import { sqrt } from "./roots.js";
import { slicesOf } from "./slices.js";
import { mean, sum } from "./sums.js";
import { variance } from "./variance.js";

/** What is brought to unit size. */
export interface Slices {
  /** The axes that slices go over, counted from the front, in increasing order. */
  readonly axes: readonly number[];
  /** Whether their mean is taken away first. */
  readonly centered: boolean;
}

/** What is brought to unit variance. */
export interface Standard extends Slices {
  /** What is added to the mean of squares. */
  readonly eps: number;
}

/** Slices of unit size, and the factors that brought them to it, with the axes kept. */
export type Standardized = readonly [xhat: AnyArray, r: AnyArray];

/** The array of the shape of x with these slices, which lie one after another, over these axes. */
function unsliced(data: Float64Array, x: NdArray, axes: readonly number[]): NdArray {
  const order = [...x.shape.keys()].filter((k) => !axes.includes(k)).concat(axes);
  const laid = rowMajor(
    data,
    order.map((k) => x.shape[k] as number),
  ).transpose(...x.shape.map((_, k) => order.indexOf(k)));
  return isRowMajor(laid.shape, laid.stride) ? rowMajor(data, x.shape) : packed(laid);
}

/** Whether slices go over all axes but that of channels, the second one, of an array of shape [N, C, …]. */
export function overChannels(x: AnyArray, { axes, centered }: Slices): boolean {
  return centered && x.dimension > 1 && axes.length === x.dimension - 1 && !axes.includes(1);
}

function standardizedSlices(x: NdArray, standard: Standard): readonly [xhat: NdArray, r: NdArray] {
  const { axes, centered, eps } = standard;
  if (overChannels(x, standard)) return standardizedChannels(x, eps);
  const { data, start, count, length } = slicesOf(x, axes);
  const xhat = new Float64Array(count * length);
  const factors = new Float64Array(count);
  for (let n = 0, to = 0, from = start; n < count; n++, to += length, from += length) {
    let center = 0;
    if (centered) {
      for (let k = 0; k < length; k++) center += data[from + k] as number;
      center /= length;
    }
    let squares = 0;
    for (let k = 0; k < length; k++) {
      const apart = (data[from + k] as number) - center;
      xhat[to + k] = apart;
      squares += apart * apart;
    }
    const r = 1 / Math.sqrt(squares / length + eps);
    factors[n] = r;
    for (let k = 0; k < length; k++) (xhat[to + k] as number) *= r;
  }
  return [unsliced(xhat, x, axes), rowMajor(factors, reducedShape(x.shape, axes, true))];
}

/**
 * x̂ = r (x − m), r = 1 / √(mean (x − m)² + eps), m the mean, or 0 where nothing is centered. In double precision, whatever the kind of x:
 * what is rounded here would be left over where its slopes cancel.
 */
export const standardized: (x: AnyArray, standard: Standard) => Standardized = fused(
  standardizedSlices,
  (given: AnyArray, { axes, centered, eps }: Standard): Standardized => {
    const x = cast(given, "float64");
    const over = { axis: axes, keepDims: true } as const;
    const r = reciprocal(sqrt(add(centered ? variance(x, over) : mean(square(x), over), eps))) as AnyArray;
    return [mul(centered ? sub(x, mean(x, over)) : x, r), r];
  },
);

function slopesOfSlices(xhat: NdArray, r: NdArray, t: NdArray, { axes, centered }: Slices, share: number): NdArray {
  const [y, moved, factors] = [slicesOf(xhat, axes), slicesOf(t, axes), slicesOf(r, axes)];
  const [from, to] = [y.data, moved.data];
  const out = new Float64Array(y.count * y.length);
  for (let n = 0, at = 0, p = y.start, q = moved.start; n < y.count; n++, at += y.length, p += y.length, q += y.length) {
    const factor = factors.data[factors.start + n] as number;
    if (factor === 0) continue;
    let total = 0;
    let along = 0;
    for (let k = 0; k < y.length; k++) {
      total += to[q + k] as number;
      along += (from[p + k] as number) * (to[q + k] as number);
    }
    const center = centered ? total * share : 0;
    along *= share;
    for (let k = 0; k < y.length; k++) out[at + k] = factor * ((to[q + k] as number) - center - (from[p + k] as number) * along);
  }
  return unsliced(out, xhat, axes);
}

/**
 * r (t − mean t − x̂ mean(x̂ t)), without the mean of t where nothing is centered: how x̂ moves with x. It is its own transpose in t.
 * In double precision too. 0 where r is.
 * @param share what sums are multiplied by: 1 / n for means
 */
export const unitSlope: (xhat: AnyArray, r: AnyArray, t: AnyArray, slices: Slices, share: number) => AnyArray = fused(
  slopesOfSlices,
  (xhat: AnyArray, r: AnyArray, t: AnyArray, { axes, centered }: Slices, share: number): AnyArray => {
    const averaged = (x: Operand): AnyArray => mul(share, sum(x as AnyArray, { axis: axes, keepDims: true }));
    const apart = centered ? sub(t, averaged(t)) : t;
    return scale(r, sub(apart, scale(xhat, averaged(scale(xhat, t)))));
  },
);
