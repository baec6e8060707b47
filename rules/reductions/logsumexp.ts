import { type AnyArray, type Binary, type Operand, primal, scalarRule } from "../../lib/core/index.js";
import { floatResult } from "../../lib/nd/float-array.js";
import { extentsOf, floatDType, type LineKernel, overLines, reducedShape } from "../../lib/nd/index.js";
import { neg } from "../elementwise/field.js";
import { share } from "../elementwise/share.js";
import { dotAbout, type FoldState, scaledAbout } from "../support/fold-lines.js";
import { type ReduceOptions, type Reduction, reducedBy } from "../support/reduce-options.js";
import { largestIn } from "../support/softmax-lines.js";
import { type Folding, reductionRule } from "./reduction-rule.js";
import { sum } from "./sums.js";

/**
 * The weight of a term in a sum of exponentials, eˣ⁻ʸ with y the logarithm of the sum; 0 for x = −∞, whatever the sum.
 *   ẇ = w (ẋ − ẏ)                x̄ = w w̄,  ȳ = −w w̄
 */
export const weightIn: Binary = scalarRule(weighed, (w) => [w, neg(w)], { name: "weightIn" });

export function weighed(x: number, y: number): number {
  return x === Number.NEGATIVE_INFINITY ? 0 : x === y ? 1 : Math.exp(x - y);
}

/** The largest entry of a line, −∞ for none; NaN where there is one. */
function greatestIn(x: Float64Array, start: number, length: number): number {
  const largest = largestIn(x, start, length);
  if (Number.isFinite(largest)) return largest;
  for (let p = start, end = start + length; p < end; p++) if (Number.isNaN(x[p])) return Number.NaN;
  return largest;
}

/** log Σ eˣ; where there is room for them the terms relative to the largest entry; and their sums aside: terms over sums are the slopes. */
const logsAndTerms: LineKernel<FoldState> = ({ y, aside }, count, length, first, x, start, terms, to) => {
  const keeping = terms.length > 0;
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const largest = greatestIn(x, start + at, length);
    const usual = Number.isFinite(largest);
    let total = 0;
    for (let k = 0; k < length; k++) {
      const term = usual ? Math.exp((x[start + at + k] as number) - largest) : weighed(x[start + at + k] as number, largest);
      if (keeping) terms[to + at + k] = term;
      total += term;
    }
    aside[first + n] = total;
    y[first + n] = usual ? largest + Math.log(total) : largest;
  }
};

const spreadTerms: LineKernel<FoldState> = ({ t, aside }, count, length, first, terms, start, out, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const seed = t[first + n] as number;
    const total = aside[first + n] as number;
    if (Number.isNaN(total) && seed !== 0) out.fill(Number.NaN, to + at, to + at + length);
    else scaledAbout(0, total === 0 || seed === 0 ? 0 : seed / total, terms, start + at, out, to + at, length);
  }
};

const alongTerms: LineKernel<FoldState> = ({ t, aside }, count, length, first, terms, start, dx, dxStart) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const total = aside[first + n] as number;
    let along = dotAbout(0, terms, start + at, dx, dxStart + at, length);
    if (Number.isNaN(total)) {
      along = 0;
      for (let k = at; k < at + length; k++) if (dx[dxStart + k] !== 0) along = total;
    }
    t[first + n] = along === 0 ? 0 : along / total;
  }
};

const termsFold: Folding = { fold: { value: logsAndTerms, keeps: true, spread: spreadTerms, along: alongTerms } };

const greatests: LineKernel<Float64Array> = (greatest, count, length, first, x, start) => {
  for (let n = 0, at = start; n < count; n++, at += length) greatest[first + n] = greatestIn(x, at, length);
};

/** eˣ / Σ eˣ over axes, relative to the largest entry, so that no digit is lost; 0 when all entries are −∞. */
function shares(x: AnyArray, options: ReduceOptions | undefined): Operand {
  const over = { axis: options?.axis, keepDims: true };
  const { axes } = reducedBy("logsumexp", x.shape, over);
  const plain = primal(x);
  const greatest = new Float64Array(extentsOf(plain.shape, axes).count);
  overLines(greatests, greatest, plain.shape, axes, [plain], []);
  const terms = weightIn(x, floatResult(greatest, reducedShape(plain.shape, axes, true), floatDType(plain.dtype))) as AnyArray;
  return share(terms, sum(terms, over));
}

/**
 * log Σ eˣ over axes, without overflow; −∞ when there are no entries or all are −∞, and the slopes are 0 then.
 *   ẏ = Σ w ẋ                    x̄ = w ȳ,  w = eˣ / Σ eˣ
 * @throws {RangeError} when an axis does not exist or is named twice
 * Source: P. Blanchard, D. J. Higham and N. J. Higham, Accurately computing the log-sum-exp and softmax functions (2021).
 */
export const logsumexp: Reduction = reductionRule(
  "logsumexp",
  () => termsFold,
  (x, _, options) => shares(x, options),
);
