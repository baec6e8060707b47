import { add, describe, optionsFor, type Scalar, scalarRule, type Unary } from "../lib/core/index.js";
import { erfc } from "./erf.js";
import { mul, neg, square } from "./field.js";
import { sechSquared } from "./hyperbolic.js";
import { expecting, type UnaryWith } from "./rectifiers.js";
import { sigmoid, sigmoidSlope, softplus } from "./sigmoid.js";

/** x times a factor that goes to 0 faster than x to −∞. */
const gated = (x: number, factor: number): number => (factor === 0 ? 0 : x * factor);

/** What is lost when a product is rounded. Source: T. J. Dekker, A floating-point technique for extending the available precision (1971). */
function lostIn(product: number, a: number, b: number): number {
  const split = (v: number): readonly [high: number, low: number] => {
    const c = 134217729 * v;
    const high = c - (c - v);
    return [high, v - high];
  };
  const [ah, al] = split(a);
  const [bh, bl] = split(b);
  return al * bl - (product - ah * bh - al * bh - ah * bl);
}

/** φ(x) = e^(−x²/2) / √2π, the density of the standard normal distribution. */
const normalDensity: Unary = scalarRule(
  (x: number): number => {
    const p = x * x;
    // The exponential multiplies the rounding error of its argument by the argument: what x² lost goes in by itself.
    return p < 1500 ? 0.3989422804014327 * Math.exp(-p / 2) * (1 - lostIn(p, x, x) / 2) : Number.isNaN(x) ? x : 0;
  },
  (y, x) => [neg(mul(x, y))],
  { name: "normalDensity" },
);

/** Φ(x), the standard normal distribution: erfc(−x/√2) / 2, with all digits in its left tail. */
const normalDistribution: Unary = scalarRule(
  (x: number): number => {
    const z = -x * Math.SQRT1_2;
    if (!(x < -1 && x > -39)) return erfc(z) / 2;
    const [p, q] = [x * x, z * z];
    const exact = p / 2 - q + (lostIn(p, x, x) / 2 - lostIn(q, z, z));
    return (erfc(z) / 2) * (1 - exact);
  },
  (_, x) => [normalDensity(x)],
  { name: "normalDistribution" },
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

/** Whether options that were looked at before the first entry ask for the approximation. */
const approximately = (options: GeluOptions | undefined): boolean => options?.approximate === "tanh";

const [linear, cubic] = [2 * Math.sqrt(2 / Math.PI), 2 * Math.sqrt(2 / Math.PI) * 0.044715];

/**
 * x Φ(x), Φ the standard normal distribution; with { approximate: "tanh" }, x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2.
 *   ẏ = (Φ(x) + x φ(x)) ẋ        x̄ = (Φ(x) + x φ(x)) ȳ
 * @throws {TypeError} when approximate is anything but "tanh"
 * Source: Hendrycks and Gimpel, Gaussian error linear units (2016).
 */
export const gelu: UnaryWith<GeluOptions> = scalarRule<UnaryWith<GeluOptions>>(
  (x: number, options?: GeluOptions): number =>
    gated(x, approximately(options) ? sigmoid(x * (linear + cubic * x * x)) : normalDistribution(x)),
  (_, x: Scalar, options?: GeluOptions) => {
    if (!approximately(options)) return [add(normalDistribution(x), mul(x, normalDensity(x)))];
    // (1 + tanh(u)) / 2 = σ(2u)
    const twice = mul(x, add(linear, mul(cubic, square(x))));
    return [add(sigmoid(twice), mul(mul(x, sigmoidSlope(twice)), add(linear, mul(3 * cubic, square(x)))))];
  },
  { name: "gelu", dispatch: expecting(checkApproximation) },
);

/**
 * x σ(x), also called swish.
 *   ẏ = (σ(x) + x σ(x) σ(−x)) ẋ  x̄ = (σ(x) + x σ(x) σ(−x)) ȳ
 * Source: Elfwing, Uchibe and Doya, Sigmoid-weighted linear units for neural network function approximation (2018).
 */
export const silu: Unary = scalarRule(
  (x: number): number => gated(x, sigmoid(x)),
  (_, x) => [add(sigmoid(x), mul(x, sigmoidSlope(x)))],
  { name: "silu" },
);

/** tanh(softplus(x)). */
const gate: Unary = scalarRule(
  (x: number): number => Math.tanh(softplus(x)),
  (_, x) => [mul(sechSquared(softplus(x)), sigmoid(x))],
  { name: "gate" },
);

/**
 * x tanh(softplus(x)).
 *   ẏ = (t + x (1 − t²) σ(x)) ẋ  x̄ = (t + x (1 − t²) σ(x)) ȳ,  t = tanh(softplus(x))
 * Source: D. Misra, Mish: a self regularized non-monotonic activation function (2020).
 */
export const mish: Unary = scalarRule(
  (x: number): number => gated(x, Math.tanh(softplus(x))),
  (_, x) => [add(gate(x), mul(mul(x, sechSquared(softplus(x))), sigmoid(x)))],
  { name: "mish" },
);
