import { type AnyArray, defineRule, NoTangent, optionsFor, scale } from "../lib/core/index.js";
import { resultLike } from "../lib/nd/float-array.js";
import { type LineKernel, type NdArray, normalizeAxis, overLines } from "../lib/nd/index.js";
import { sub } from "./field.js";
import { isPlain } from "./fused.js";
import { arrayFor } from "./reduce-options.js";
import { logSlopesBack, logsAndShares, logsOf, movingLogs, movingShares, shareSlopes, sharesOf } from "./softmax-lines.js";
import { sum } from "./sums.js";

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

/** One array from two, line by line. */
function ofTwo(kernel: LineKernel<undefined>, y: NdArray | Float64Array, t: NdArray, axis: number): AnyArray {
  const out = resultLike(t);
  overLines(kernel, undefined, t.shape, [axis], [y, t], [out]);
  return out as AnyArray;
}

/** y (t − Σ y t): how shares move with what they are the shares of. It is its own transpose in t. */
export const shareSlope: Slopes = (y, t, axis) =>
  isPlain(y, t)
    ? ofTwo(shareSlopes, y as NdArray, t as NdArray, axis)
    : (scale(y, sub(t, sum(scale(y, t) as AnyArray, { axis, keepDims: true }))) as AnyArray);

/** t − Σ y t. */
const logSlope: Slopes = (y, t, axis) => sub(t, sum(scale(y, t) as AnyArray, { axis, keepDims: true })) as AnyArray;

/** t − y Σ t. */
const logSlopeBack: Slopes = (y, t, axis) => sub(t, scale(y, sum(t, { axis, keepDims: true }))) as AnyArray;

function axisOf(who: string, x: AnyArray | NdArray, options: SoftmaxOptions | undefined): number {
  const { axis = -1 } = optionsFor(who, options, "axis");
  return normalizeAxis(who, axis, arrayFor(who, x as NdArray).dimension);
}

function along(who: string, kernel: LineKernel<undefined>, x: NdArray, options: SoftmaxOptions | undefined): NdArray {
  const axis = axisOf(who, x, options);
  const y = resultLike(x);
  overLines(kernel, undefined, x.shape, [axis], [x], [y]);
  return y;
}

/** y and ẏ of plain arrays in one loop. */
function moving(kernel: LineKernel<undefined>, x: NdArray, dx: NdArray, axis: number): readonly [y: NdArray, dy: NdArray] {
  const [y, dy] = [resultLike(x), resultLike(x)];
  overLines(kernel, undefined, x.shape, [axis], [x, dx], [y, dy]);
  return [y, dy];
}

/**
 * eˣ / Σ eˣ along an axis, without overflow. As in PyTorch, a line of −∞ alone, or one with ∞ in it, gives NaN.
 *   ẏ = y (ẋ − Σ y ẋ)            x̄ = y (ȳ − Σ y ȳ)
 * @throws {RangeError} when the axis does not exist
 * Source: J. S. Bridle, Probabilistic interpretation of feedforward classification network outputs (1990).
 */
export const softmax: Softmax = defineRule(
  (x: NdArray, options?: SoftmaxOptions) => along("softmax", sharesOf, x, options),
  {
    frule: ([, dx]: readonly unknown[], x: AnyArray, options?: SoftmaxOptions) => {
      const axis = axisOf("softmax", x, options);
      if (isPlain(x, dx)) return moving(movingShares, x as NdArray, dx as NdArray, axis);
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
  { name: "softmax" },
) as unknown as Softmax;

/**
 * ln(eˣ / Σ eˣ) along an axis, without overflow, and with all digits where a share is nearly 1.
 *   ẏ = ẋ − Σ s ẋ                x̄ = ȳ − s Σ ȳ,  s = softmax(x)
 * @throws {RangeError} when the axis does not exist
 * Source: P. Blanchard, D. J. Higham and N. J. Higham, Accurately computing the log-sum-exp and softmax functions (2021).
 */
export const logSoftmax: Softmax = defineRule(
  (x: NdArray, options?: SoftmaxOptions) => along("logSoftmax", logsOf, x, options),
  {
    frule: ([, dx]: readonly unknown[], x: AnyArray, options?: SoftmaxOptions) => {
      const axis = axisOf("logSoftmax", x, options);
      if (isPlain(x, dx)) return moving(movingLogs, x as NdArray, dx as NdArray, axis);
      return [logSoftmax(x, options), logSlope(softmax(x, options), dx as AnyArray, axis)];
    },
    rrule: (x: AnyArray, options?: SoftmaxOptions) => {
      const axis = axisOf("logSoftmax", x, options);
      if (!isPlain(x)) {
        return [
          logSoftmax(x, options),
          function logSoftmaxPullback(ybar: AnyArray) {
            return [NoTangent, logSlopeBack(softmax(x, options), ybar, axis)];
          },
        ];
      }
      // One exponential an entry serves y and its slopes.
      const [y, shares] = [resultLike(x as NdArray), new Float64Array(x.size)];
      overLines(logsAndShares, undefined, x.shape, [axis], [x as NdArray], [y, shares]);
      return [
        y,
        function logSoftmaxPullback(ybar: AnyArray) {
          return [
            NoTangent,
            isPlain(ybar) ? ofTwo(logSlopesBack, shares, ybar as NdArray, axis) : logSlopeBack(softmax(x, options), ybar, axis),
          ];
        },
      ];
    },
  },
  { name: "logSoftmax" },
) as unknown as Softmax;
