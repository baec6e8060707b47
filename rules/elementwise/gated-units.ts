import { add, type Binary, describe, optionsFor, type Scalar, scalarRule, type Unary } from "../../lib/core/index.js";
import { erfcOf } from "./erf.js";
import { mul, neg, square, sub } from "./field.js";
import { tanh } from "./hyperbolic.js";
import { expecting, type UnaryWith } from "./rectifiers.js";
import { logistic, logisticSlope, sigmoid, sigmoidSlope } from "./sigmoid.js";

/** x times a factor that goes to 0 faster than x to ±∞. */
const gated = (x: number, factor: number): number => (factor === 0 ? 0 : x * factor);

/** Whether a product with x has kept the digits of the other factor, which is the quotient then. */
const keepsDigits = (product: number): boolean => Math.abs(product) > 1e-290 && Math.abs(product) < 1e290;

// The slopes below get y, the value of the function at x, since it is at hand where they are needed: y / x is the factor, and costs no
// exponential. y comes with x; it does not count as an operand that moves, and the slope by x is that of the whole.

/** What is lost when x² is rounded to p. Source: T. J. Dekker, A floating-point technique for extending the available precision (1971). */
function lostInSquare(p: number, x: number): number {
  const c = 134217729 * x;
  const high = c - (c - x);
  const low = x - high;
  return low * low - (p - high * high - 2 * (high * low));
}

function normalDensityOf(x: number): number {
  const p = x * x;
  // The exponential multiplies the rounding error of its argument by the argument: what x² lost goes in by itself.
  return p < 1500 ? 0.3989422804014327 * Math.exp(-p / 2) * (1 - lostInSquare(p, x) / 2) : Number.isNaN(x) ? x : 0;
}

/** φ(x) = e^(−x²/2) / √2π, the density of the standard normal distribution. */
const normalDensity: Unary = scalarRule(normalDensityOf, (y, x) => [neg(mul(x, y))], { name: "normalDensity" });

/** Φ(x), the standard normal distribution: erfc(−x/√2) / 2, with all digits in its left tail. */
function normalDistribution(x: number): number {
  const z = -x * Math.SQRT1_2;
  if (!(x < -1 && x > -39)) return erfcOf(z) / 2;
  const [p, q] = [x * x, z * z];
  const exact = p / 2 - q + (lostInSquare(p, x) / 2 - lostInSquare(q, z));
  return (erfcOf(z) / 2) * (1 - exact);
}

/** Φ(x) + x φ(x) with y = x Φ(x) at hand. */
const slopeOfGelu: Binary = scalarRule(
  (y: number, x: number): number => (keepsDigits(y) ? y / x : normalDistribution(x)) + gated(x, normalDensityOf(x)),
  (_, __, x) => [0, mul(normalDensity(x), sub(2, square(x)))],
  { name: "slopeOfGelu" },
);

/** Options of `gelu`. */
export interface GeluOptions {
  /** "tanh" for the approximation by tanh; exact when absent. */
  readonly approximate?: "tanh" | undefined;
}

function checkApproximation(options: GeluOptions | undefined): void {
  const { approximate } = optionsFor("gelu", options, 'approximate: "tanh"');
  if (approximate !== undefined && approximate !== "tanh")
    throw new TypeError(`gelu: approximate is ${describe(approximate)}; give "tanh", or leave it out for the exact function`);
}

/** Whether options that were looked at before the first entry ask for the approximation: strings are not compared at each. */
const approximately = (options: GeluOptions | undefined): boolean => options?.approximate !== undefined;

const linear: number = 2 * Math.sqrt(2 / Math.PI);
const cubic: number = linear * 0.044715;

const approximateGelu = (x: number): number => gated(x, logistic(x * (linear + cubic * x * x)));

/** σ(w) + x w′ σ(w) σ(−w) for y = x σ(w) at hand, w = x (linear + cubic x²): (1 + tanh(u)) / 2 is σ(2u). */
const slopeOfApproximateGelu: Binary = scalarRule(
  (y: number, x: number): number => {
    const s = x * x;
    const speed = linear + 3 * cubic * s;
    const gate = y / x;
    // For larger x the error of 1 − gate is multiplied by too much.
    if (x < 2 && keepsDigits(y)) return gate + y * (1 - gate) * speed;
    const w = x * (linear + cubic * s);
    return logistic(w) + gated(x * speed, logisticSlope(w));
  },
  (_, __, x) => {
    const s = square(x);
    const w = mul(x, add(linear, mul(cubic, s)));
    const speed = add(linear, mul(3 * cubic, s));
    const bend = sub(mul(6 * cubic, x), mul(tanh(mul(0.5, w)), square(speed)));
    return [0, mul(sigmoidSlope(w), add(mul(2, speed), mul(x, bend)))];
  },
  { name: "slopeOfApproximateGelu" },
);

