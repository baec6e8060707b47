import { add, type Operand, optionsFor, type Scalar } from "../../lib/core/index.js";
import { clip } from "../elementwise/bounds.js";
import { equal, lessEqual } from "../elementwise/comparison.js";
import { log } from "../elementwise/exponential.js";
import { div, mul, neg, sub } from "../elementwise/field.js";
import { sigmoid } from "../elementwise/sigmoid.js";
import { abs } from "../elementwise/signs.js";
import { type Condition, where } from "../elementwise/where.js";
import { numberOf } from "../support/reduce-options.js";
import {
  addFirst,
  addLogRatio,
  addRatio,
  addSurprise,
  addTwice,
  addWithin,
  divergences,
  huberTerms,
  logitTerms,
  squares,
} from "./loss-loops.js";
import { type Loss, type LossWith, lossRule, type Terms } from "./loss-rule.js";

/** Options of `huber`. */
export interface HuberOptions {
  /** The distance up to which the loss is a square, positive. 1 when absent. Differentiable too. */
  readonly delta?: Scalar | undefined;
}

/** Such a loss without options. */
function plainLoss(name: string, terms: Terms): Loss {
  return lossRule<undefined>(name, terms, () => 0);
}

/**
 * The mean of squared differences, Σ (a − b)² / n.
 *   ẏ = 2/n Σ (a − b) (ȧ − ḃ)    ā = 2/n (a − b) ȳ,  b̄ = −ā; summed over axes that broadcast
 * @throws {RangeError} when the shapes do not broadcast, or there are no entries
 */
export const mse: Loss = plainLoss("mse", {
  total: squares,
  add: [addTwice, addTwice],
  slopes: (a, b) => {
    const slope = mul(2, sub(a, b));
    return [slope, neg(slope)];
  },
  averaged: true,
});

function deltaOf(options: HuberOptions | undefined): Scalar {
  const { delta = 1 } = optionsFor("huber", options, "delta");
  return numberOf("huber", "delta", delta, (distance) => distance > 0, "give a positive number");
}

/**
 * The mean of ½ d² where |d| ≤ delta and of delta (|d| − ½ delta) farther away, d = a − b.
 *   ẏ = 1/n Σ s (ȧ − ḃ) + 1/n Σ e δ̇    ā = s ȳ / n,  b̄ = −ā, summed over axes that broadcast;  δ̄ = Σ e ȳ / n, for delta
 * with s = d, but no farther than ±delta from 0, and e = |d| − delta, but 0 where that is negative. Both slopes are continuous; at
 * |d| = delta their own ones are those of the square.
 * @throws {RangeError} when the shapes do not broadcast, there are no entries, or delta is not positive
 * Source: Huber, Robust estimation of a location parameter (1964).
 */
export const huber: LossWith<HuberOptions> = lossRule<HuberOptions>(
  "huber",
  {
    total: huberTerms,
    add: [addWithin, addWithin],
    slopes: (a, b, delta) => {
      const slope = clip(sub(a, b), neg(delta), delta);
      return [slope, neg(slope)];
    },
    moving: [
      "delta",
      (a, b, delta) => {
        const d = abs(sub(a, b));
        return where(lessEqual(d, delta) as Condition, 0, sub(d, delta));
      },
    ],
    averaged: true,
  },
  deltaOf,
);

/**
 * The mean of −t log σ(x) − (1 − t) log σ(−x), computed as max(x, 0) − x t + log(1 + e^−|x|): nothing overflows.
 *   ẏ = 1/n Σ ((σ(x) − t) ẋ − x ṫ)    x̄ = (σ(x) − t) ȳ / n,  t̄ = −x ȳ / n, summed over axes that broadcast
 * @param a the logits x
 * @param b the probabilities t
 * @throws {RangeError} when the shapes do not broadcast, or there are no entries
 */
export const bceWithLogits: Loss = plainLoss("bceWithLogits", {
  total: logitTerms,
  add: [addSurprise, addFirst],
  slopes: (x, t) => [sub(sigmoid(x), t), neg(x)],
  averaged: true,
});

/**
 * The divergence of q from p, Σ p (log p − log q): a term is 0 where p = 0, ∞ where only q = 0. p and q need not add up to 1.
 *   ẏ = Σ (log p − log q + 1) ṗ − p/q q̇    p̄ = (log p − log q + 1) ȳ,  q̄ = −p/q ȳ, summed over axes that broadcast
 * At p = 0 the slope by p is its limit, −∞, and that by q is 0 where q = 0 too.
 * @throws {RangeError} when the shapes do not broadcast
 * Source: Kullback and Leibler, On information and sufficiency (1951).
 */
export const klDiv: Loss = plainLoss("klDiv", {
  total: divergences,
  add: [addLogRatio, addRatio],
  slopes: (p, q) => {
    const safe = where(equal(add(abs(p), abs(q)), 0) as Condition, 1, q);
    return [add(sub(log(p), log(safe)), 1) as Operand, neg(div(p, safe))];
  },
  averaged: false,
});
