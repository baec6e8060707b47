import { type Binary, scalarRule, scale, type Unary } from "../../lib/core/index.js";
import { mul, neg, reciprocal } from "./field.js";
import { oneMinusSquare } from "./one-minus-square.js";

/**
 * (eˣ − e⁻ˣ) / 2.
 *   ẏ = cosh x · ẋ               x̄ = cosh x · ȳ
 */
export const sinh: Unary = scalarRule(Math.sinh, (y, x) => [coshAt(y, x)]);

/**
 * cosh x with y = sinh x at hand: √(1 + y²), where that does not overflow. y comes with x; it does not count as an operand that moves.
 */
const coshAt: Binary = scalarRule(
  (y: number, x: number): number => (Math.abs(y) < 1e150 ? Math.sqrt(1 + y * y) : Math.cosh(x)),
  (_, y) => [0, y],
  { name: "coshAt" },
);

/**
 * (eˣ + e⁻ˣ) / 2.
 *   ẏ = sinh x · ẋ               x̄ = sinh x · ȳ
 */
export const cosh: Unary = scalarRule(Math.cosh, (_, x) => [sinh(x)]);

/**
 * sinh x / cosh x, which goes to ±1. The slope is not 1 − y², which is 0 from |x| = 19 on.
 *   ẏ = ẋ / cosh² x              x̄ = ȳ / cosh² x
 */
export const tanh: Unary = scalarRule(Math.tanh, (y, x) => [slopeOfTanh(y, x)], { exact: true });

/** 1 / cosh² x by e^(−2|x|), which cannot overflow. */
function squaredSech(x: number): number {
  const t = Math.exp(-2 * Math.abs(x));
  return (4 * t) / (1 + t) ** 2;
}

/**
 * 1 / cosh² x with y = tanh x at hand: (1 − y)(1 + y) while 1 − |y| keeps its digits. y comes with x; it does not count as an operand that moves.
 */
const slopeOfTanh: Binary = scalarRule(
  (y: number, x: number): number => (Math.abs(y) < 0.75 ? (1 - y) * (1 + y) : squaredSech(x)),
  (slope, y) => [0, mul(mul(-2, y), slope)],
  { name: "slopeOfTanh" },
);

/**
 * The number whose sinh is x.
 *   ẏ = ẋ / √(x² + 1)            x̄ = ȳ / √(x² + 1)
 */
export const asinh: Unary = scalarRule(Math.asinh, (_, x) => [slopeOfAsinh(x)]);

/** y = 1/√(x² + 1). Its own slope is −x y³, multiplied so that y³ does not underflow before x comes in. */
const slopeOfAsinh: Unary = scalarRule(
  (x: number): number => 1 / (Math.abs(x) < 1e150 ? Math.sqrt(1 + x * x) : Math.abs(x)),
  (y, x) => [neg(mul(mul(scale(x, y), y), y))],
  { name: "slopeOfAsinh" },
);

/**
 * The number ≥ 0 whose cosh is x; NaN for x < 1. At 1 the slope is its limit from the right, ∞.
 *   ẏ = ẋ / (√(x − 1) √(x + 1))  x̄ = ȳ / (√(x − 1) √(x + 1))
 */
export const acosh: Unary = scalarRule(Math.acosh, (_, x) => [slopeOfAcosh(x)]);

/** y = 1/√((x − 1)(x + 1)). Its own slope is −x y³, multiplied as that of `slopeOfAsinh`. */
const slopeOfAcosh: Unary = scalarRule(
  (x: number): number => 1 / (x < 1e150 ? Math.sqrt((x < 1 ? Number.NaN : x - 1) * (x + 1)) : x),
  (y, x) => [neg(mul(mul(scale(x, y), y), y))],
  { name: "slopeOfAcosh" },
);

/**
 * The number whose tanh is x; NaN for |x| > 1. At ±1 the slope is its one-sided limit, ∞.
 *   ẏ = ẋ / ((1 − x)(1 + x))     x̄ = ȳ / ((1 − x)(1 + x))
 */
export const atanh: Unary = scalarRule(Math.atanh, (_, x) => [reciprocal(oneMinusSquare(x))]);
