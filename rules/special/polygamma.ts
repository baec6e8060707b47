import { type Binary, scalarRule, type Unary } from "../../lib/core/index.js";
import { add } from "../elementwise/field.js";
import { cospi, sinpi } from "../elementwise/trigonometric.js";

/** B₂, B₄, …: from 15 + n on their series has all digits. */
const bernoulli: readonly number[] = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798, -174611 / 330];

/** n! */
function factorial(n: number): number {
  let product = 1;
  for (let k = 2; k <= n; k++) product *= k;
  return product;
}

/** x⁻ᵐ; with a gap y > 0, (x + y)⁻ᵐ − x⁻ᵐ as x⁻ᵐ expm1(−m log1p(y/x)), which does not cancel where y is small. */
function power(m: number, x: number, y: number): number {
  return y === 0 ? x ** -m : x ** -m * Math.expm1(-m * Math.log1p(y / x));
}

/**
 * (−1)ⁿ⁺¹ ψ⁽ⁿ⁾(x) = Σₖ n!/(x + k)ⁿ⁺¹ for x > 0, or with a gap y > 0 what it grows by from x to x + y: the first terms, then the asymptotic
 * series of the rest, (n − 1)! x⁻ⁿ + n!/(2xⁿ⁺¹) + Σ B₂ₖ (2k + n − 1)!/(2k)! x⁻²ᵏ⁻ⁿ, where −ln x leads for n = 0 (with a gap only). All are linear
 * in powers of x. Source: Abramowitz & Stegun, 6.4.6 and 6.4.11.
 */
function sumOfPowers(n: number, x: number, y: number): number {
  const scale = factorial(n);
  let head = 0;
  let at = x;
  for (; at < 15 + n; at++) head += scale * power(n + 1, at, y);
  let tail = (scale / 2) * power(n + 1, at, y);
  let factor = (scale * (n + 1)) / 2;
  for (let k = 1; k <= bernoulli.length; k++) {
    if (k > 1) factor *= ((2 * k + n - 1) * (2 * k + n - 2)) / (2 * k * (2 * k - 1));
    tail += (bernoulli[k - 1] as number) * factor * power(2 * k + n, at, y);
  }
  const lead = n === 0 ? -Math.log1p(y / at) : factorial(n - 1) * power(n, at, y);
  return head + (lead + tail);
}

/** The n-th derivative of π cot πx: polynomials in c = cot πx, each −π (1 + c²) times the derivative of the one before. */
function cotangentDerivative(n: number, x: number): number {
  let coefficients = [0, Math.PI];
  for (let j = 0; j < n; j++) {
    const next = new Array<number>(coefficients.length + 1).fill(0);
    for (let k = 1; k < coefficients.length; k++) {
      const slope = -Math.PI * k * (coefficients[k] as number);
      next[k - 1] = (next[k - 1] as number) + slope;
      next[k + 1] = (next[k + 1] as number) + slope;
    }
    coefficients = next;
  }
  const c = cospi(x) / sinpi(x);
  return coefficients.reduceRight((sum, a) => sum * c + a, 0);
}

/** ψ⁽ⁿ⁾(x) for n ≥ 1; left of 0 by reflection, ψ⁽ⁿ⁾(x) = (−1)ⁿ ψ⁽ⁿ⁾(1 − x) − dⁿ/dxⁿ π cot πx. */
function polygammaAt(n: number, x: number): number {
  const sign = n % 2 === 0 ? -1 : 1;
  if (!(x <= 0)) return sign * sumOfPowers(n, x, 0);
  if (Number.isInteger(x)) return n % 2 === 0 ? Number.NaN : Number.POSITIVE_INFINITY;
  return -sign * polygammaAt(n, 1 - x) - cotangentDerivative(n, x);
}

/** ψ⁽ⁿ⁾(x + y) − ψ⁽ⁿ⁾(x) for x, y ≥ 0 without cancelling where y is small. */
function gapAt(n: number, x: number, y: number): number {
  if (!(x >= 0 && y >= 0)) return Number.NaN;
  if (y === 0) return 0;
  return (n % 2 === 0 ? -1 : 1) * sumOfPowers(n, x, y);
}

const polygammas: Unary[] = [];
const gaps: Binary[] = [];

/** The function ψ⁽ⁿ⁾, n ≥ 1: the n-th derivative of digamma. Its slope is the next one. At its poles ∞ for odd n, NaN for even n. */
export function polygamma(n: number): Unary {
  polygammas[n] ??= scalarRule(
    (x: number): number => polygammaAt(n, x),
    (_, x) => [polygamma(n + 1)(x)],
    { name: `polygamma${n}` },
  );
  return polygammas[n];
}

/** The function ψ⁽ⁿ⁾(x + y) − ψ⁽ⁿ⁾(x) of x, y ≥ 0, n ≥ 0, to the last digits; NaN elsewhere. */
export function polygammaGap(n: number): Binary {
  gaps[n] ??= scalarRule(
    (x: number, y: number): number => gapAt(n, x, y),
    (_, x, y) => [polygammaGap(n + 1)(x, y), polygamma(n + 1)(add(x, y))],
    { name: `polygammaGap${n}` },
  );
  return gaps[n];
}
