import erfcxPrimal from "@stdlib/math-base-special-erfcx";
import erfinvPrimal from "@stdlib/math-base-special-erfinv";
import { type Binary, scalarRule, type Unary } from "../../lib/core/index.js";
import { exp } from "../elementwise/exponential.js";
import { mul, square } from "../elementwise/field.js";

/**
 * The inverse of erf on (−1, 1): ±∞ at ±1, where its slope is ∞ as well, and NaN beyond.
 *   ẏ = √π/2 e^(y²) ẋ            x̄ = √π/2 e^(y²) ȳ
 */
export const erfinv: Unary = scalarRule(erfinvPrimal, (y) => [mul(Math.sqrt(Math.PI) / 2, exp(square(y)))], { name: "erfinv" });

/**
 * The n-th derivative of e^(x²) erfc x, which is (−2)ⁿ n! eₙ where eₙ = e^(x²) iⁿerfc x, e₋₁ = 2/√π and 2n eₙ = eₙ₋₂ − 2x eₙ₋₁. Upward that
 * recurrence cancels for x > 1; there it is run downward from far above, and scaled to the known e₋₁.
 * Source: W. Gautschi, Recursive computation of the repeated integrals of the error function, Math. Comp. 15 (1961).
 */
function derivativeAt(n: number, x: number): number {
  let factor = 1;
  for (let k = 1; k <= n; k++) factor *= -2 * k;
  let above = 0;
  let here = 1e-300;
  if (x > 1) {
    let result = 0;
    for (let k = n + 20 + Math.ceil(200 / (x * x)); k >= 0; k--) {
      // here is eₖ up to a scale
      if (k === n) result = here;
      const below = 2 * (k + 1) * above + 2 * x * here;
      [above, here] = [here, below];
      if (here > 1e200) [above, here, result] = [above * 1e-200, here * 1e-200, result * 1e-200];
    }
    return factor * (result / here) * (2 / Math.sqrt(Math.PI));
  }
  [above, here] = [2 / Math.sqrt(Math.PI), erfcxPrimal(x)];
  for (let k = 1; k <= n; k++) [above, here] = [here, (above - 2 * x * here) / (2 * k)];
  return factor * here;
}

/** 2x y − 2/√π, the slope of erfcx with its value y at hand, by the recurrence where that cancels. y comes with x; it does not count as moving. */
const slopeOfErfcx: Binary = scalarRule(
  (y: number, x: number): number => (x > 1 ? derivativeAt(1, x) : 2 * x * y - 2 / Math.sqrt(Math.PI)),
  (_, __, x) => [0, erfcxDerivative(2)(x)],
  { name: "slopeOfErfcx" },
);

const family: Unary[] = [];

/** The n-th derivative of erfcx for n ≥ 2; its slope is the next one. */
function erfcxDerivative(n: number): Unary {
  family[n] ??= scalarRule(
    (x: number): number => derivativeAt(n, x),
    (_, x) => [erfcxDerivative(n + 1)(x)],
    { name: `erfcxDerivative${n}` },
  );
  return family[n];
}

/**
 * The scaled complementary error function, y = e^(x²) erfc x: no underflow on the right, overflow to ∞ from −26.7 on. Accurate to all orders.
 *   ẏ = (2x y − 2/√π) ẋ          x̄ = (2x y − 2/√π) ȳ
 */
export const erfcx: Unary = scalarRule(erfcxPrimal, (y, x) => [slopeOfErfcx(y, x)], { name: "erfcx" });
