import {
  type AnyArray,
  defineRule,
  fieldOf,
  isZero,
  type Lifted,
  levelOf,
  NoTangent,
  type Operand,
  scale,
  ZeroTangent,
} from "../../lib/core/index.js";
import { floatDType, type NdArray, packedData, zerosOf } from "../../lib/nd/index.js";
import { cofactorsOf } from "../../lib/nd/linalg/cofactors.js";
import { luInverter } from "../../lib/nd/linalg/inverses.js";
import { type LuSystems, luSystems } from "../../lib/nd/linalg/linear-systems.js";
import { turned } from "../shaping/turned.js";
import { cofactors } from "./cofactors.js";
import { inverseFor } from "./inverse.js";
import { entrySum, type NumberOfMatrices, perMatrix, squaresFor } from "./matrices.js";

/** The derivative of one number of each matrix by its entries, times weights where these are given: one for each matrix. */
type Slope = (weights?: ArrayLike<number>) => AnyArray;

/** A value of matrices and its derivative, in case it is asked for. One factorization serves both. */
interface WithSlope<Y> {
  readonly y: Y;
  /** Takes weights of plain matrices alone. */
  readonly slope: Slope;
  readonly plain: boolean;
}

/** ȳ times the derivative. */
function pulled({ slope, plain }: WithSlope<unknown>, ybar: Operand): AnyArray {
  if (!plain || levelOf(ybar) !== undefined) return scale(slope(), perMatrix(ybar)) as AnyArray;
  return slope(typeof ybar === "number" ? [ybar] : packedData(ybar as NdArray, "float64"));
}

/** The derivative in a direction. */
function pushed({ slope }: WithSlope<unknown>, da: unknown): Operand {
  return entrySum(scale(slope(), da as AnyArray));
}

/** sign(det) and log |det| of one matrix. */
type Signed = readonly [sign: number, log: number];

/** Sign and logarithm of each determinant. */
function signedLogs({ n, factors, signs }: LuSystems): readonly Signed[] {
  return signs.map((parity, k): Signed => {
    let sign = parity;
    let log = 0;
    for (let i = 0; i < n; i++) {
      const pivot = factors[k * n * n + i * (n + 1)] as number;
      sign *= Math.sign(pivot);
      log += Math.log(Math.abs(pivot));
    }
    return [sign + 0, log]; // a zero has no sign: NumPy writes 0, never −0
  });
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

function systemsOf(who: string, a: NdArray): LuSystems {
  return luSystems(who, squaresFor(who, "a", a));
}

function determinants(a: NdArray, { lead, n, factors, signs }: LuSystems): number | NdArray {
  const values = signs.map((sign, k) => {
    let value = sign;
    for (let i = 0; i < n; i++) value *= factors[k * n * n + i * (n + 1)] as number;
    return value;
  });
  return perMatrixOf(a, lead, values);
}

function detWithSlope(a: AnyArray): WithSlope<Operand> {
  if (levelOf(a) !== undefined) return { y: det(a), slope: () => cofactors(a), plain: false };
  const systems = systemsOf("det", a as NdArray);
  return { y: determinants(a as NdArray, systems), slope: (weights) => cofactorsOf(a as NdArray, systems, weights), plain: true };
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
  (a: NdArray) => determinants(a, systemsOf("det", a)),
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => {
      const both = detWithSlope(a);
      return [both.y, pushed(both, da)];
    },
    rrule: (a: AnyArray) => {
      const both = detWithSlope(a);
      return [
        both.y,
        function detPullback(ybar: Operand) {
          return [NoTangent, pulled(both, ybar)];
        },
      ];
    },
  },
  { name: "det" },
);

