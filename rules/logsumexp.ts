import { type AnyArray, type Binary, defineRule, NoTangent, type Operand, primal, scalarRule, scale } from "../lib/core/index.js";
import type { NdArray } from "../lib/nd/index.js";
import { accumulated, alongAxis, type Cumulative } from "./cumulative.js";
import { neg } from "./field.js";
import type { AxisOptions } from "./joining.js";
import { recurrence, recurrenceBack, shifted } from "./recurrence.js";
import type { ReduceOptions, Reduction } from "./reduce-options.js";
import { reductionRule } from "./reduction-rule.js";
import { share } from "./share.js";
import { type Fold, foldSlices } from "./slices.js";
import { sum } from "./sums.js";

/**
 * The weight of a term in a sum of exponentials, eˣ⁻ʸ with y the logarithm of the sum; 0 for x = −∞, whatever the sum.
 *   ẇ = w (ẋ − ẏ)                x̄ = w w̄,  ȳ = −w w̄
 */
const weightIn: Binary = scalarRule(
  (x: number, y: number): number => (x === Number.NEGATIVE_INFINITY ? 0 : x === y ? 1 : Math.exp(x - y)),
  (w) => [w, neg(w)],
  { name: "weightIn" },
);

/** The largest entry, −∞ for none; NaN where there is one. */
const greatest: Fold = (data, start, end) => {
  let largest = Number.NEGATIVE_INFINITY;
  for (let at = start; at < end; at++) {
    const entry = data[at] as number;
    if (Number.isNaN(entry)) return entry;
    if (entry > largest) largest = entry;
  }
  return largest;
};

/** log Σ eˣ relative to the largest entry. */
const logOfSum: Fold = (data, start, end) => {
  const largest = greatest(data, start, end);
  if (!Number.isFinite(largest)) return largest;
  let total = 0;
  for (let at = start; at < end; at++) total += Math.exp((data[at] as number) - largest);
  return largest + Math.log(total);
};

/** eˣ / Σ eˣ over axes, relative to the largest entry, so that no digit is lost; 0 when all entries are −∞. */
function shares(x: AnyArray, options: ReduceOptions | undefined): Operand {
  const { axis } = options ?? {};
  const largest = foldSlices("logsumexp", primal(x) as NdArray, { axis, keepDims: true }, greatest);
  const terms = weightIn(x, largest) as AnyArray;
  return share(terms, sum(terms, { axis, keepDims: true }));
}

/**
 * log Σ eˣ over axes, without overflow; −∞ when there are no entries or all are −∞, and the slopes are 0 then.
 *   ẏ = Σ w ẋ                    x̄ = w ȳ,  w = eˣ / Σ eˣ
 * @throws {RangeError} when an axis does not exist or is named twice
 * Source: P. Blanchard, D. J. Higham and N. J. Higham, Accurately computing the log-sum-exp and softmax functions (2021).
 */
export const logsumexp: Reduction = reductionRule(
  "logsumexp",
  (x: NdArray, options?: ReduceOptions) => foldSlices("logsumexp", x, options, logOfSum),
  (x, _, options) => shares(x, options),
);

/** log(eᵃ + eᵇ). */
function logOfTwo(a: number, b: number): number {
  if (a === b) return a + Math.LN2;
  const larger = Math.max(a, b);
  return Number.isFinite(larger) ? larger + Math.log1p(Math.exp(-Math.abs(a - b))) : larger;
}

/** How much of y[k] = log(e^y[k − 1] + e^x[k]) comes from y[k − 1], and how much from x[k]. */
function parts(x: AnyArray, y: AnyArray, axis: number): { before: AnyArray; own: AnyArray } {
  return { before: weightIn(shifted(y, axis, 1), y), own: weightIn(x, y) };
}

/**
 * log(e^x[0] + … + e^x[k]) for each k along an axis, without overflow. Its slopes are as accurate as y is: to |y| · 1e-16.
 *   ẏ[k] = w ẋ[k] + (1 − w) ẏ[k − 1]     x̄[k] = Σ e^(x[k] − y[j]) ȳ[j] over j ≥ k;  w = e^(x[k] − y[k])
 * @throws {RangeError} when the axis does not exist
 */
export const logcumsumexp: Cumulative = defineRule(
  (x: NdArray, options?: AxisOptions) => accumulated(x, alongAxis("logcumsumexp", x, options), logOfTwo),
  {
    frule: ([, dx]: readonly unknown[], x: AnyArray, options?: AxisOptions) => {
      const axis = alongAxis("logcumsumexp", x, options);
      const y = logcumsumexp(x, options);
      const { before, own } = parts(x, y, axis);
      return [y, recurrence(before, scale(own, dx as AnyArray), axis)];
    },
    rrule: (x: AnyArray, options?: AxisOptions) => {
      const axis = alongAxis("logcumsumexp", x, options);
      const y = logcumsumexp(x, options);
      return [
        y,
        function logcumsumexpPullback(ybar: AnyArray) {
          const { before, own } = parts(x, y, axis);
          return [NoTangent, scale(own, recurrenceBack(before, ybar, axis))];
        },
      ];
    },
  },
  { name: "logcumsumexp" },
) as unknown as Cumulative;
