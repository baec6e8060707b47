import { type AnyArray, defineRule, NoTangent, scale, strongProduct } from "../../lib/core/index.js";
import { resultLike } from "../../lib/nd/float-array.js";
import { type LineKernel, type NdArray, overLines } from "../../lib/nd/index.js";
import type { AxisOptions } from "../shaping/joining.js";
import { isPlain } from "../support/fused.js";
import { lineByLine } from "../support/line-by-line.js";
import { alongAxis, type Cumulative } from "./cumulative.js";
import { weighed, weightIn } from "./logsumexp.js";
import { recurrence, recurrenceBack, shifted } from "./recurrence.js";

/**
 * y[k] = log(e^x[0] + … + e^x[k]): the largest entry so far, and the sum of the others relative to it. No logarithm waits for the one before
 * it, as in y[k] = log(e^y[k − 1] + e^x[k]) (18 ns an entry instead of 44), and the others keep their digits beside the largest one's 1.
 * Also writes how much of each y[k] comes from y[k − 1] and from x[k], where there is room for it.
 */
const logsAndWeights: LineKernel<undefined> = (_, count, length, _first, x, start, y, to, before, beforeStart, own, ownStart) => {
  const weights = before.length > 0;
  for (let n = 0, at = 0; n < count; n++, at += length) {
    let largest = Number.NEGATIVE_INFINITY;
    let others = 0;
    let k = at;
    for (; k < at + length; k++) {
      const entry = x[start + k] as number;
      if (!(entry < Number.POSITIVE_INFINITY)) break;
      const earlier = largest === Number.NEGATIVE_INFINITY ? 0 : 1 + others;
      let kept = 1;
      let added = 0;
      if (entry > largest) {
        kept = Math.exp(largest - entry);
        added = 1;
        others = earlier === 0 ? 0 : earlier * kept;
        largest = entry;
      } else if (earlier !== 0) {
        added = Math.exp(entry - largest);
        others += added;
      }
      y[to + k] = largest + Math.log1p(others);
      if (weights) {
        const total = 1 + others;
        before[beforeStart + k] = (earlier * kept) / total;
        own[ownStart + k] = added / total;
      }
    }
    // From the first ∞ or NaN on, that is all there is to say.
    let sofar = k === at ? Number.NEGATIVE_INFINITY : (y[to + k - 1] as number);
    for (; k < at + length; k++) {
      const entry = x[start + k] as number;
      const earlier = sofar;
      sofar = Math.max(earlier, entry);
      y[to + k] = sofar;
      if (weights) {
        before[beforeStart + k] = weighed(earlier, sofar);
        own[ownStart + k] = weighed(entry, sofar);
      }
    }
  }
};

/** x̄[k] = own[k] s[k], s[k] = ȳ[k] + before[k + 1] s[k + 1]. */
const weightsBack: LineKernel<undefined> = (_, count, length, _first, before, beforeStart, own, ownStart, ybar, ybarStart, out, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    let sofar = 0;
    let factor = 0;
    for (let k = at + length - 1; k >= at; k--) {
      sofar = (ybar[ybarStart + k] as number) + strongProduct(factor, sofar);
      factor = before[beforeStart + k] as number;
      out[to + k] = strongProduct(own[ownStart + k] as number, sofar);
    }
  }
};

/** ẏ[k] = own[k] ẋ[k] + before[k] ẏ[k − 1]. */
const weightsForth: LineKernel<undefined> = (_, count, length, _first, before, beforeStart, own, ownStart, dx, dxStart, out, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    let sofar = 0;
    for (let k = at; k < at + length; k++) {
      sofar =
        strongProduct(own[ownStart + k] as number, dx[dxStart + k] as number) + strongProduct(before[beforeStart + k] as number, sofar);
      out[to + k] = sofar;
    }
  }
};

/** How much of y[k] = log(e^y[k − 1] + e^x[k]) comes from y[k − 1], and how much from x[k]. */
function parts(x: AnyArray, y: AnyArray, axis: number): { before: AnyArray; own: AnyArray } {
  return { before: weightIn(shifted(y, axis, 1), y), own: weightIn(x, y) };
}

/** y of a plain array, and the weights in the order of lines. */
function weighted(x: NdArray, axis: number): readonly [y: NdArray, before: Float64Array, own: Float64Array] {
  const [y, before, own] = [resultLike(x), new Float64Array(x.size), new Float64Array(x.size)];
  overLines(logsAndWeights, undefined, x.shape, [axis], [x], [y, before, own]);
  return [y, before, own];
}

/**
 * log(e^x[0] + … + e^x[k]) for each k along an axis, without overflow. Its slopes are as accurate as y is: to |y| · 1e-16.
 *   ẏ[k] = w ẋ[k] + (1 − w) ẏ[k − 1]     x̄[k] = Σ e^(x[k] − y[j]) ȳ[j] over j ≥ k;  w = e^(x[k] − y[k])
 * @throws {RangeError} when the axis does not exist
 */
export const logcumsumexp: Cumulative = defineRule(
  (x: NdArray, options?: AxisOptions) => lineByLine(logsAndWeights, undefined, x, alongAxis("logcumsumexp", x, options)),
  {
    frule: ([, dx]: readonly unknown[], x: AnyArray, options?: AxisOptions) => {
      const axis = alongAxis("logcumsumexp", x, options);
      if (isPlain(x, dx)) {
        const [y, before, own] = weighted(x as NdArray, axis);
        return [y, lineByLine(weightsForth, undefined, dx as NdArray, axis, [before, own, dx as NdArray])];
      }
      const y = logcumsumexp(x, options);
      const { before, own } = parts(x, y, axis);
      return [y, recurrence(before, scale(own, dx as AnyArray), axis)];
    },
    rrule: (x: AnyArray, options?: AxisOptions) => {
      const axis = alongAxis("logcumsumexp", x, options);
      const composed = (y: AnyArray, ybar: AnyArray): AnyArray => {
        const { before, own } = parts(x, y, axis);
        return scale(own, recurrenceBack(before, ybar, axis)) as AnyArray;
      };
      if (!isPlain(x)) {
        const y = logcumsumexp(x, options);
        return [
          y,
          function logcumsumexpPullback(ybar: AnyArray) {
            return [NoTangent, composed(y, ybar)];
          },
        ];
      }
      const [y, before, own] = weighted(x as NdArray, axis);
      return [
        y,
        function logcumsumexpPullback(ybar: AnyArray) {
          return [
            NoTangent,
            isPlain(ybar)
              ? lineByLine(weightsBack, undefined, ybar as NdArray, axis, [before, own, ybar as NdArray])
              : composed(y as AnyArray, ybar),
          ];
        },
      ];
    },
  },
  { name: "logcumsumexp", still: [1] },
);
