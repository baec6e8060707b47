import { add, type Binary, scalarRule, type Ternary, type Unary } from "../../lib/core/index.js";
import { mul, neg, reciprocal } from "./field.js";
import { logistic } from "./sigmoid.js";

/** Whether a product keeps its digits where it is divided by one of its factors. */
export const keepsDigits = (product: number): boolean => Math.abs(product) > 1e-290 && Math.abs(product) < 1e290;

/** ln x with y = x ln x at hand. y comes with x; it does not count as an operand that moves. */
const logInProduct: Binary = scalarRule(
  (y: number, x: number): number => (keepsDigits(y) ? y / x : Math.log(x)),
  (_, __, x) => [0, reciprocal(add(x, 0))],
  { name: "logInProduct" },
);

/**
 * x ln x, 0 at 0; NaN for x < 0. At 0 the slope is its limit from the right, −∞.
 *   ẏ = (ln x + 1) ẋ             x̄ = (ln x + 1) ȳ
 */
export const xlogx: Unary = scalarRule(
  (x: number): number => (x === 0 ? 0 : x * Math.log(x)),
  (y, x) => [add(logInProduct(y, x), 1)],
  { name: "xlogx" },
);

/** ln y with z = x ln y at hand. z and x come with y; they do not count as operands that move. */
const logOfSecond: Ternary = scalarRule(
  (z: number, x: number, y: number): number => (keepsDigits(z) ? z / x : Math.log(y)),
  (_, __, ___, y) => [0, 0, reciprocal(add(y, 0))],
  { name: "logOfSecond" },
);

/** x / y, the slope of x ln y by y, and like it 0 at x = 0 whatever y is (NaN for y NaN). */
const overSecond: Binary = scalarRule(
  (x: number, y: number): number => {
    const u = x / y;
    return Number.isNaN(u) && x === 0 && !Number.isNaN(y) ? 0 : u;
  },
  (u, _, y) => [reciprocal(y), neg(overSecond(u, y))],
  { name: "overSecond" },
);

/**
 * x ln y, 0 at x = 0 whatever y is (NaN for y NaN), and so are all its derivatives by y.
 *   ẏ = ln y · ẋ₁ + x/y · ẋ₂     x̄₁ = ln y · ȳ,  x̄₂ = x/y · ȳ
 */
export const xlogy: Binary = scalarRule(
  (x: number, y: number): number => (x === 0 && !Number.isNaN(y) ? 0 : x * Math.log(y)),
  (z, x, y) => [logOfSecond(z, x, y), overSecond(x, y)],
  { name: "xlogy" },
);

/** σ(x − y), the share of the first. Of two that are −∞ it is 0, as in `logsumexp`, of two that are ∞ one half. */
const firstShare: Binary = scalarRule(
  (x: number, y: number): number => (x === y ? Number(x > Number.NEGATIVE_INFINITY) / 2 : logistic(x - y)),
  (u, x, y) => {
    const slope = mul(u, firstShare(y, x));
    return [slope, neg(slope)];
  },
  { name: "firstShare" },
);

/**
 * ln(eˣ¹ + eˣ²) without overflow. Where both are −∞ the slopes are 0.
 *   ẏ = σ(x₁ − x₂)·ẋ₁ + σ(x₂ − x₁)·ẋ₂    x̄₁ = σ(x₁ − x₂)·ȳ,  x̄₂ = σ(x₂ − x₁)·ȳ
 */
export const logaddexp: Binary = scalarRule(
  // Equal infinities have no difference.
  (x: number, y: number): number => (x === y ? x + Math.LN2 : Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y)))),
  (_, x, y) => [firstShare(x, y), firstShare(y, x)],
  { name: "logaddexp" },
);
