import { type AnyArray, strongProduct } from "../../lib/core/index.js";
import { type LineKernel, refuseEmpty, shown, sizeOf } from "../../lib/nd/index.js";
import { div, mul, sub } from "../elementwise/field.js";
import { share } from "../elementwise/share.js";
import { centerOf, dotAbout, type Fold, type FoldState, isSafe, scaledAbout, squaresAbout } from "../support/fold-lines.js";
import { type ReduceOptions, type Reduction, reducedBy } from "../support/reduce-options.js";
import { reductionRule } from "./reduction-rule.js";
import { mean } from "./sums.js";

/** Over which axes, and how the squares are averaged. */
export interface SpreadOptions extends ReduceOptions {
  /** Degrees of freedom that are used up: squares are divided by n − ddof. 0 when absent; 1 estimates from a sample. */
  readonly ddof?: number | undefined;
}

const spreadNames = "axis, keepDims, ddof";

/** n − ddof, by which the squares are divided. */
function freedom(who: string, shape: readonly number[], axes: readonly number[], options: SpreadOptions | undefined): number {
  refuseEmpty(who, shape, axes);
  const { ddof = 0 } = options ?? {};
  if (typeof ddof !== "number") throw new TypeError(`${who}: ddof is ${shown(ddof)}; give a number`);
  const n = sizeOf(axes.map((axis) => shape[axis] as number));
  if (n - ddof > 0) return n - ddof;
  throw new RangeError(
    `${who}: ddof = ${ddof} leaves nothing of ${n} ${n === 1 ? "entry" : "entries"}; give a smaller one, or more entries`,
  );
}

function freedomOf(who: string, x: AnyArray, options: SpreadOptions | undefined): number {
  return freedom(who, x.shape, reducedBy(who, x.shape, options, spreadNames).axes, options);
}

/** Variances, in two passes, and the means of lines aside. */
const variances: LineKernel<FoldState> = ({ y, aside, factor }, count, length, first, x, start) => {
  for (let n = 0, at = start; n < count; n++, at += length) {
    const center = centerOf(x, at, length);
    aside[first + n] = center;
    y[first + n] = squaresAbout(center, x, at, length) / factor;
  }
};

/** Their roots. */
const deviations: LineKernel<FoldState> = ({ y, aside, factor }, count, length, first, x, start) => {
  for (let n = 0, at = start; n < count; n++, at += length) {
    const center = centerOf(x, at, length);
    aside[first + n] = center;
    y[first + n] = Math.sqrt(squaresAbout(center, x, at, length) / factor);
  }
};

/** out = (x − center) / size · share · seed, one after another: for factors that do not bear to be put together. */
function slopesTimes(
  center: number,
  size: number,
  share: number,
  seed: number,
  x: Float64Array,
  start: number,
  out: Float64Array,
  to: number,
  length: number,
): void {
  for (let k = 0; k < length; k++) {
    const slope = size === 0 ? 0 : (((x[start + k] as number) - center) / size) * share;
    out[to + k] = strongProduct(slope, seed);
  }
}

/** Σ (x − center) / size · share · ẋ, in the same way. */
function alongSlopes(
  center: number,
  size: number,
  share: number,
  x: Float64Array,
  start: number,
  dx: Float64Array,
  dxStart: number,
  length: number,
): number {
  let total = 0;
  for (let k = 0; k < length; k++) {
    const slope = size === 0 ? 0 : (((x[start + k] as number) - center) / size) * share;
    total += strongProduct(slope, dx[dxStart + k] as number);
  }
  return total;
}

/** x̄ = 2 / (n − ddof) (x − m) ȳ. */
const varianceSpread: LineKernel<FoldState> = ({ t, aside, factor }, count, length, first, x, start, out, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const center = aside[first + n] as number;
    const seed = t[first + n] as number;
    const c = (2 / factor) * seed;
    if (isSafe(c)) scaledAbout(center, c, x, start + at, out, to + at, length);
    else slopesTimes(center, 1, 2 / factor, seed, x, start + at, out, to + at, length);
  }
};

const varianceAlong: LineKernel<FoldState> = ({ t, aside, factor }, count, length, first, x, start, dx, dxStart) => {
  for (let n = 0, at = 0; n < count; n++, at += length)
    t[first + n] = (2 / factor) * dotAbout(aside[first + n] as number, x, start + at, dx, dxStart + at, length);
};

/** x̄ = (x − m) ȳ / ((n − ddof) y), 0 where y is. */
const deviationSpread: LineKernel<FoldState> = ({ t, y, aside, factor }, count, length, first, x, start, out, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const center = aside[first + n] as number;
    const deviation = y[first + n] as number;
    const seed = t[first + n] as number;
    const c = seed / deviation / factor;
    if (isSafe(c) && isSafe(deviation)) scaledAbout(center, c, x, start + at, out, to + at, length);
    else slopesTimes(center, deviation, 1 / factor, seed, x, start + at, out, to + at, length);
  }
};

const deviationAlong: LineKernel<FoldState> = ({ t, y, aside, factor }, count, length, first, x, start, dx, dxStart) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const center = aside[first + n] as number;
    const deviation = y[first + n] as number;
    const total = dotAbout(center, x, start + at, dx, dxStart + at, length);
    t[first + n] =
      isSafe(total) && isSafe(deviation)
        ? total / deviation / factor
        : alongSlopes(center, deviation, 1 / factor, x, start + at, dx, dxStart + at, length);
  }
};

const varianceFold: Fold = { value: variances, spread: varianceSpread, along: varianceAlong };
const deviationFold: Fold = { value: deviations, spread: deviationSpread, along: deviationAlong };

/** x − mean(x), over these axes. Centred twice: what rounding leaves of equal entries is equal too, and goes. */
export function centered(x: AnyArray, axis: ReduceOptions["axis"]): AnyArray {
  const over = { axis, keepDims: true } as const;
  const once = sub(x, mean(x, over));
  return sub(once, mean(once, over));
}

/**
 * The variance over axes, Σ (x − m)² / (n − ddof), m the mean.
 *   ẏ = 2 / (n − ddof) Σ (x − m) ẋ       x̄ = 2 / (n − ddof) (x − m) ȳ
 * @throws {RangeError} when an axis is empty, does not exist or is named twice, or n − ddof is not positive
 */
export const variance: Reduction<SpreadOptions> = reductionRule(
  "variance",
  (x, reduced, options) => ({ fold: varianceFold, factor: freedom("variance", x.shape, reduced.axes, options) }),
  (x, _, options) => mul(2 / freedomOf("variance", x, options), centered(x, options?.axis)),
  spreadNames,
);

/**
 * The standard deviation over axes, the root of the variance. Where nothing differs from the mean, the slopes are 0.
 *   ẏ = Σ (x − m) ẋ / ((n − ddof) y)     x̄ = (x − m) ȳ / ((n − ddof) y)
 * @throws {RangeError} when an axis is empty, does not exist or is named twice, or n − ddof is not positive
 */
export const std: Reduction<SpreadOptions> = reductionRule(
  "std",
  (x, reduced, options) => ({ fold: deviationFold, factor: freedom("std", x.shape, reduced.axes, options) }),
  (x, y, options) => div(share(centered(x, options?.axis), y), freedomOf("std", x, options)),
  spreadNames,
);
