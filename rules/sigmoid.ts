import { scalarRule, type Unary } from "../lib/core/index.js";
import { mul, neg, reciprocal, sub } from "./field.js";
import { tanh } from "./hyperbolic.js";

/** σ(x) from the smaller one of eˣ and e⁻ˣ, so that nothing overflows and the left tail keeps its digits. */
function logistic(x: number): number {
  const t = Math.exp(-Math.abs(x));
  return x < 0 ? t / (1 + t) : 1 / (1 + t);
}

/** σ(x)·σ(−x), the slope of σ. Its own slope is −σ(x)·σ(−x)·tanh(x/2), where σ(−x) − σ(x) would cancel near 0. */
export const sigmoidSlope: Unary = scalarRule(
  (x: number): number => {
    const t = Math.exp(-Math.abs(x));
    return t / (1 + t) / (1 + t);
  },
  (y, x) => [neg(mul(y, tanh(mul(0.5, x))))],
  { name: "sigmoidSlope" },
);

/**
 * σ(x) = 1 / (1 + e⁻ˣ), accurate in both tails.
 *   ẏ = σ(x)·σ(−x)·ẋ             x̄ = σ(x)·σ(−x)·ȳ
 */
export const sigmoid: Unary = scalarRule(logistic, (_, x) => [sigmoidSlope(x)], { name: "sigmoid" });

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

/**
 * ln(1 + eˣ), without overflow: x for large x, eˣ for very negative ones.
 *   ẏ = σ(x)·ẋ                   x̄ = σ(x)·ȳ
 * Source: C. Dugas et al., Incorporating second-order functional knowledge for better option pricing (2001).
 */
export const softplus: Unary = scalarRule(
  (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  (_, x) => [sigmoid(x)],
  { name: "softplus" },
);

/**
 * ln σ(x) = −ln(1 + e⁻ˣ), without overflow: x for very negative x, −e⁻ˣ for large ones.
 *   ẏ = σ(−x)·ẋ                  x̄ = σ(−x)·ȳ
 */
export const logSigmoid: Unary = scalarRule(
  (x: number): number => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))),
  (_, x) => [sigmoid(neg(x))],
  { name: "logSigmoid" },
);