/** A function of log |det|, whose derivative is the transposed inverse. */
function logWithSlope<Y>(
  who: string,
  a: AnyArray,
  f: (a: AnyArray) => Y,
  inverse: (a: AnyArray) => AnyArray,
  value: (a: NdArray, systems: LuSystems) => Y,
): WithSlope<Y> {
  if (levelOf(a) !== undefined) return { y: f(a), slope: () => turned(inverse(a)), plain: false };
  const systems = systemsOf(who, a as NdArray);
  return { y: value(a as NdArray, systems), slope: (weights) => luInverter(who, a as NdArray, systems)(true, weights), plain: true };
}

function logdets(a: NdArray, systems: LuSystems): number | NdArray {
  const logs = signedLogs(systems).map(([sign, log]) => (sign < 0 ? Number.NaN : log));
  return perMatrixOf(a, systems.lead, logs);
}

const logdetInverse = inverseFor("logdet");
const logdetWithSlope = (a: AnyArray): WithSlope<Operand> => logWithSlope<Operand>("logdet", a, logdet, logdetInverse, logdets);

/**
 * log det of the matrices in the last two axes, which neither overflows nor underflows: NaN where the determinant is negative (`slogdet`
 * takes those), −∞ where the matrix is singular.
 *   ẏ = Σ s ȧ                    ā = ȳ s,  s = (a⁻¹)ᵀ
 * @param a shape [..., n, n]
 * @throws {RangeError} when a is not square, has an entry that is not finite, or, in derivatives, is singular
 * Source: M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation (2008).
 */
export const logdet: NumberOfMatrices = defineRule(
  (a: NdArray) => logdets(a, systemsOf("logdet", a)),
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => {
      const both = logdetWithSlope(a);
      return [both.y, pushed(both, da)];
    },
    rrule: (a: AnyArray) => {
      const both = logdetWithSlope(a);
      return [
        both.y,
        function logdetPullback(ybar: Operand) {
          return [NoTangent, pulled(both, ybar)];
        },
      ];
    },
  },
  { name: "logdet" },
);

/** `slogdet`: two numbers for one matrix; two arrays for several, `slogdet<AnyArray>(a)`. */
export interface SignedLogDeterminant {
  (a: NdArray): [sign: number | NdArray, logdet: number | NdArray];
  (a: AnyArray): [sign: Operand, logdet: Operand];
  <Y extends number | NdArray>(a: NdArray): [sign: Y, logdet: Y];
  <Y extends Operand>(a: AnyArray): [sign: Lifted<Y>, logdet: Lifted<Y>];
}

function signsAndLogs(a: NdArray, systems: LuSystems): (number | NdArray)[] {
  const values = signedLogs(systems);
  return [0, 1].map((part) =>
    perMatrixOf(
      a,
      systems.lead,
      values.map((pair) => pair[part] as number),
    ),
  );
}

const slogdetInverse = inverseFor("slogdet");
const slogdetWithSlope = (a: AnyArray): WithSlope<unknown> => logWithSlope<unknown>("slogdet", a, slogdet, slogdetInverse, signsAndLogs);

/**
 * The sign of det and log |det| of the matrices in the last two axes; det = sign · exp(logdet). 0 and −∞ where the matrix is singular.
 *   ẏ = [0, Σ s ȧ]               ā = ȳ₁ s,  s = (a⁻¹)ᵀ; the sign does not move, and its cotangent does not count
 * @param a shape [..., n, n]
 * @throws {RangeError} when a is not square, has an entry that is not finite, or, in derivatives, is singular
 */
export const slogdet: SignedLogDeterminant = defineRule(
  (a: NdArray) => signsAndLogs(a, systemsOf("slogdet", a)),
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => {
      const both = slogdetWithSlope(a);
      return [both.y, [ZeroTangent, pushed(both, da)]];
    },
    rrule: (a: AnyArray) => {
      const both = slogdetWithSlope(a);
      return [
        both.y,
        function slogdetPullback(ybar: unknown) {
          const logbar = fieldOf(ybar, 1);
          return [NoTangent, isZero(logbar) ? logbar : pulled(both, logbar as Operand)];
        },
      ];
    },
  },
  { name: "slogdet" },
);
