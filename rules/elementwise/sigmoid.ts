import { type Binary, scalarRule, type Unary } from "../../lib/core/index.js";
import { mul, neg, reciprocal, sub } from "./field.js";
import { tanh } from "./hyperbolic.js";

/** σ(x) from the smaller one of eˣ and e⁻ˣ, so that nothing overflows and the left tail keeps its digits. */
export function logistic(x: number): number {
  const t = Math.exp(-Math.abs(x));
  // t on the left, else 1: chosen by a product, since nobody can foresee the signs of operands in no order.
  const left = Number(x < 0);
  return (t * left + (1 - left)) / (1 + t);
}

/** σ(x)·σ(−x). */
export function logisticSlope(x: number): number {
  const t = Math.exp(-Math.abs(x));
  return t / (1 + t) / (1 + t);
}

/** σ(x)·σ(−x), the slope of σ. Its own slope is −σ(x)·σ(−x)·tanh(x/2), where σ(−x) − σ(x) would cancel near 0. */
export const sigmoidSlope: Unary = scalarRule(logisticSlope, (y, x) => [neg(mul(y, tanh(mul(0.5, x))))], { name: "sigmoidSlope" });

/**
 * The same with y = σ(x) at hand: y (1 − y) while 1 − y keeps its digits. y comes with x; it does not count as an operand that moves.
 */
const slopeAt: Binary = scalarRule(
  (y: number, x: number): number => (y < 0.75 ? y * (1 - y) : logisticSlope(x)),
  (slope, _, x) => [0, neg(mul(slope, tanh(mul(0.5, x))))],
  { name: "sigmoidSlopeAt" },
);

/**
 * σ(x) = 1 / (1 + e⁻ˣ), accurate in both tails.
 *   ẏ = σ(x)·σ(−x)·ẋ             x̄ = σ(x)·σ(−x)·ȳ
 */
export const sigmoid: Unary = scalarRule(logistic, (y, x) => [slopeAt(y, x)], { name: "sigmoid", exact: true });

/** p (1 − p). Its slope is 1 − 2p: by the product rule that would cancel near ½. */
const variance: Unary = scalarRule(
  (p: number): number => p * (1 - p),
  (_, p) => [sub(1, mul(2, p))],
  { name: "variance" },
);

/**
 * ln(p / (1 − p)), the inverse of `sigmoid`: −∞ at 0, ∞ at 1, NaN outside of [0, 1].
 *   ẏ = ṗ / (p (1 − p))          p̄ = ȳ / (p (1 − p))
 */
export const logit: Unary = scalarRule(
  // Near ½ the quotient is near 1 and its logarithm would keep few digits; 2p − 1 is exact there.
  (p: number): number => (p > 0.25 && p < 0.75 ? 2 * Math.atanh(2 * p - 1) : Math.log(p / (1 - p))),
  (_, p) => [reciprocal(variance(p))],
  { name: "logit" },
);

/** max(x, 0), as a product where that is a number. */
function positivePart(x: number): number {
  const part = x * Number(x > 0);
  return Number.isNaN(part) ? Math.max(x, 0) : part;
}

/**
 * ln(1 + eˣ), without overflow: x for large x, eˣ for very negative ones.
 *   ẏ = σ(x)·ẋ                   x̄ = σ(x)·ȳ
 * Source: C. Dugas et al., Incorporating second-order functional knowledge for better option pricing (2001).
 */
export const softplus: Unary = scalarRule(
  (x: number): number => positivePart(x) + Math.log1p(Math.exp(-Math.abs(x))),
  (_, x) => [sigmoid(x)],
  { name: "softplus" },
);

/**
 * ln σ(x) = −ln(1 + e⁻ˣ), without overflow: x for very negative x, −e⁻ˣ for large ones.
 *   ẏ = σ(−x)·ẋ                  x̄ = σ(−x)·ȳ
 */
export const logSigmoid: Unary = scalarRule(
  (x: number): number => -positivePart(-x) - Math.log1p(Math.exp(-Math.abs(x))),
  (_, x) => [sigmoid(neg(x))],
  { name: "logSigmoid" },
);
