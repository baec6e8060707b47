import digammaPrimal from "@stdlib/math-base-special-digamma";
import { applyElementwise, type PlainOperand } from "../../lib/core/calls/elementwise.js";
import {
  type AnyArray,
  type Binary,
  defineRule,
  describe,
  NoTangent,
  type Operand,
  type Scalar,
  scalarRule,
  scale,
  TracedNumber,
} from "../../lib/core/index.js";
import type { NdArray } from "../../lib/nd/index.js";
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

/** c x⁻ᵐ in two steps, of which neither leaves the doubles before the result does. */
function scaledPower(c: number, m: number, x: number): number {
  const half = m >> 1;
  return c * x ** -half * x ** (half - m);
}

/**
 * (−1)ⁿ⁺¹ ψ⁽ⁿ⁾(x) = Σₖ n!/(x + k)ⁿ⁺¹ for n ≥ 1 and x > 0: the first terms, then the asymptotic series of the rest, (n − 1)! x⁻ⁿ + n!/(2xⁿ⁺¹) +
 * Σ B₂ₖ (2k + n − 1)!/(2k)! x⁻²ᵏ⁻ⁿ.
 * Source: Abramowitz & Stegun, 6.4.10 and 6.4.11.
 */
function sumOfPowers(n: number, x: number): number {
  const scale = factorial(n);
  let head = 0;
  let at = x;
  for (; at < 15 + n; at++) head += scaledPower(scale, n + 1, at);
  const lead = scaledPower(scale / n, n, at);
  let tail = lead * (n / (2 * at));
  let factor = lead * ((n * (n + 1)) / (2 * at * at));
  for (let k = 1; k <= bernoulli.length; k++) {
    tail += (bernoulli[k - 1] as number) * factor;
    factor *= ((2 * k + n) * (2 * k + n + 1)) / ((2 * k + 1) * (2 * k + 2) * at * at);
  }
  return head + (lead + tail);
}

/** (x + y)⁻ᵐ − x⁻ᵐ as x⁻ᵐ expm1(−m log1p(y/x)), which does not cancel where y is small. */
function powerGap(m: number, x: number, y: number): number {
  return x ** -m * Math.expm1(-m * Math.log1p(y / x));
}

/** What that sum grows by from x to x + y, y > 0: all its parts are linear in powers of x. For n = 0 the series of the rest begins with −ln x. */
function growthOfPowers(n: number, x: number, y: number): number {
  const scale = factorial(n);
  let head = 0;
  let at = x;
  for (; at < 15 + n; at++) head += scale * powerGap(n + 1, at, y);
  let tail = (scale / 2) * powerGap(n + 1, at, y);
  let factor = (scale * (n + 1)) / 2;
  for (let k = 1; k <= bernoulli.length; k++) {
    if (k > 1) factor *= ((2 * k + n - 1) * (2 * k + n - 2)) / (2 * k * (2 * k - 1));
    tail += (bernoulli[k - 1] as number) * factor * powerGap(2 * k + n, at, y);
  }
  const lead = n === 0 ? -Math.log1p(y / at) : factorial(n - 1) * powerGap(n, at, y);
  return head + (lead + tail);
}

const cotangents: number[][] = [[0, Math.PI]];

/** The n-th derivative of π cot πx as a polynomial in c = cot πx: each is −π (1 + c²) times the derivative of the one before. */
function cotangentCoefficients(n: number): readonly number[] {
  for (let j = cotangents.length; j <= n; j++) {
    const before = cotangents[j - 1] as number[];
    const next = new Array<number>(before.length + 1).fill(0);
    for (let k = 1; k < before.length; k++) {
      const slope = -Math.PI * k * (before[k] as number);
      next[k - 1] = (next[k - 1] as number) + slope;
      next[k + 1] = (next[k + 1] as number) + slope;
    }
    cotangents.push(next);
  }
  return cotangents[n] as number[];
}

function cotangentDerivative(n: number, x: number): number {
  const c = cospi(x) / sinpi(x);
  return cotangentCoefficients(n).reduceRight((sum, a) => sum * c + a, 0);
}

/** ψ⁽ⁿ⁾(x) for n ≥ 1; left of 0 by reflection, ψ⁽ⁿ⁾(x) = (−1)ⁿ ψ⁽ⁿ⁾(1 − x) − dⁿ/dxⁿ π cot πx. */
function polygammaAt(n: number, x: number): number {
  const sign = n % 2 === 0 ? -1 : 1;
  if (!(x <= 0)) return x === Number.POSITIVE_INFINITY ? 0 : sign * sumOfPowers(n, x);
  if (Number.isInteger(x)) return n % 2 === 0 ? Number.NaN : Number.POSITIVE_INFINITY;
  return -sign * polygammaAt(n, 1 - x) - cotangentDerivative(n, x);
}

