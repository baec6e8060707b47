import { type AnyArray, defineRule, NoTangent, optionsFor, scale } from "../lib/core/index.js";
import { type NdArray, normalizeAxis } from "../lib/nd/index.js";
import { sub } from "./field.js";
import { fused } from "./fused.js";
import { type Line, lineByLine, type Strand } from "./line-by-line.js";
import { arrayFor } from "./reduce-options.js";
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

/** The largest entry of a line, −∞ for none. NaN is left out: it comes back in with the exponentials. */
function largestOf({ data, at, step }: Strand, count: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0, from = at; k < count; k++, from += step) if ((data[from] as number) > largest) largest = data[from] as number;
  return largest;
}

const exponentials: Line = (out, x, _, count) => {
  const largest = largestOf(x, count);
  const { data: y, step: outStep } = out;
  const { data, step } = x;
  let total = 0;
  for (let k = 0, to = out.at, from = x.at; k < count; k++, to += outStep, from += step) {
    const e = Math.exp((data[from] as number) - largest);
    y[to] = e;
    total += e;
  }
  for (let k = 0, to = out.at; k < count; k++, to += outStep) y[to] = (y[to] as number) / total;
};

/** The largest entry stays outside of the sum: beside its 1 the others would lose their digits. */
const logarithms: Line = (out, x, _, count) => {
  const largest = largestOf(x, count);
  const { data: y, step: outStep } = out;
  const { data, step } = x;
  let first = true;
  let others = 0;
  for (let k = 0, to = out.at, from = x.at; k < count; k++, to += outStep, from += step) {
    const below = (data[from] as number) - largest;
    y[to] = below;
    if (below === 0 && first) first = false;
    else others += Math.exp(below);
  }
  const log = Math.log1p(others);
  for (let k = 0, to = out.at; k < count; k++, to += outStep) y[to] = (y[to] as number) - log;
};

/** Σ y t, in which a share of 0 counts nothing. */
function meanOf(y: Strand, t: Strand, count: number): number {
  let total = 0;
  for (let k = 0, p = y.at, q = t.at; k < count; k++, p += y.step, q += t.step)
    if (y.data[p] !== 0) total += (y.data[p] as number) * (t.data[q] as number);
  return total;
}

const shareSlopes: Line = (out, y, t, count) => {
  const mean = meanOf(y, t, count);
  for (let k = 0, to = out.at, p = y.at, q = t.at; k < count; k++, to += out.step, p += y.step, q += t.step)
    if (y.data[p] !== 0) out.data[to] = (y.data[p] as number) * ((t.data[q] as number) - mean);
};

const logSlopes: Line = (out, y, t, count) => {
  const mean = meanOf(y, t, count);
  for (let k = 0, to = out.at, q = t.at; k < count; k++, to += out.step, q += t.step) out.data[to] = (t.data[q] as number) - mean;
};

const logSlopesBack: Line = (out, y, t, count) => {
  let total = 0;
  for (let k = 0, q = t.at; k < count; k++, q += t.step) total += t.data[q] as number;
  for (let k = 0, to = out.at, p = y.at, q = t.at; k < count; k++, to += out.step, p += y.step, q += t.step)
    out.data[to] = (t.data[q] as number) - (y.data[p] === 0 ? 0 : (y.data[p] as number) * total);
};

/** A function of shares y, which add up to 1 along an axis, and a direction t. */
type Slopes = (y: AnyArray, t: AnyArray, axis: number) => AnyArray;

function slopes(line: Line, composed: Slopes): Slopes {
  return fused((y: NdArray, t: NdArray, axis: number) => lineByLine(line, y, t, axis), composed);
}

/** y (t − Σ y t): how shares move with what they are the shares of. It is its own transpose in t. */
export const shareSlope: Slopes = slopes(shareSlopes, (y, t, axis) =>
  scale(y, sub(t, sum(scale(y, t) as AnyArray, { axis, keepDims: true }))),
);

/** t − Σ y t. */
const logSlope: Slopes = slopes(logSlopes, (y, t, axis) => sub(t, sum(scale(y, t) as AnyArray, { axis, keepDims: true })));

/** t − y Σ t. */
const logSlopeBack: Slopes = slopes(logSlopesBack, (y, t, axis) => sub(t, scale(y, sum(t, { axis, keepDims: true }))));

function axisOf(who: string, x: AnyArray, options: SoftmaxOptions | undefined): number {
  const { axis = -1 } = optionsFor(who, options, "axis");
  return normalizeAxis(who, axis, x.dimension);
}

function along(who: string, line: Line, x: NdArray, options: SoftmaxOptions | undefined): NdArray {
  return lineByLine(line, arrayFor(who, x), x, axisOf(who, x, options));
}

/**
 * eˣ / Σ eˣ along an axis, without overflow. As in PyTorch, a line of −∞ alone, or one with ∞ in it, gives NaN.
 *   ẏ = y (ẋ − Σ y ẋ)            x̄ = y (ȳ − Σ y ȳ)
 * @throws {RangeError} when the axis does not exist
 * Source: J. S. Bridle, Probabilistic interpretation of feedforward classification network outputs (1990).
 */
export const softmax: Softmax = defineRule(
  (x: NdArray, options?: SoftmaxOptions) => along("softmax", exponentials, x, options),
  {
    frule: ([, dx]: readonly unknown[], x: AnyArray, options?: SoftmaxOptions) => {
      const y = softmax(x, options);
      return [y, shareSlope(y, dx as AnyArray, axisOf("softmax", x, options))];
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
  (x: NdArray, options?: SoftmaxOptions) => along("logSoftmax", logarithms, x, options),
  {
    frule: ([, dx]: readonly unknown[], x: AnyArray, options?: SoftmaxOptions) => [
      logSoftmax(x, options),
      logSlope(softmax(x, options), dx as AnyArray, axisOf("logSoftmax", x, options)),
    ],
    rrule: (x: AnyArray, options?: SoftmaxOptions) => [
      logSoftmax(x, options),
      function logSoftmaxPullback(ybar: AnyArray) {
        return [NoTangent, logSlopeBack(softmax(x, options), ybar, axisOf("logSoftmax", x, options))];
      },
    ],
  },
  { name: "logSoftmax" },
) as unknown as Softmax;
