import {
  type AnyArray,
  defineRule,
  fieldOf,
  isZero,
  NoTangent,
  type Operand,
  primal,
  type Scalar,
  scale,
  ZeroTangent,
} from "../lib/core/index.js";
import { floatDType, type NdArray, zerosOf } from "../lib/nd/index.js";
import { luSolver, luSystems } from "../lib/nd/linear-systems.js";
import { cofactors } from "./cofactors.js";
import { entrySum, identityLike, type NumberOfMatrices, perMatrix, squaresFor } from "./matrices.js";
import { solveBy } from "./systems.js";

/** sign(det) and log |det| of one matrix. */
type Signed = readonly [sign: number, log: number];

/** Sign and logarithm of each determinant, in arrays of the shape that is left. */
function signedLogs(who: string, a: NdArray): { readonly lead: readonly number[]; readonly values: readonly Signed[] } {
  const { lead, n, factors, signs } = luSystems(who, squaresFor(who, "a", a));
  const values = signs.map((parity, k): Signed => {
    let sign = parity;
    let log = 0;
    for (let i = 0; i < n; i++) {
      const pivot = factors[k * n * n + i * (n + 1)] as number;
      sign *= Math.sign(pivot);
      log += Math.log(Math.abs(pivot));
    }
    return [sign + 0, log]; // a zero has no sign: NumPy writes 0, never −0
  });
  return { lead, values };
}

/** Numbers in the shape that is left; one number for one matrix. */
function perMatrixOf(a: NdArray, lead: readonly number[], values: readonly number[]): number | NdArray {
  if (lead.length === 0) return values[0] as number;
  const y = zerosOf(lead, floatDType(a.dtype));
  values.forEach((value, k) => {
    y.data[k] = value;
  });
  return y;
}

function determinants(a: NdArray): number | NdArray {
  const { lead, n, factors, signs } = luSystems("det", squaresFor("det", "a", a));
  const values = signs.map((sign, k) => {
    let value = sign;
    for (let i = 0; i < n; i++) value *= factors[k * n * n + i * (n + 1)] as number;
    return value;
  });
  return perMatrixOf(a, lead, values);
}

/**
 * The determinants of the matrices in the last two axes: a number for one matrix, 1 for one without entries. The derivative is exact at
 * singular matrices too.
 *   ẏ = Σ c ȧ                    ā = ȳ c,  c the cofactors of a
 * @param a shape [..., n, n]
 * @throws {RangeError} when a is not square, or has an entry that is not finite
 * Source: J. R. Magnus and H. Neudecker, Matrix Differential Calculus with Applications in Statistics and Econometrics (1988), chapter 8.
 */
export const det: NumberOfMatrices = defineRule(
  determinants,
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => [det(a), entrySum(scale(cofactors(a), da as AnyArray))],
    rrule: (a: AnyArray) => [
      det(a),
      function detPullback(ybar: Operand) {
        return [NoTangent, scale(cofactors(a), perMatrix(ybar))];
      },
    ],
  },
  { name: "det" },
) as NumberOfMatrices;

/** The inverse of each matrix, transposed: the derivative of log |det|. */
function logSlope(who: string, a: AnyArray): AnyArray {
  return solveBy(a, identityLike(a), luSolver(who, primal(a)), (x) => x, true);
}

/**
 * log det of the matrices in the last two axes, which neither overflows nor underflows: NaN where the determinant is negative (`slogdet`
 * takes those), −∞ where the matrix is singular.
 *   ẏ = Σ s ȧ                    ā = ȳ s,  s = (a⁻¹)ᵀ
 * @param a shape [..., n, n]
 * @throws {RangeError} when a is not square, has an entry that is not finite, or, in derivatives, is singular
 * Source: M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation (2008).
 */
export const logdet: NumberOfMatrices = defineRule(
  (a: NdArray) => {
    const { lead, values } = signedLogs("logdet", a);
    const logs = values.map(([sign, log]) => (sign < 0 ? Number.NaN : log));
    return perMatrixOf(a, lead, logs);
  },
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => [logdet(a), entrySum(scale(logSlope("logdet", a), da as AnyArray))],
    rrule: (a: AnyArray) => [
      logdet(a),
      function logdetPullback(ybar: Operand) {
        return [NoTangent, scale(logSlope("logdet", a), perMatrix(ybar))];
      },
    ],
  },
  { name: "logdet" },
) as NumberOfMatrices;

/** `slogdet`: two numbers for one matrix; two arrays for several, `slogdet<AnyArray>(a)`. */
export interface SignedLogDeterminant {
  (a: NdArray): [sign: number, logdet: number];
  (a: AnyArray): [sign: Scalar, logdet: Scalar];
  <Y extends Operand>(a: AnyArray): [sign: Y, logdet: Y];
}

/**
 * The sign of det and log |det| of the matrices in the last two axes; det = sign · exp(logdet). 0 and −∞ where the matrix is singular.
 *   ẏ = [0, Σ s ȧ]               ā = ȳ₁ s,  s = (a⁻¹)ᵀ; the sign does not move, and its cotangent does not count
 * @param a shape [..., n, n]
 * @throws {RangeError} when a is not square, has an entry that is not finite, or, in derivatives, is singular
 */
export const slogdet: SignedLogDeterminant = defineRule(
  (a: NdArray) => {
    const { lead, values } = signedLogs("slogdet", a);
    return [0, 1].map((part) =>
      perMatrixOf(
        a,
        lead,
        values.map((pair) => pair[part] as number),
      ),
    );
  },
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => [
      slogdet(a),
      [ZeroTangent, entrySum(scale(logSlope("slogdet", a), da as AnyArray))],
    ],
    rrule: (a: AnyArray) => [
      slogdet(a),
      function slogdetPullback(ybar: unknown) {
        const logbar = fieldOf(ybar, 1);
        return [NoTangent, isZero(logbar) ? logbar : scale(logSlope("slogdet", a), perMatrix(logbar as Operand))];
      },
    ],
  },
  { name: "slogdet" },
) as unknown as SignedLogDeterminant;
