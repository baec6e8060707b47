import { type AnyArray, defineRule, NoTangent, optionsFor, scale } from "../../lib/core/index.js";
import { resultLike } from "../../lib/nd/float-array.js";
import { type NdArray, normalizeAxis, overLines } from "../../lib/nd/index.js";
import { sub } from "../elementwise/field.js";
import { sum } from "../reductions/sums.js";
import { isPlain } from "../support/fused.js";
import { lineByLine, twoLineByLine } from "../support/line-by-line.js";
import { arrayFor } from "../support/reduce-options.js";
import { logSlopesBack, logsAndShares, movingLogs, movingShares, shareSlopes, sharesOf } from "../support/softmax-lines.js";

/** Along which axis. */
export interface SoftmaxOptions {
  /** The last one when absent; negative ones count from the end. */
  readonly axis?: number | undefined;
}

/** `softmax` and `logSoftmax`: traced arrays give traced ones. */
export interface Softmax {
  (x: NdArray, options?: SoftmaxOptions): NdArray;
  (x: AnyArray, options?: SoftmaxOptions): AnyArray;
}

/** A function of shares y, which add up to 1 along an axis, and a direction t; in differentiable functions. */
type Slopes = (y: AnyArray, t: AnyArray, axis: number) => AnyArray;

/** y (t − Σ y t): how shares move with what they are the shares of. It is its own transpose in t. */
export const shareSlope: Slopes = (y, t, axis) =>
  isPlain(y, t)
    ? (lineByLine(shareSlopes, undefined, t as NdArray, axis, [y as NdArray, t as NdArray]) as AnyArray)
    : (scale(y, sub(t, sum(scale(y, t) as AnyArray, { axis, keepDims: true }))) as AnyArray);

/** t − Σ y t. */
const logSlope: Slopes = (y, t, axis) => sub(t, sum(scale(y, t) as AnyArray, { axis, keepDims: true })) as AnyArray;

/** t − y Σ t. */
const logSlopeBack: Slopes = (y, t, axis) => sub(t, scale(y, sum(t, { axis, keepDims: true }))) as AnyArray;

function axisOf(who: string, x: AnyArray | NdArray, options: SoftmaxOptions | undefined): number {
  const { axis = -1 } = optionsFor(who, options, "axis");
  return normalizeAxis(who, axis, arrayFor(who, x as NdArray).dimension);
}

/**
 * eˣ / Σ eˣ along an axis, without overflow. As in PyTorch, a line of −∞ alone, or one with ∞ in it, gives NaN.
 *   ẏ = y (ẋ − Σ y ẋ)            x̄ = y (ȳ − Σ y ȳ)
 * @throws {RangeError} when the axis does not exist
 * Source: J. S. Bridle, Probabilistic interpretation of feedforward classification network outputs (1990).
 */
export const softmax: Softmax = defineRule(
  (x: NdArray, options?: SoftmaxOptions) => lineByLine(sharesOf, undefined, x, axisOf("softmax", x, options)),
  {
    frule: ([, dx]: readonly unknown[], x: AnyArray, options?: SoftmaxOptions) => {
      const axis = axisOf("softmax", x, options);
      if (isPlain(x, dx)) return twoLineByLine(movingShares, undefined, x as NdArray, axis, [x as NdArray, dx as NdArray]);
      const y = softmax(x, options);
      return [y, shareSlope(y, dx as AnyArray, axis)];
    },
    rrule: (x: AnyArray, options?: SoftmaxOptions) => {
      const y = softmax(x, options);
      return [
        y,
        function softmaxPullback(ybar: AnyArray) {
          return [NoTangent, shareSlope(y, ybar, axisOf("softmax", x, options))];
        },
      ];
    },
  },
  { name: "softmax", still: [1], fresh: true },
);

/**
 * ln(eˣ / Σ eˣ) along an axis, without overflow, and with all digits where a share is nearly 1.
 *   ẏ = ẋ − Σ s ẋ                x̄ = ȳ − s Σ ȳ,  s = softmax(x)
 * @throws {RangeError} when the axis does not exist
 * Source: P. Blanchard, D. J. Higham and N. J. Higham, Accurately computing the log-sum-exp and softmax functions (2021).
 */
export const logSoftmax: Softmax = defineRule(
  (x: NdArray, options?: SoftmaxOptions) => lineByLine(logsAndShares, undefined, x, axisOf("logSoftmax", x, options)),
  {
    frule: ([, dx]: readonly unknown[], x: AnyArray, options?: SoftmaxOptions) => {
      const axis = axisOf("logSoftmax", x, options);
      if (isPlain(x, dx)) return twoLineByLine(movingLogs, undefined, x as NdArray, axis, [x as NdArray, dx as NdArray]);
      return [logSoftmax(x, options), logSlope(softmax(x, options), dx as AnyArray, axis)];
    },
    rrule: (x: AnyArray, options?: SoftmaxOptions) => {
      const axis = axisOf("logSoftmax", x, options);
      const plain = isPlain(x);
      const y = plain ? resultLike(x as NdArray) : logSoftmax(x, options);
      // One exponential an entry serves y and its slopes.
      const shares = new Float64Array(plain ? x.size : 0);
      if (plain) overLines(logsAndShares, undefined, x.shape, [axis], [x as NdArray], [y as NdArray, shares]);
      return [
        y,
        function logSoftmaxPullback(ybar: AnyArray) {
          return [
            NoTangent,
            plain && isPlain(ybar)
              ? lineByLine(logSlopesBack, undefined, ybar as NdArray, axis, [shares, ybar as NdArray])
              : logSlopeBack(softmax(x, options), ybar, axis),
          ];
        },
      ];
    },
  },
  { name: "logSoftmax", still: [1], fresh: true },
);
