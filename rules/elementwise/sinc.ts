import { type Binary, scalarRule, type Unary } from "../../lib/core/index.js";
import { cospiOf, sinpiOf } from "./trigonometric.js";

function sincOf(x: number): number {
  return x === 0 ? 1 : sinpiOf(x) / (Math.PI * x);
}

/** −(cos z − sin z / z) / z² by its Taylor series Σ (−t)ᵐ (2m + 2) / (2m + 3)! in t = z², to the last digits for |z| < 1.5. */
function slopeOverAngle(t: number): number {
  const tail =
    1 / 3991680 -
    t * (1 / 518918400 - t * (1 / 93405312000 - t * (1 / 22230464256000 - t * (1 / 6758061133824000 - t / 2554547108585472000))));
  return 1 / 3 - t * (1 / 30 - t * (1 / 840 - t * (1 / 45360 - t * tail)));
}

/** The slope of sinc with y = sinc x at hand, which comes with x and does not count as an operand that moves. */
const slopeOfSinc: Binary = scalarRule(
  (y: number, x: number): number => {
    const z = Math.PI * x;
    return Math.abs(z) < 1.5 ? -Math.PI * z * slopeOverAngle(z * z) : (cospiOf(x) - y) / x;
  },
  (_, __, x) => [0, sincDerivative(2)(x)],
  { name: "slopeOfSinc" },
);

/**
 * The k-th derivative of sin z / z by z. Far from 0 by its recurrence z s⁽ᵏ⁾ + k s⁽ᵏ⁻¹⁾ = sin⁽ᵏ⁾ z, which cancels near 0; there by the
 * Taylor series Σ (−1)ⁿ z²ⁿ⁻ᵏ / ((2n − k)! (2n + 1)), which cancels far from it.
 */
function derivativeAt(k: number, x: number): number {
  const z = Math.PI * x;
  if (Math.abs(z) < 1 + k / 2) return nearZero(k, z);
  const [sine, cosine] = [sinpiOf(x), cospiOf(x)];
  const turned = [sine, cosine, -sine, -cosine];
  let s = sine / z;
  for (let j = 1; j <= k; j++) s = ((turned[j % 4] as number) - j * s) / z;
  return s;
}

function nearZero(k: number, z: number): number {
  const odd = k % 2;
  let sign = (k + odd) % 4 === 0 ? 1 : -1;
  let power = odd === 0 ? 1 : z; // zᵐ / m!
  let total = 0;
  for (let m = odd; ; m += 2) {
    const before = total;
    total += (sign * power) / (m + k + 1);
    if (total === before) return total;
    sign = -sign;
    power *= (z * z) / ((m + 1) * (m + 2));
  }
}

const family: Unary[] = [];

/** The k-th derivative of sinc for k ≥ 2; its own slope is the next one. */
function sincDerivative(k: number): Unary {
  family[k] ??= scalarRule(
    (x: number): number => Math.PI ** k * derivativeAt(k, x),
    (_, x) => [sincDerivative(k + 1)(x)],
    { name: `sincDerivative${k}` },
  );
  return family[k];
}

/**
 * y = sin(πx) / (πx), 1 at 0, and 0 exactly at all other integers: NumPy's sinc. Accurate to all orders, near 0 too.
 *   ẏ = (cos(πx) − y)/x · ẋ      x̄ = (cos(πx) − y)/x · ȳ, in its limit 0 at x = 0
 */
export const sinc: Unary = scalarRule(sincOf, (y, x) => [slopeOfSinc(y, x)], { name: "sinc" });
