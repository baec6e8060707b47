import besselj0Primal from "@stdlib/math-base-special-besselj0";
import besselj1Primal from "@stdlib/math-base-special-besselj1";
import bessely0Primal from "@stdlib/math-base-special-bessely0";
import bessely1Primal from "@stdlib/math-base-special-bessely1";
import type { Unary } from "../../lib/core/index.js";
import { cylinderFunctions, cylinderSeries } from "./cylinder-functions.js";

/** Cₙ(x), n ≥ 2, from C₀ and C₁ by Cₖ₊₁ = 2k/x Cₖ − Cₖ₋₁. Source: Abramowitz & Stegun, 9.1.27. */
function upward(n: number, x: number, c0: number, c1: number): number {
  let [before, here] = [c0, c1];
  for (let k = 1; k < n; k++) [before, here] = [here, ((2 * k) / x) * here - before];
  return here;
}

function besseljAt(n: number, x: number): number {
  if (Math.abs(x) < n + 1.5) return cylinderSeries(n, x, -1);
  return Math.abs(x) === Number.POSITIVE_INFINITY ? 0 : upward(n, x, besselj0Primal(x), besselj1Primal(x));
}

function besselyAt(n: number, x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  return x === Number.POSITIVE_INFINITY ? 0 : upward(n, x, bessely0Primal(x), bessely1Primal(x));
}

const besselj: (n: number) => Unary = cylinderFunctions({
  name: "besselj",
  zeroth: besselj0Primal,
  first: besselj1Primal,
  at: besseljAt,
  slopeOfFirst: (y, x) => (x === 0 ? 0.5 : besselj0Primal(x) - y / x),
  sign: -1,
});

const bessely: (n: number) => Unary = cylinderFunctions({
  name: "bessely",
  zeroth: bessely0Primal,
  first: bessely1Primal,
  at: besselyAt,
  slopeOfFirst: (y, x) => (x === 0 ? Number.POSITIVE_INFINITY : bessely0Primal(x) - y / x),
  sign: -1,
});

/**
 * The Bessel function of the first kind J₀(x).
 *   ẏ = −J₁(x) ẋ                 x̄ = −J₁(x) ȳ
 * Source: Abramowitz & Stegun, 9.1.28.
 */
export const besselj0: Unary = besselj(0);

/**
 * The Bessel function of the first kind J₁(x).
 *   ẏ = (J₀(x) − y/x) ẋ          x̄ = (J₀(x) − y/x) ȳ
 * Source: Abramowitz & Stegun, 9.1.27.
 */
export const besselj1: Unary = besselj(1);

/**
 * The Bessel function of the second kind Y₀(x); −∞ at 0, NaN for x < 0.
 *   ẏ = −Y₁(x) ẋ                 x̄ = −Y₁(x) ȳ
 * Source: Abramowitz & Stegun, 9.1.28.
 */
export const bessely0: Unary = bessely(0);

/**
 * The Bessel function of the second kind Y₁(x); −∞ at 0, NaN for x < 0.
 *   ẏ = (Y₀(x) − y/x) ẋ          x̄ = (Y₀(x) − y/x) ȳ
 * Source: Abramowitz & Stegun, 9.1.27.
 */
export const bessely1: Unary = bessely(1);
