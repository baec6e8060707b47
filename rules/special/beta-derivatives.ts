import { type Binary, scalarRule } from "../../lib/core/index.js";
import { polygamma, polygammaGap } from "./polygamma.js";

/** ∂ᵃ⁺ᵇ ln B / ∂xᵃ∂yᵇ: differences of polygammas that keep their digits. */
function logDerivative(a: number, b: number, x: number, y: number): number {
  if (b === 0) return -polygammaGap(a - 1)(x, y);
  return a === 0 ? -polygammaGap(b - 1)(y, x) : -polygamma(a + b - 1, x + y);
}

function binomial(n: number, k: number): number {
  let count = 1;
  for (let m = 1; m <= k; m++) count = (count * (n - m + 1)) / m;
  return count;
}

/** (∂ⁱ⁺ʲB/∂xⁱ∂yʲ) / B by the rule of Leibniz on ∂B = B ∂ln B. All terms have one sign where i or j is 0; else they cancel near x = 0 and y = 0. */
function ratioAt(i: number, j: number, x: number, y: number): number {
  if (i === 0 && j === 0) return 1;
  const [m, n] = i > 0 ? [i - 1, j] : [0, j - 1];
  let sum = 0;
  for (let a = 0; a <= m; a++)
    for (let b = 0; b <= n; b++) {
      const slope = i > 0 ? logDerivative(a + 1, b, x, y) : logDerivative(0, b + 1, x, y);
      sum += binomial(m, a) * binomial(n, b) * slope * ratioAt(m - a, n - b, x, y);
    }
  return sum;
}

/**
 * The derivative for i, j ≥ 1 as ∫ tˣ⁻¹ (1 − t)ʸ⁻¹ lnⁱ t lnʲ(1 − t) dt over (0, 1), whose integrand has one sign. With t = 1/(1 + e⁻ᵘ) it is
 * smooth and falls off exponentially on both sides, where the trapezoidal rule converges exponentially.
 * Source: L. N. Trefethen and J. A. C. Weideman, The exponentially convergent trapezoidal rule, SIAM Review 56 (2014).
 */
function integralAt(i: number, j: number, x: number, y: number): number {
  const step = 0.125;
  const peak = Math.log((x + j) / (y + i));
  let sum = 0;
  for (const side of [1, -1]) {
    for (let k = side === 1 ? 0 : 1; ; k++) {
      const u = peak + side * k * step;
      const small = Math.log1p(Math.exp(-Math.abs(u)));
      // −ln t and −ln(1 − t)
      const [p, q] = u > 0 ? [small, u + small] : [small - u, small];
      const term = Math.exp(-x * p - y * q) * p ** i * q ** j;
      sum += term;
      if (!(k < 16 || term > sum * 1e-18)) break;
    }
  }
  return ((i + j) % 2 === 0 ? 1 : -1) * step * sum;
}

/** Below it, B(x, y) = 1/x − ψ(y) − γ + O(x) is all that counts; B itself may overflow, and be ∞ at x = 0, where its slopes by y are finite. */
const tiny = 1e-300;

/** By i and j the function ∂ⁱ⁺ʲB/∂xⁱ∂yʲ of x, y ≥ 0, from the primal of B; its slopes are the next ones. To the last digits, near 0 and at 0 too. */
export function derivativesOfBeta(primal: (x: number, y: number) => number): (i: number, j: number) => Binary {
  const family: Binary[][] = [];
  const value = (x: number, y: number): number => (x === 0 && y === 0 ? Number.POSITIVE_INFINITY : primal(x, y));
  const at = (i: number, j: number, x: number, y: number): number => {
    if (!(x >= 0 && y >= 0)) return Number.NaN;
    if (i + j > 0 && i * j === 0) {
      const [moving, still] = i > 0 ? [x, y] : [y, x];
      // From the right, on which side alone B is defined.
      if (moving === 0) return (i + j) % 2 === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
      if (still < tiny) return -polygamma(i + j, moving);
    }
    if (Math.min(x, y) > 0 && Math.max(x, y) === Number.POSITIVE_INFINITY) return 0;
    if (i > 0 && j > 0 && Math.min(x, y) < 1) return Math.max(x, y) === Number.POSITIVE_INFINITY ? 0 : integralAt(i, j, x, y);
    return primal(x, y) * ratioAt(i, j, x, y);
  };
  const member = (i: number, j: number): Binary => {
    family[i] ??= [];
    const row = family[i];
    row[j] ??= scalarRule(
      i + j === 0 ? value : (x: number, y: number): number => at(i, j, x, y),
      (_, x, y) => [member(i + 1, j)(x, y), member(i, j + 1)(x, y)],
      { name: i + j === 0 ? "beta" : `betaDerivative${i}${j}` },
    );
    return row[j];
  };
  return member;
}
