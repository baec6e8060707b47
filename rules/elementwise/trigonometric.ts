import { type AnyFunction, add, type Binary, type Scalar, scalarRule, scale, TracedNumber, type Unary } from "../../lib/core/index.js";
import { mul, neg, reciprocal, square, sub } from "./field.js";
import { oneMinusSquare } from "./one-minus-square.js";
import { sqrt } from "./roots.js";

/**
 * sin x, x in radians.
 *   ẏ = cos x · ẋ                x̄ = cos x · ȳ
 */
export const sin: Unary = scalarRule(Math.sin, (_, x) => [cos(x)], {
  exact: true,
  dispatch: (general: Unary) =>
    ((x: Scalar, index?: unknown, list?: unknown): unknown => {
      if (index !== undefined || list !== undefined) return (general as AnyFunction)(x, index, list);
      if (typeof x === "number") return Math.sin(x);
      if (!(x instanceof TracedNumber)) return general(x);
      const p = x.primal;
      return x.level.unary(Math.sin(p), x, Math.cos(p));
    }) as Unary,
});

/**
 * cos x, x in radians.
 *   ẏ = −sin x · ẋ               x̄ = −sin x · ȳ
 */
export const cos: Unary = scalarRule(Math.cos, (_, x) => [neg(sin(x))], {
  exact: true,
  dispatch: (general: Unary) =>
    ((x: Scalar, index?: unknown, list?: unknown): unknown => {
      if (index !== undefined || list !== undefined) return (general as AnyFunction)(x, index, list);
      if (typeof x === "number") return Math.cos(x);
      if (!(x instanceof TracedNumber)) return general(x);
      const p = x.primal;
      return x.level.unary(Math.cos(p), x, -Math.sin(p));
    }) as Unary,
});

/**
 * y = tan x, x in radians.
 *   ẏ = (1 + y²) ẋ               x̄ = (1 + y²) ȳ
 */
export const tan: Unary = scalarRule(Math.tan, (y) => [add(1, square(y))]);

/**
 * y = 1 / cos x, x in radians.
 *   ẏ = y² sin x · ẋ             x̄ = y² sin x · ȳ
 */
export const sec: Unary = scalarRule(
  (x: number): number => 1 / Math.cos(x),
  (y, x) => [mul(square(y), sin(x))],
  { name: "sec" },
);

/**
 * y = 1 / sin x, x in radians.
 *   ẏ = −y² cos x · ẋ            x̄ = −y² cos x · ȳ
 */
export const csc: Unary = scalarRule(
  (x: number): number => 1 / Math.sin(x),
  (y, x) => [neg(mul(square(y), cos(x)))],
  { name: "csc" },
);

/**
 * y = 1 / tan x, x in radians.
 *   ẏ = −(1 + y²) ẋ              x̄ = −(1 + y²) ȳ
 */
export const cot: Unary = scalarRule(
  (x: number): number => 1 / Math.tan(x),
  (y) => [neg(add(1, square(y)))],
  { name: "cot" },
);

/** 1 / √(1 − x²). */
const slopeOfAsin = (x: Scalar): Scalar => reciprocal(sqrt(oneMinusSquare(x)));

/**
 * The angle in [−π/2, π/2] whose sine is x; NaN for |x| > 1. At ±1 the slope is its one-sided limit, ∞.
 *   ẏ = ẋ / √(1 − x²)            x̄ = ȳ / √(1 − x²)
 */
export const asin: Unary = scalarRule(Math.asin, (_, x) => [slopeOfAsin(x)]);

/**
 * The angle in [0, π] whose cosine is x; NaN for |x| > 1. At ±1 the slope is its one-sided limit, −∞.
 *   ẏ = −ẋ / √(1 − x²)           x̄ = −ȳ / √(1 − x²)
 */
export const acos: Unary = scalarRule(Math.acos, (_, x) => [neg(slopeOfAsin(x))]);

/** y = 1 / (1 + x²), the slope of atan. Its own slope −2xy² is multiplied so that y² does not underflow before x comes in. */
const slopeOfAtan: Unary = scalarRule(
  (x: number): number => 1 / (1 + x * x),
  (y, x) => [mul(-2, scale(scale(y, x), y))],
  { name: "slopeOfAtan" },
);

