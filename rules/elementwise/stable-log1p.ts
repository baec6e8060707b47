import { add, type Binary, scalarRule, type Ternary, type Unary } from "../../lib/core/index.js";
import { mul, neg, reciprocal, sub } from "./field.js";
import { keepsDigits } from "./stable-logs.js";

/** ln(1 + y) with z = x ln(1 + y) at hand. z and x come with y; they do not count as operands that move. */
const log1pOfSecond: Ternary = scalarRule(
  (z: number, x: number, y: number): number => (keepsDigits(z) ? z / x : Math.log1p(y)),
  (_, __, ___, y) => [0, 0, reciprocal(add(1, y))],
  { name: "log1pOfSecond" },
);

/** x / (1 + y), the slope of x ln(1 + y) by y, and like it 0 at x = 0 whatever y is (NaN for y NaN). */
const overOnePlus: Binary = scalarRule(
  (x: number, y: number): number => (x === 0 && !Number.isNaN(y) ? 0 : x / (1 + y)),
  (u, _, y) => [reciprocal(add(1, y)), neg(overOnePlus(u, y))],
  { name: "overOnePlus" },
);

/**
 * x ln(1 + y), accurate near y = 0; 0 at x = 0 whatever y is (NaN for y NaN), and so are all its derivatives by y.
 *   ẏ = ln(1 + y) · ẋ₁ + x/(1 + y) · ẋ₂      x̄₁ = ln(1 + y) · ȳ,  x̄₂ = x/(1 + y) · ȳ
 */
export const xlog1py: Binary = scalarRule(
  (x: number, y: number): number => (x === 0 && !Number.isNaN(y) ? 0 : x * Math.log1p(y)),
  (z, x, y) => [log1pOfSecond(z, x, y), overOnePlus(x, y)],
  { name: "xlog1py" },
);

/** ln(1 − eˣ). On the right 1 − eˣ would cancel, on the left it would lose eˣ. */
function logOfRest(x: number): number {
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
}

/** −eˣ / (1 − eˣ), −∞ at 0. For x < 0 it is negative, so that the 1 − u of its own slope adds. */
const slopeOfRest: Unary = scalarRule(
  (x: number): number => -1 / Math.expm1(0 - x),
  (u) => [mul(u, sub(1, u))],
  { name: "slopeOfRest" },
);

/**
 * ln(1 − eˣ) for x < 0, accurate near 0 and in the tail: the logarithm of 1 − p from that of p. −∞ at 0, where the slope is its limit, −∞; NaN
 * for x > 0. (JAX's `log1mexp` takes −x.)
 *   ẏ = −eˣ/(1 − eˣ) · ẋ         x̄ = −eˣ/(1 − eˣ) · ȳ
 * Source: M. Mächler, Accurately computing log(1 − exp(−|a|)) (2012).
 */
export const log1mexp: Unary = scalarRule(logOfRest, (_, x) => [slopeOfRest(x)], { name: "log1mexp" });

const bothVanish = (x: number, y: number): boolean => x === y && x === Number.NEGATIVE_INFINITY;

/** −eʸ / (eˣ − eʸ), the slope by y: −∞ where x = y, but 0 where both are −∞. */
const lag: Binary = scalarRule(
  (x: number, y: number): number => (bothVanish(x, y) ? 0 : -1 / Math.expm1(x - y)),
  (u) => {
    const slope = mul(u, sub(1, u));
    return [neg(slope), slope];
  },
  { name: "logsubexpBySecond" },
);

/** eˣ / (eˣ − eʸ), the slope by x: ∞ where x = y, but 0 where both are −∞. */
const lead: Binary = scalarRule(
  (x: number, y: number): number => (bothVanish(x, y) ? 0 : 1 / (0 - Math.expm1(y - x))),
  (u, x, y) => {
    const slope = mul(u, lag(x, y));
    return [slope, neg(slope)];
  },
  { name: "logsubexpByFirst" },
);

/**
 * ln(eˣ¹ − eˣ²) for x₁ ≥ x₂, without overflow. −∞ where they are equal, with the slopes ±∞, or 0 where both are −∞; NaN for x₁ < x₂.
 *   ẏ = (ẋ₁ − t ẋ₂) / (1 − t)    x̄₁ = ȳ / (1 − t),  x̄₂ = −t ȳ / (1 − t),  t = eˣ²⁻ˣ¹
 */
export const logsubexp: Binary = scalarRule(
  (x: number, y: number): number => (bothVanish(x, y) ? x : x + logOfRest(y - x)),
  (_, x, y) => [lead(x, y), lag(x, y)],
  { name: "logsubexp" },
);