/**
 * x Φ(x), Φ the standard normal distribution; with { approximate: "tanh" }, x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2.
 *   ẏ = (Φ(x) + x φ(x)) ẋ        x̄ = (Φ(x) + x φ(x)) ȳ
 * @throws {TypeError} when approximate is anything but "tanh"
 * Source: Hendrycks and Gimpel, Gaussian error linear units (2016).
 */
export const gelu: UnaryWith<GeluOptions> = scalarRule<UnaryWith<GeluOptions>>(
  (x: number, options?: GeluOptions): number => (approximately(options) ? approximateGelu(x) : gated(x, normalDistribution(x))),
  (y: Scalar, x: Scalar, options?: GeluOptions) => [approximately(options) ? slopeOfApproximateGelu(y, x) : slopeOfGelu(y, x)],
  { name: "gelu", dispatch: expecting(checkApproximation) },
);

/** σ(x) + x σ(x) σ(−x) with y = x σ(x) at hand. */
const slopeOfSilu: Binary = scalarRule(
  (y: number, x: number): number => {
    const gate = y / x;
    // For larger x the error of 1 − gate is multiplied by too much.
    if (x < 4 && keepsDigits(y)) return gate + y * (1 - gate);
    return logistic(x) + gated(x, logisticSlope(x));
  },
  (_, __, x) => [0, mul(sigmoidSlope(x), sub(2, mul(x, tanh(mul(0.5, x)))))],
  { name: "slopeOfSilu" },
);

/**
 * x σ(x), also called swish.
 *   ẏ = (σ(x) + x σ(x) σ(−x)) ẋ  x̄ = (σ(x) + x σ(x) σ(−x)) ȳ
 * Source: Elfwing, Uchibe and Doya, Sigmoid-weighted linear units for neural network function approximation (2018).
 */
export const silu: Unary = scalarRule(
  (x: number): number => gated(x, logistic(x)),
  (y, x) => [slopeOfSilu(y, x)],
  { name: "silu" },
);

// tanh(ln(1 + eˣ)) is n / (n + 2) for n = eˣ (eˣ + 2): one exponential, nothing cancels. For x > 0 both are divided by e²ˣ.

/** tanh(softplus(x)). */
function gateOf(x: number): number {
  const t = Math.exp(-Math.abs(x));
  const right = Number(x > 0);
  const n = (1 + 2 * t) * right + t * (t + 2) * (1 - right);
  return n / (n + 2 * (t * t * right + (1 - right)));
}

/** Its slope 4eˣ (1 + eˣ) / (n + 2)². */
function slopeOfGateOf(x: number): number {
  const t = Math.exp(-Math.abs(x));
  const right = Number(x > 0);
  const least = t * right + (1 - right);
  const whole = (1 + t) * (1 + t) + least * least;
  return (4 * t * least * (1 + t)) / (whole * whole);
}

const gate: Unary = scalarRule(gateOf, (_, x) => [slopeOfGate(x)], { name: "gate" });

/** σ(−x) − 2 tanh(softplus(x)) σ(x), the logarithmic slope of the slope of the gate. */
const bendOfGate = (x: Scalar): Scalar => sub(sigmoid(neg(x)), mul(2, mul(gate(x), sigmoid(x))));

const slopeOfGate: Unary = scalarRule(slopeOfGateOf, (y, x) => [mul(y, bendOfGate(x))], { name: "slopeOfGate" });

/** t + x t′ with t = tanh(softplus(x)). */
const slopeOfMish: Unary = scalarRule(
  (x: number): number => gateOf(x) + gated(x, slopeOfGateOf(x)),
  (_, x) => [mul(slopeOfGate(x), add(2, mul(x, bendOfGate(x))))],
  { name: "slopeOfMish" },
);

/**
 * x tanh(softplus(x)).
 *   ẏ = (t + x (1 − t²) σ(x)) ẋ  x̄ = (t + x (1 − t²) σ(x)) ȳ,  t = tanh(softplus(x))
 * Source: D. Misra, Mish: a self regularized non-monotonic activation function (2020).
 */
export const mish: Unary = scalarRule(
  (x: number): number => gated(x, gateOf(x)),
  (_, x) => [slopeOfMish(x)],
  { name: "mish" },
);
