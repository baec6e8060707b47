import { type AnyArray, add, defineRule, NoTangent, type OfTwoArrays, primal } from "../../lib/core/index.js";
import { commonDType, type NdArray, packed, zerosOf } from "../../lib/nd/index.js";
import { columnNorm, exponential, exponentialSlope } from "../../lib/nd/linalg/matrix-exponential.js";
import { mul } from "../elementwise/field.js";
import { slice } from "../indexing/index.js";
import { concat } from "../shaping/joining.js";
import { turned } from "../shaping/turned.js";
import type { OfMatrices } from "./matrices.js";
import { overMatrices } from "./over-matrices.js";
import { squareFor } from "./single-matrix.js";

/** The matrix [[a, b], [0, a]]. */
function stair(a: AnyArray, b: AnyArray): AnyArray {
  const nothing = zerosOf(a.shape, commonDType([primal(a)]));
  return concat([concat([a, b], { axis: 1 }), concat([nothing, a], { axis: 1 })]);
}

/**
 * The second derivative of eᵃ in the directions e and b, symmetric in both: a block of the first one in the direction of [[e, 0], [0, e]]
 * at [[a, b], [0, a]]. b, in which it is linear, is brought to a norm near 1 for that.
 */
function slopeOfSlope(a: AnyArray, e: AnyArray, b: AnyArray): AnyArray {
  const size = columnNorm(primal(b));
  const unit = size > 0 && size < Number.POSITIVE_INFINITY ? 2 ** Math.round(Math.log2(size)) : 1;
  const n = a.shape[0] as number;
  const nothing = zerosOf(e.shape, commonDType([primal(e)]));
  const whole = expmSlope(stair(a, mul(1 / unit, b)), stair(e, nothing));
  return mul(unit, slice(whole, [[0, n], [n]]) as AnyArray);
}

/**
 * l(a, e), the derivative of eᵃ in the direction e, as a function of both; linear in e.
 *   ẏ = l(a, ė) + l₂(a, e, ȧ)    ē = l(aᵀ, ȳ),  ā = l₂(aᵀ, eᵀ, ȳ)
 * l₂ is the second derivative: each order is a block of the one before it at a matrix twice as large.
 */
const expmSlope: OfTwoArrays = defineRule(
  (a: NdArray, e: NdArray) => packed(exponentialSlope(packed(a, "float64"), packed(e, "float64")), commonDType([a, e])),
  {
    frule: ([, da, de]: readonly unknown[], a: AnyArray, e: AnyArray) => [
      expmSlope(a, e),
      add(expmSlope(a, de as AnyArray), slopeOfSlope(a, e, da as AnyArray)),
    ],
    rrule: (a: AnyArray, e: AnyArray) => [
      expmSlope(a, e),
      function expmSlopePullback(ybar: AnyArray) {
        return [NoTangent, slopeOfSlope(turned(a), turned(e), ybar), expmSlope(turned(a), ybar)];
      },
    ],
  },
  { name: "expmSlope" },
);

/**
 * The matrix exponential Σ aᵏ / k!, by scaling and squaring. Relative errors are those of its norm: about the norm of a times ε.
 *   ẏ = l(a, ȧ)                  ā = l(aᵀ, ȳ),  l(a, e) the derivative of eᵃ in the direction e: Σ aⁱ e aʲ / (i + j + 1)! over i and j
 * @param a shape [..., n, n]; each matrix by itself
 * @throws {RangeError} when a is not square, or has an entry that is not finite
 * Source: N. J. Higham, The scaling and squaring method for the matrix exponential revisited (2005); A. H. Al-Mohy and N. J. Higham,
 * Computing the Fréchet derivative of the matrix exponential (2009).
 */
export const expm: OfMatrices = overMatrices(
  (a: NdArray) => packed(exponential(packed(squareFor("expm", "a", a), "float64")), commonDType([a])),
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => [expm(a), expmSlope(a, da as AnyArray)],
    rrule: (a: AnyArray) => [
      expm(a),
      function expmPullback(ybar: AnyArray) {
        return [NoTangent, expmSlope(turned(a), ybar)];
      },
    ],
  },
  { name: "expm" },
);
