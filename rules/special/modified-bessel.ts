import { scalarRule, type Unary } from "../../lib/core/index.js";
import { cylinderFunctions, cylinderSeries } from "./cylinder-functions.js";

/** Σ of terms that are given by the quotients of each with the one before, until they no longer count or (as in an asymptotic series) grow. */
function sumOfTerms(quotient: (k: number) => number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; ; k++) {
    const next = term * quotient(k);
    if (sum + next === sum || !(Math.abs(next) < Math.abs(term))) return sum;
    sum += next;
    term = next;
  }
}

/** From here on the asymptotic series of Iₙ has all digits. */
const isFar = (n: number, x: number): boolean => !(x < Math.max(20, n * n));

/** e⁻ˣ Iₙ(x) for large x: (2πx)^(−½) Σ (−1)ᵏ (4n² − 1)(4n² − 9)…(4n² − (2k − 1)²) / (k! (8x)ᵏ). Source: Abramowitz & Stegun, 9.7.1. */
function scaledFar(n: number, x: number): number {
  return sumOfTerms((k) => ((2 * k - 1) ** 2 - 4 * n * n) / (8 * k * x)) / Math.sqrt(2 * Math.PI * x);
}

/** Iₙ(x), which overflows from 713.98 on: later than eˣ does. */
function besseliAt(n: number, x: number): number {
  const size = Math.abs(x);
  if (!isFar(n, size)) return cylinderSeries(n, x, 1);
  const sign = x < 0 && n % 2 === 1 ? -1 : 1;
  if (size === Number.POSITIVE_INFINITY) return sign * size;
  const root = Math.exp(size / 2);
  return sign * (root * scaledFar(n, size) * root);
}

/**
 * The k-th derivative of e⁻ˣ I₀(x) for x ≥ 0: (−2)ᵏ (½)ₖ/k! · e⁻²ˣ M(½, k + 1, 2x), M Kummer's function, whose series has positive terms only;
 * its asymptotic series for large x.
 * Source: Abramowitz & Stegun, 13.6.3 with 13.4.9 and 13.1.27 for the first, 13.5.1 for the second.
 */
function derivativeOfScaled(k: number, x: number): number {
  let factor = 1;
  if (x < 25 + 2 * k) {
    for (let j = 1; j <= k; j++) factor *= (1 - 2 * j) / j;
    let term = 1;
    let sum = 1;
    for (let j = 1; sum + term !== sum; j++) {
      term *= ((2 * j - 1) * x) / ((k + j) * j);
      sum += term;
    }
    return factor * (Math.exp(-2 * x) * sum);
  }
  for (let j = 1; j <= k; j++) factor *= (0.5 - j) / x;
  return (factor * sumOfTerms((j) => ((2 * j - 1) * (2 * (j + k) - 1)) / (8 * j * x))) / Math.sqrt(2 * Math.PI * x);
}

/** The k-th derivative of e^(−|x|) Iₙ(x), n = 0 or 1; at 0, where those with n + k odd jump, these are 0. */
function scaledAt(n: 0 | 1, k: number, x: number): number {
  const size = Math.abs(x);
  const isOdd = (n + k) % 2 === 1;
  if (isOdd && size === 0) return x;
  const sign = isOdd && x < 0 ? -1 : 1;
  if (k === 0) return sign * (isFar(n, size) ? scaledFar(n, size) : Math.exp(-size) * cylinderSeries(n, size, 1));
  return sign * (n === 0 ? derivativeOfScaled(k, size) : derivativeOfScaled(k, size) + derivativeOfScaled(k + 1, size));
}

/** By k the function dᵏ/dxᵏ e^(−|x|) Iₙ(x); its slope is the next one. */
function scaledDerivatives(n: 0 | 1): (k: number) => Unary {
  const family: Unary[] = [];
  const member = (k: number): Unary => {
    family[k] ??= scalarRule(
      (x: number): number => scaledAt(n, k, x),
      (_, x) => [member(k + 1)(x)],
      { name: k === 0 ? `besseli${n}e` : `besseli${n}eDerivative${k}` },
    );
    return family[k];
  };
  return member;
}

function slopeOfBesseli1(y: number, x: number): number {
  if (x === 0) return 0.5;
  return Math.abs(y) === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : besseliAt(0, x) - y / x;
}

const besseli: (n: number) => Unary = cylinderFunctions({
  name: "besseli",
  zeroth: (x) => besseliAt(0, x),
  first: (x) => besseliAt(1, x),
  at: besseliAt,
  slopeOfFirst: slopeOfBesseli1,
  sign: 1,
});

/**
 * The modified Bessel function of the first kind I₀(x), to 1e-14 relatively; ∞ from |x| = 713.99 on.
 *   ẏ = I₁(x) ẋ                  x̄ = I₁(x) ȳ
 * Source: Abramowitz & Stegun, 9.6.27.
 */
export const besseli0: Unary = besseli(0);

/**
 * The modified Bessel function of the first kind I₁(x), to 1e-14 relatively; ±∞ from |x| = 713.99 on.
 *   ẏ = (I₀(x) − y/x) ẋ          x̄ = (I₀(x) − y/x) ȳ
 * Source: Abramowitz & Stegun, 9.6.26.
 */
export const besseli1: Unary = besseli(1);

/**
 * The scaled modified Bessel function, y = e^(−|x|) I₀(x), to 1e-14 relatively, its derivatives too: no overflow. It has a corner at 0, where
 * its slopes are ∓1; there it is given as 0, the slope of |x|.
 *   ẏ = (e^(−|x|) I₁(x) − sign(x) y) ẋ       x̄ = (e^(−|x|) I₁(x) − sign(x) y) ȳ
 */
export const besseli0e: Unary = /* @__PURE__ */ scaledDerivatives(0)(0);

/**
 * The scaled modified Bessel function, y = e^(−|x|) I₁(x), to 1e-14 relatively, its derivatives too (absolutely near their zeros): no
 * overflow. Its slope at 0 is ½; the second one jumps there, and is given as 0.
 *   ẏ = (e^(−|x|) I₀(x) − (1/x + sign(x)) y) ẋ       x̄ = (e^(−|x|) I₀(x) − (1/x + sign(x)) y) ȳ
 */
export const besseli1e: Unary = /* @__PURE__ */ scaledDerivatives(1)(0);
