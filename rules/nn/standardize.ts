import { type AnyArray, add, cast, type Operand, type Scalar, scale } from "../../lib/core/index.js";
import { extentsOf, type NdArray, overLines, reducedShape, rowMajor, zerosOf } from "../../lib/nd/index.js";
import { mul, reciprocal, square, sub } from "../elementwise/field.js";
import { sqrt } from "../elementwise/roots.js";
import { mean, sum } from "../reductions/sums.js";
import { centered as centeredAlong, variance } from "../reductions/variance.js";
import { fused } from "../support/fused.js";
import { linedNumbers } from "../support/lined-numbers.js";
import { Normal, normalizedLines, slopesOfLines } from "./normalized-lines.js";

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
  readonly eps: Scalar;
}

/** Slices of unit size, and the factors that brought them to it, with the axes kept. */
export type Standardized = readonly [xhat: AnyArray, r: AnyArray];

function standardizedSlices(x: NdArray, { axes, centered, eps }: Standard): readonly [xhat: NdArray, r: NdArray] {
  const { count } = extentsOf(x.shape, axes);
  const normal = new Normal(0, count, count, centered, eps as number);
  const xhat = zerosOf(x.shape);
  overLines(normalizedLines, normal, x.shape, axes, [x], [xhat]);
  return [xhat, rowMajor(normal.factors, reducedShape(x.shape, axes, true))];
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
    return [mul(centered ? centeredAlong(x, axes) : x, r), r];
  },
);

function slopesOfSlices(xhat: NdArray, r: NdArray, t: NdArray, { axes, centered }: Slices, share: number): NdArray {
  const out = zerosOf(xhat.shape);
  overLines(slopesOfLines, { centered, share, factors: linedNumbers(r) }, xhat.shape, axes, [xhat, t], [out]);
  return out;
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
