import besselj0Primal from "@stdlib/math-base-special-besselj0";
import besselj1Primal from "@stdlib/math-base-special-besselj1";
import bessely0Primal from "@stdlib/math-base-special-bessely0";
import bessely1Primal from "@stdlib/math-base-special-bessely1";
import { type Binary, scalarRule, type Unary } from "../../lib/core/index.js";
import { div, mul, neg, sub } from "../elementwise/field.js";

/** Cₙ(x), n ≥ 2, from C₀ and C₁ by Cₖ₊₁ = 2k/x Cₖ − Cₖ₋₁. Source: Abramowitz & Stegun, 9.1.27. */
function upward(n: number, x: number, c0: number, c1: number): number {
  let [before, here] = [c0, c1];
  for (let k = 1; k < n; k++) [before, here] = [here, ((2 * k) / x) * here - before];
  return here;
}

/** Jₙ(x) by its power series Σ (−1)ᵏ (x/2)²ᵏ⁺ⁿ / (k! (n + k)!), which is good near 0. */
function series(n: number, x: number): number {
  let term = 1;
  for (let k = 1; k <= n; k++) term *= x / 2 / k;
  let sum = term;
  for (let k = 1; ; k++) {
    term *= (-x * x) / (4 * k * (n + k));
    if (sum + term === sum) return sum;
    sum += term;
  }
}

function besseljAt(n: number, x: number): number {
  if (Math.abs(x) < n + 1.5) return series(n, x);
  return Math.abs(x) === Number.POSITIVE_INFINITY ? 0 : upward(n, x, besselj0Primal(x), besselj1Primal(x));
}

function besselyAt(n: number, x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  return x === Number.POSITIVE_INFINITY ? 0 : upward(n, x, bessely0Primal(x), bessely1Primal(x));
}

/**
 * A family Cₙ with C₀′ = −C₁ and Cₙ′ = (Cₙ₋₁ − Cₙ₊₁) / 2.
 * @param zeroth C₀
 * @param first  C₁
 * @param half   what C₁(x) / x is at 0
 */
function cylinderFunctions(
  name: string,
  at: (n: number, x: number) => number,
  [zeroth, first, half]: readonly [zeroth: (x: number) => number, first: (x: number) => number, half: number],
): (n: number) => Unary {
  /** C₁′ = C₀ − C₁/x with y = C₁(x) at hand, which comes with x and does not count as an operand that moves. */
  const slopeOfFirst: Binary = scalarRule(
    (y: number, x: number): number => zeroth(x) - (x === 0 ? half : y / x),
    (_, __, x) => [0, div(sub(member(3)(x), mul(3, member(1)(x))), 4)],
    { name: `slopeOf${name}1` },
  );
  const family: Unary[] = [
    scalarRule(zeroth, (_, x) => [neg(member(1)(x))], { name: `${name}0` }),
    scalarRule(first, (y, x) => [slopeOfFirst(y, x)], { name: `${name}1` }),
  ];
  const member = (n: number): Unary => {
    family[n] ??= scalarRule(
      (x: number): number => at(n, x),
      (_, x) => [div(sub(member(n - 1)(x), member(n + 1)(x)), 2)],
      { name: `${name}${n}` },
    );
    return family[n];
  };
  return member;
}

const besselj: (n: number) => Unary = cylinderFunctions("besselj", besseljAt, [besselj0Primal, besselj1Primal, 0.5]);
const bessely: (n: number) => Unary = cylinderFunctions("bessely", besselyAt, [bessely0Primal, bessely1Primal, Number.NEGATIVE_INFINITY]);

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
