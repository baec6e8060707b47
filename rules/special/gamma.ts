import betaPrimal from "@stdlib/math-base-special-beta";
import lbetaPrimal from "@stdlib/math-base-special-betaln";
import gammaPrimal from "@stdlib/math-base-special-gamma";
import lgammaPrimal from "@stdlib/math-base-special-gammaln";
import trigammaPrimal from "@stdlib/math-base-special-trigamma";
import { type Binary, scalarRule, type Unary } from "../../lib/core/index.js";
import { mul, neg } from "../elementwise/field.js";
import { derivativesOfBeta } from "./beta-derivatives.js";
import { digammaAt, polygamma, polygammaGap } from "./polygamma.js";

/**
 * The gamma function, y = Γ(x): (x − 1)! at positive integers. ±∞ at ±0, NaN at negative integers.
 *   ẏ = y ψ(x) ẋ                 x̄ = y ψ(x) ȳ
 */
export const gamma: Unary = scalarRule(gammaPrimal, (y, x) => [mul(y, digamma(x))], { name: "gamma" });

/**
 * ln |Γ(x)|, without overflow; ∞ at 0, at negative integers and at ±∞.
 *   ẏ = ψ(x) ẋ                   x̄ = ψ(x) ȳ
 */
export const lgamma: Unary = scalarRule(
  (x: number): number => (x === Number.NEGATIVE_INFINITY ? -x : lgammaPrimal(x)),
  (_, x) => [digamma(x)],
  { name: "lgamma" },
);

/**
 * ψ(x) = Γ′(x) / Γ(x); ∓∞ at ±0, NaN at negative integers.
 *   ẏ = ψ′(x) ẋ                  x̄ = ψ′(x) ȳ
 * Source: Abramowitz & Stegun, 6.3.1.
 */
export const digamma: Unary = scalarRule(digammaAt, (_, x) => [trigamma(x)], { name: "digamma" });

/**
 * ψ′(x), the slope of digamma; ∞ at 0 and at negative integers.
 *   ẏ = ψ″(x) ẋ                  x̄ = ψ″(x) ȳ
 * Source: Abramowitz & Stegun, 6.4.1.
 */
export const trigamma: Unary = scalarRule(
  (x: number): number => (x <= 0 && Number.isInteger(x) ? Number.POSITIVE_INFINITY : trigammaPrimal(x)),
  (_, x) => [polygamma(2, x)],
  { name: "trigamma" },
);

/**
 * The beta function, z = Γ(x) Γ(y) / Γ(x + y), for x, y ≥ 0; NaN elsewhere. Its slopes keep their digits where one argument dwarfs the other.
 *   ż = z (ψ(x) − ψ(x + y)) ẋ + z (ψ(y) − ψ(x + y)) ẏ            x̄ = z (ψ(x) − ψ(x + y)) z̄,  ȳ = z (ψ(y) − ψ(x + y)) z̄
 * Source: Abramowitz & Stegun, 6.2.2.
 */
export const beta: Binary = derivativesOfBeta(betaPrimal)(0, 0);

/**
 * ln B(x, y), without underflow, for x, y ≥ 0; NaN elsewhere.
 *   ż = (ψ(x) − ψ(x + y)) ẋ + (ψ(y) − ψ(x + y)) ẏ                x̄ = (ψ(x) − ψ(x + y)) z̄,  ȳ = (ψ(y) − ψ(x + y)) z̄
 */
export const lbeta: Binary = scalarRule(
  (x: number, y: number): number => (x < 0 || y < 0 ? Number.NaN : lbetaPrimal(x, y)),
  (_, x, y) => [neg(polygammaGap(0)(x, y)), neg(polygammaGap(0)(y, x))],
  { name: "lbeta" },
);