/**
 * The angle in [−π/2, π/2] whose tangent is x.
 *   ẏ = ẋ / (1 + x²)             x̄ = ȳ / (1 + x²)
 */
export const atan: Unary = scalarRule(Math.atan, (_, x) => [slopeOfAtan(x)]);

/** a / (x² + y²), without overflow on the way; 0 at the origin. */
function overSquare(a: number, x: number, y: number): number {
  const square = x * x + y * y;
  if (square > 1e-280 && square < 1e280) return a / square;
  const h = Math.hypot(x, y);
  return h === 0 ? 0 : a / h / h;
}

/** u = x / (x² + y²); that of y and x is v. Its slopes are v² − u² and −2uv. */
const inverted: Binary = scalarRule(
  (x: number, y: number): number => overSquare(x, x, y),
  (u, x, y) => [invertedSlope(x, y), mul(-2, mul(u, inverted(y, x)))],
  { name: "inverted" },
);

/** v² − u² as (y − x)(y + x) / (x² + y²)², which keeps its digits on the diagonal. */
const invertedSlope: Binary = scalarRule(
  (x: number, y: number): number => overSquare(y - x, x, y) * overSquare(y + x, x, y),
  (_, x, y) => {
    const [u, v] = [inverted(x, y), inverted(y, x)];
    return [mul(mul(2, u), sub(square(u), mul(3, square(v)))), mul(mul(2, v), sub(mul(3, square(u)), square(v)))];
  },
  { name: "invertedSlope" },
);

/**
 * The angle in [−π, π] of the point (x, y), y first; h² = x² + y². At the origin, where the angle jumps, the slopes are 0.
 *   ȧ = (x ẏ − y ẋ) / h²         ȳ = x ā / h²,  x̄ = −y ā / h²
 */
export const atan2: Binary = scalarRule(Math.atan2, (_, y, x) => [inverted(x, y), neg(inverted(y, x))]);

/** sin(πx + kπ/2), exact where it is 0 or ±1: x is brought next to a quarter turn before π comes in. */
function quarterTurned(x: number, k: number): number {
  // Both steps are exact; Math.round and % cost as much as the sine.
  const r = x - 2 * Math.floor(x / 2 + 0.5);
  const quarters = Math.floor(2 * r + 0.5);
  const angle = Math.PI * (r - quarters / 2);
  switch ((quarters + k) & 3) {
    case 0:
      return Math.sin(angle);
    case 1:
      return Math.cos(angle);
    case 2:
      return 0 - Math.sin(angle);
    default:
      return -Math.cos(angle);
  }
}

/** sin(πx), exact at integers and halves of them. */
export function sinpiOf(x: number): number {
  return quarterTurned(x, 0);
}

/** cos(πx), exact at integers and halves of them. */
export function cospiOf(x: number): number {
  return quarterTurned(x, 1);
}

/**
 * sin(πx), exact at integers and halves of them.
 *   ẏ = π cos(πx) ẋ              x̄ = π cos(πx) ȳ
 */
export const sinpi: Unary = scalarRule(sinpiOf, (_, x) => [mul(Math.PI, cospi(x))], { name: "sinpi" });

/**
 * cos(πx), exact at integers and halves of them.
 *   ẏ = −π sin(πx) ẋ             x̄ = −π sin(πx) ȳ
 */
export const cospi: Unary = scalarRule(cospiOf, (_, x) => [mul(-Math.PI, sinpi(x))], { name: "cospi" });

/**
 * Degrees to radians: πx / 180.
 *   ẏ = π/180 · ẋ                x̄ = π/180 · ȳ
 */
export const deg2rad: Unary = scalarRule(
  (x: number): number => x * (Math.PI / 180),
  () => [Math.PI / 180],
  { name: "deg2rad" },
);

/**
 * Radians to degrees: 180x / π.
 *   ẏ = 180/π · ẋ                x̄ = 180/π · ȳ
 */
export const rad2deg: Unary = scalarRule(
  (x: number): number => x * (180 / Math.PI),
  () => [180 / Math.PI],
  { name: "rad2deg" },
);
