import type { AnyArray, Plain } from "../../lib/core/index.js";
import { formatShape, type NdArray, numbersFor, refuseEmpty, sameShape } from "../../lib/nd/index.js";
import type { NormalizationOptions, Plan } from "./normalization-plan.js";
import { normalizationRule } from "./normalization-rule.js";

/** Over what `layerNorm` normalizes. */
export interface LayerNormOptions extends NormalizationOptions {
  /** The extents of the last axes, over which it goes together; that of the last one when absent. */
  readonly shape?: number | readonly number[] | undefined;
}

/** `layerNorm` and `batchNorm`; undefined where there is no weight or no bias. Traced arrays give a traced one. */
export interface Normalization<O extends NormalizationOptions = NormalizationOptions> {
  (x: NdArray, weight?: NdArray, bias?: NdArray, options?: Plain<O>): NdArray;
  (x: AnyArray, weight?: AnyArray, bias?: AnyArray, options?: O): AnyArray;
}

/** `rmsNorm`; undefined where there is no weight. Traced arrays give a traced one. */
export interface RmsNorm {
  (x: NdArray, weight?: NdArray, options?: Plain<NormalizationOptions>): NdArray;
  (x: AnyArray, weight?: AnyArray, options?: NormalizationOptions): AnyArray;
}

/** Slices over the last axes of an array of this shape, which must have these extents. */
function lastAxes(who: string, shape: readonly number[], own: readonly number[]): Pick<Plan, "axes" | "own" | "as"> {
  const first = shape.length - own.length;
  if (own.length === 0 || first < 0 || !sameShape(shape.slice(first), own))
    throw new RangeError(
      `${who}: shape = ${formatShape(own)} for an array of shape ${formatShape(shape)}; give the extents of its last axes`,
    );
  const axes = own.map((_, k) => first + k);
  refuseEmpty(who, shape, axes);
  return { axes, own, as: own };
}

/** The extent of the last axis. */
function lastExtent(who: string, shape: readonly number[]): readonly number[] {
  if (shape.length === 0) throw new RangeError(`${who}: x is an array without axes; give one with an axis or more`);
  return shape.slice(-1);
}

/**
 * Each slice over the last axes brought to mean 0 and variance 1, then weighted: y = x̂ · weight + bias, x̂ = r (x − m), m the mean,
 * r = 1 / √(mean (x − m)² + eps).
 *   x̂̇ = r (ẋ − mean ẋ − x̂ mean(x̂ ẋ)) − ½ r² x̂ ėps,  ẏ = x̂̇ weight + x̂ ẇeight + ḃias
 *   g = ȳ weight,  x̄ = r (g − mean g − x̂ mean(x̂ g)),  weight̅ = Σ ȳ x̂,  bias̅ = Σ ȳ,  eps̅ = −½ Σ r² x̂ g
 * @param x       shape [..., ...shape]
 * @param weight  the shape of the slices; undefined for 1
 * @param bias    the same; undefined for 0
 * @param options shape: the extents of the last axes; that of the last one when absent. eps: 1e-5 when absent; differentiable too
 * @throws {RangeError} when shape is not that of the last axes, these are empty, weight or bias has another one, or eps is negative
 * Source: Ba, Kiros and Hinton, Layer normalization (2016).
 */
export const layerNorm: Normalization<LayerNormOptions> = normalizationRule<LayerNormOptions>(
  "layerNorm",
  ["weight", "bias"],
  (shape, { shape: given = lastExtent("layerNorm", shape) }) => ({
    ...lastAxes("layerNorm", shape, numbersFor("layerNorm", "shape", given)),
    centered: true,
  }),
  "shape, eps",
);

/**
 * Each channel brought to mean 0 and variance 1 over the batch and all axes after the channels, then weighted, as `layerNorm` does with its
 * slices. The variance is Σ (x − m)² / n. There are no running averages: this is what is done in training.
 *   ẏ, x̄, weight̅, bias̅, eps̅    as for `layerNorm`, the sums and means over all axes but the channels'
 * @param x      shape [N, C, ...]
 * @param weight shape [C]; undefined for 1
 * @param bias   shape [C]; undefined for 0
 * @throws {RangeError} when x has no channels, another axis is empty, weight or bias has another shape, or eps is negative
 * Source: Ioffe and Szegedy, Batch normalization (2015).
 */
export const batchNorm: Normalization = normalizationRule("batchNorm", ["weight", "bias"], (shape) => {
  if (shape.length < 2) throw new RangeError(`batchNorm: x has shape ${formatShape(shape)}; an array of shape [N, C, ...] is needed`);
  const axes = [...shape.keys()].filter((axis) => axis !== 1);
  refuseEmpty("batchNorm", shape, axes);
  const channels = shape[1] as number;
  return { axes, centered: true, own: [channels], as: [channels, ...shape.slice(2).map(() => 1)] };
});

/**
 * Each slice along the last axis divided by the root of its mean square, then weighted: y = r x weight, r = 1 / √(mean x² + eps).
 *   x̂̇ = r (ẋ − x̂ mean(x̂ ẋ)) − ½ r² x̂ ėps,  ẏ = x̂̇ weight + x̂ ẇeight
 *   g = ȳ weight,  x̄ = r (g − x̂ mean(x̂ g)),  weight̅ = Σ ȳ x̂,  eps̅ = −½ Σ r² x̂ g,  with x̂ = r x
 * @param x       shape [..., n]
 * @param weight  shape [n]; undefined for 1
 * @param options eps: 1e-5 when absent, differentiable, as for `layerNorm`
 * @throws {RangeError} when the last axis is empty or missing, weight has another shape, or eps is negative
 * Source: Zhang and Sennrich, Root mean square layer normalization (2019).
 */
export const rmsNorm: RmsNorm = normalizationRule("rmsNorm", ["weight"], (shape) => ({
  ...lastAxes("rmsNorm", shape, lastExtent("rmsNorm", shape)),
  centered: false,
})) as RmsNorm;
