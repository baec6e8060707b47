import { scalarRule, type Unary } from "../lib/core/index.js";
import { cospi, sinpi } from "./trigonometric.js";

/**
 * The k-th derivative of sin z / z by z. Far from 0 by its recurrence z s⁽ᵏ⁾ + k s⁽ᵏ⁻¹⁾ = sin⁽ᵏ⁾ z, which cancels near 0; there by the
 * Taylor series Σ (−1)ⁿ z²ⁿ⁻ᵏ / ((2n − k)! (2n + 1)), which cancels far from it.
 */
function derivativeAt(k: number, x: number): number {
  const z = Math.PI * x;
  if (Math.abs(z) < 1 + k / 2) return nearZero(k, z);
  const [sine, cosine] = [sinpi(x), cospi(x)];
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

/** The k-th derivative of sinc; its own slope is the next one. */
function sincDerivative(k: number): Unary {
  family[k] ??= scalarRule(
    (x: number): number => Math.PI ** k * derivativeAt(k, x),
    (_, x) => [sincDerivative(k + 1)(x)],
    { name: k === 0 ? "sinc" : `sincDerivative${k}` },
  );
  return family[k];
}

/**
 * y = sin(πx) / (πx), 1 at 0, and 0 exactly at all other integers: NumPy's sinc. Accurate to all orders, near 0 too.
 *   ẏ = (cos(πx) − y)/x · ẋ      x̄ = (cos(πx) − y)/x · ȳ, in its limit 0 at x = 0
 */
export const sinc: Unary = sincDerivative(0);
