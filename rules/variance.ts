import { type AnyArray, type Operand, optionsFor } from "../lib/core/index.js";
import { type NdArray, shown, sizeOf } from "../lib/nd/index.js";
import { div, mul, sub } from "./field.js";
import { arrayFor, type ReduceOptions, type Reduction, reducedBy, refuseEmpty } from "./reduce-options.js";
import { reductionRule } from "./reduction-rule.js";
import { share } from "./share.js";
import { foldSlices } from "./slices.js";
import { mean } from "./sums.js";

/** Over which axes, and how the squares are averaged. */
export interface SpreadOptions extends ReduceOptions {
  /** Degrees of freedom that are used up: squares are divided by n − ddof. 0 when absent; 1 estimates from a sample. */
  readonly ddof?: number | undefined;
}

const spreadNames = "axis, keepDims, ddof";

/** n − ddof, by which the squares are divided. */
function freedom(who: string, shape: readonly number[], options: SpreadOptions | undefined): number {
  const { axes } = reducedBy(who, shape, options, spreadNames);
  refuseEmpty(who, shape, axes);
  const { ddof = 0 } = optionsFor(who, options, spreadNames);
  if (typeof ddof !== "number") throw new TypeError(`${who}: ddof is ${shown(ddof)}; give a number`);
  const n = sizeOf(axes.map((axis) => shape[axis] as number));
  if (n - ddof > 0) return n - ddof;
  throw new RangeError(
    `${who}: ddof = ${ddof} leaves nothing of ${n} ${n === 1 ? "entry" : "entries"}; give a smaller one, or more entries`,
  );
}

/** The mean of squared distances from the mean, in two passes. */
function spreadOf(who: string, x: NdArray, options: SpreadOptions | undefined, finish: (variance: number) => number): number | NdArray {
  const count = freedom(who, arrayFor(who, x).shape, options);
  return foldSlices(
    who,
    x,
    options,
    (data, start, end) => {
      let total = 0;
      for (let at = start; at < end; at++) total += data[at] as number;
      const center = total / (end - start);
      let squares = 0;
      for (let at = start; at < end; at++) squares += ((data[at] as number) - center) ** 2;
      return finish(squares / count);
    },
    spreadNames,
  );
}

/** x − mean(x), over the axes reduced. */
function centered(x: AnyArray, options: SpreadOptions | undefined): Operand {
  return sub(x, mean(x, { axis: options?.axis, keepDims: true }));
}

/**
 * The variance over axes, Σ (x − m)² / (n − ddof), m the mean.
 *   ẏ = 2 / (n − ddof) Σ (x − m) ẋ       x̄ = 2 / (n − ddof) (x − m) ȳ
 * @throws {RangeError} when an axis is empty, does not exist or is named twice, or n − ddof is not positive
 */
export const variance: Reduction<SpreadOptions> = reductionRule(
  "variance",
  (x: NdArray, options?: SpreadOptions) => spreadOf("variance", x, options, (entry) => entry),
  (x, _, options) => mul(2 / freedom("variance", x.shape, options), centered(x, options)),
);

/**
 * The standard deviation over axes, the root of the variance. Where nothing differs from the mean, the slopes are 0.
 *   ẏ = Σ (x − m) ẋ / ((n − ddof) y)     x̄ = (x − m) ȳ / ((n − ddof) y)
 * @throws {RangeError} when an axis is empty, does not exist or is named twice, or n − ddof is not positive
 */
export const std: Reduction<SpreadOptions> = reductionRule(
  "std",
  (x: NdArray, options?: SpreadOptions) => spreadOf("std", x, options, Math.sqrt),
  (x, y, options) => div(share(centered(x, options), y), freedom("std", x.shape, options)),
);
