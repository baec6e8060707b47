import { type AnyArray, add, broadcastTo, defineRule, NoTangent, ZeroTangent } from "../../lib/core/index.js";
import { type NdArray, packed, shown } from "../../lib/nd/index.js";
import { luInverter } from "../../lib/nd/linalg/inverses.js";
import { matrixProduct, strongMatmul } from "../products/matmul.js";
import { turned } from "../shaping/turned.js";
import { inv, inverseSlope } from "./inverse.js";
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

/** aⁿ, n ≥ 1, and along with it its derivative in the direction e, Σ aᵏ e aⁿ⁻¹⁻ᵏ over 0 ≤ k < n. */
function powerAndSlope(a: AnyArray, e: AnyArray, n: number): readonly [power: AnyArray, slope: AnyArray] {
  if (n === 1) return [a, e];
  const [half, slope] = powerAndSlope(a, e, Math.floor(n / 2));
  const even = matrixProduct(half, half);
  const evenSlope = add(strongMatmul(slope, half), strongMatmul(half, slope)) as AnyArray;
  return n % 2 === 0 ? [even, evenSlope] : [matrixProduct(even, a), add(strongMatmul(evenSlope, a), strongMatmul(even, e)) as AnyArray];
}

/** Of what the power is made: a, or its inverse. */
function baseOf(a: AnyArray, n: number): AnyArray {
  return n < 0 ? inv(a) : a;
}

/** The derivative of aⁿ in the direction e, by the base that is multiplied. */
function powerSlope(base: AnyArray, e: AnyArray, n: number): AnyArray | typeof ZeroTangent {
  return n === 0 ? ZeroTangent : powerAndSlope(base, n < 0 ? inverseSlope(base, e) : e, Math.abs(n))[1];
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
    frule: ([, da]: readonly unknown[], a: AnyArray, n: number) => [matrixPower(a, n), powerSlope(baseOf(a, n), da as AnyArray, n)],
    rrule: (a: AnyArray, n: number) => [
      matrixPower(a, n),
      function matrixPowerPullback(ybar: AnyArray) {
        return [NoTangent, powerSlope(turned(baseOf(a, n)), ybar, n), NoTangent];
      },
    ],
  },
  { name: "matrixPower", still: [1] },
);