/** ψ⁽ⁿ⁾(x + y) − ψ⁽ⁿ⁾(x) for x, y ≥ 0 without cancelling where y is small. */
function gapAt(n: number, x: number, y: number): number {
  if (!(x >= 0 && y >= 0)) return Number.NaN;
  if (y === 0) return 0;
  return (n % 2 === 0 ? -1 : 1) * growthOfPowers(n, x, y);
}

const gaps: Binary[] = [];

/** The function ψ⁽ⁿ⁾(x + y) − ψ⁽ⁿ⁾(x) of x, y ≥ 0, n ≥ 0, to the last digits; NaN elsewhere. */
export function polygammaGap(n: number): Binary {
  gaps[n] ??= scalarRule(
    (x: number, y: number): number => gapAt(n, x, y),
    (_, x, y) => [polygammaGap(n + 1)(x, y), polygamma(n + 1, add(x, y))],
    { name: `polygammaGap${n}` },
  );
  return gaps[n];
}

/** ψ⁽ⁿ⁾ of a number or of each entry, with one order n for all. */
export interface Polygamma {
  (n: number, x: number): number;
  (n: number, x: Scalar): Scalar;
  (n: number, x: NdArray): NdArray;
  (n: number, x: AnyArray): AnyArray;
  (n: number, x: PlainOperand): PlainOperand;
  (n: number, x: Operand): Operand;
}

/** ψ(x), ∓∞ at ±0. */
export function digammaAt(x: number): number {
  return x === 0 ? -1 / x : digammaPrimal(x);
}

/** ψ⁽ⁿ⁾(x) for every n that a loop may try: NaN where it is no order, and beyond 170, whose factorial is no double. */
function valueAt(n: number, x: number): number {
  if (n === 0) return digammaAt(x);
  return Number.isInteger(n) && n > 0 && n <= 170 ? polygammaAt(n, x) : Number.NaN;
}

/** The highest order. The coefficients of those above it, which its slopes of all orders need, leave the doubles from 136 on. */
const HIGHEST = 100;

function orderOf(n: unknown): number {
  if (typeof n !== "number") throw new TypeError(`polygamma: n is ${describe(n)}; the order stands still: give its plain value, primal(n)`);
  if (Number.isInteger(n) && n >= 0 && n <= HIGHEST) return n;
  throw new RangeError(`polygamma: n = ${n} is no order; give an integer from 0 to ${HIGHEST}`);
}

/** ψ⁽ⁿ⁾(x) as a function of two operands, by which loops know it; n does not count as one that moves. */
const ofOrder: Binary = scalarRule(valueAt, (_, n, x) => [0, ofOrder(add(n, 1), x)], { name: "polygamma" });

/**
 * ψ⁽ⁿ⁾(x), the n-th derivative of digamma, n from 0 to 100 and static. At the poles 0, −1, −2, … it is ∞ for odd n, NaN for even n (but −∞ and ∞
 * at ±0 for n = 0, as `digamma`).
 *   ẏ = ψ⁽ⁿ⁺¹⁾(x) ẋ              x̄ = ψ⁽ⁿ⁺¹⁾(x) ȳ
 * @throws {TypeError} when n is no plain number
 * @throws {RangeError} when n is no integer from 0 to 100
 * Source: Abramowitz & Stegun, 6.4.1.
 */
export const polygamma: Polygamma = defineRule(
  ((n: number, x: PlainOperand) => applyElementwise("polygamma", valueAt, [orderOf(n), x])) as Polygamma,
  {
    frule: ([, , dx], n: number, x: Operand) => [polygamma(n, x), scale(ofOrder(n + 1, x), dx as Operand)],
    rrule: (n: number, x: Operand) => [
      polygamma(n, x),
      function polygammaPullback(ybar: Operand) {
        return [NoTangent, NoTangent, scale(ofOrder(n + 1, x), ybar)];
      },
    ],
  },
  {
    name: "polygamma",
    still: [0],
    elementwise: {
      f: valueAt,
      partials: (_: Scalar, n: Scalar, x: Scalar) => [0, ofOrder(add(n, 1), x)],
      operands: (args) => args,
      kindless: [0],
    },
    dispatch: (general: Polygamma, rule) =>
      ((n: number, x: Scalar): unknown => {
        const order = orderOf(n);
        if (x instanceof TracedNumber && rule.stepsAside === undefined)
          return x.level.unary(valueAt(order, x.primal), x, valueAt(order + 1, x.primal));
        return general(order, x);
      }) as Polygamma,
  },
);
