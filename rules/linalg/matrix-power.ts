import { type AnyArray, add, broadcastTo, defineRule, NoTangent, ZeroTangent } from "../../lib/core/index.js";
import { type NdArray, packed, shown } from "../../lib/nd/index.js";
import { luInverter } from "../../lib/nd/linalg/inverses.js";
import { neg } from "../elementwise/field.js";
import { matrixProduct, strongMatmul } from "../products/matmul.js";
import { turned } from "../shaping/turned.js";
import { inv } from "./inverse.js";
import { identityLike, type OfMatrices, squaresFor } from "./matrices.js";

function exponentFor(n: number): number {
  if (typeof n !== "number") throw new TypeError(`matrixPower: n is ${shown(n)}; give an integer`);
  if (!Number.isSafeInteger(n)) throw new RangeError(`matrixPower: n = ${n}; give an integer`);
  return n;
}

/** aⁿ, n ≥ 1, by squaring. */
function power(a: AnyArray, n: number): AnyArray {
  if (n === 1) return a;
  const half = power(a, Math.floor(n / 2));
  const even = matrixProduct(half, half);
  return n % 2 === 0 ? even : matrixProduct(even, a);
}

/** Σ aᵏ e aⁿ⁻¹⁻ᵏ over 0 ≤ k < n, n ≥ 1: the derivative of aⁿ in the direction e, found along with the powers. */
function powerSlope(a: AnyArray, e: AnyArray, n: number): AnyArray {
  return powerAndSlope(a, e, n)[1];
}

function powerAndSlope(a: AnyArray, e: AnyArray, n: number): readonly [power: AnyArray, slope: AnyArray] {
  if (n === 1) return [a, e];
  const [half, slope] = powerAndSlope(a, e, Math.floor(n / 2));
  const even = matrixProduct(half, half);
  const evenSlope = add(strongMatmul(slope, half), strongMatmul(half, slope)) as AnyArray;
  return n % 2 === 0 ? [even, evenSlope] : [matrixProduct(even, a), add(strongMatmul(evenSlope, a), strongMatmul(even, e)) as AnyArray];
}

function powerOf(a: NdArray, n: number): NdArray {
  squaresFor("matrixPower", "a", a);
  const exponent = exponentFor(n);
  if (exponent === 0) return broadcastTo(identityLike(a), a.shape) as NdArray;
  const base = exponent > 0 ? packed(a) : luInverter("matrixPower", a)(false);
  return power(base, Math.abs(exponent)) as NdArray;
}

/**
 * The n-th power of the matrices in the last two axes: the identity for n = 0, powers of the inverse for negative n. O(log |n|) products.
 *   ẏ = Σ aᵏ ȧ aⁿ⁻¹⁻ᵏ            ā = Σ (aᵏ)ᵀ ȳ (aⁿ⁻¹⁻ᵏ)ᵀ, over 0 ≤ k < n; for negative n those of a⁻¹ and |n|, through the inverse
 * @param a shape [..., n, n]
 * @throws {RangeError} when a is not square, n is not an integer, or n is negative and a singular
 */
export const matrixPower: OfMatrices<[n: number]> = defineRule(
  powerOf,
  {
    frule: ([, da]: readonly unknown[], a: AnyArray, n: number) => {
      const y = matrixPower(a, n);
      if (n === 0) return [y, ZeroTangent];
      if (n > 0) return [y, powerSlope(a, da as AnyArray, n)];
      const inverse = inv(a);
      return [y, powerSlope(inverse, neg(strongMatmul(strongMatmul(inverse, da as AnyArray), inverse)) as AnyArray, -n)];
    },
    rrule: (a: AnyArray, n: number) => [
      matrixPower(a, n),
      function matrixPowerPullback(ybar: AnyArray) {
        if (n === 0) return [NoTangent, ZeroTangent, NoTangent];
        if (n > 0) return [NoTangent, powerSlope(turned(a), ybar, n), NoTangent];
        const across = turned(inv(a));
        return [NoTangent, neg(strongMatmul(strongMatmul(across, powerSlope(across, ybar, -n)), across)), NoTangent];
      },
    ],
  },
  { name: "matrixPower", still: [1] },
);
