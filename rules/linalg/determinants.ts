import {
  type AnyArray,
  type AnyFunction,
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

/** How one number of each matrix moves: the derivative by the entries, times weights where these are given, one for each matrix. */
interface Slopes {
  readonly plain: (a: NdArray, systems: LuSystems, weights?: ArrayLike<number>) => AnyArray;
  readonly traced: (a: AnyArray) => AnyArray;
}

/** A function of the determinants of matrices, by their LU factors, with its rule. Of a pair of results the second one moves. */
function ofDeterminants<F extends AnyFunction>(
  name: string,
  value: (a: NdArray, systems: LuSystems) => unknown,
  { plain, traced }: Slopes,
  pair = false,
): F {
  /** The value and the derivative, in case it is asked for. One factorization serves both. */
  const withSlope = (a: AnyArray): { y: unknown; slope: (weights?: ArrayLike<number>) => AnyArray; weighs: boolean } => {
    if (levelOf(a) !== undefined) return { y: f(a), slope: () => traced(a), weighs: false };
    const systems = systemsOf(name, a as NdArray);
    return { y: value(a as NdArray, systems), slope: (weights) => plain(a as NdArray, systems, weights), weighs: true };
  };
  const f = defineRule(
    (a: NdArray) => value(a, systemsOf(name, a)),
    {
      frule: ([, da]: readonly unknown[], a: AnyArray) => {
        const { y, slope } = withSlope(a);
        const dy = entrySum(scale(slope(), da as AnyArray));
        return [y, pair ? [ZeroTangent, dy] : dy];
      },
      rrule: (a: AnyArray) => {
        const { y, slope, weighs } = withSlope(a);
        return [
          y,
          function determinantPullback(ybar: unknown) {
            const bar = (pair ? fieldOf(ybar, 1) : ybar) as Operand;
            if (isZero(bar)) return [NoTangent, bar];
            if (!weighs || levelOf(bar) !== undefined) return [NoTangent, scale(slope(), perMatrix(bar))];
            return [NoTangent, slope(typeof bar === "number" ? [bar] : packedData(bar as NdArray, "float64"))];
          },
        ];
      },
    },
    { name },
  ) as AnyFunction;
  return f as F;
}

/**
 * The determinants of the matrices in the last two axes: a number for one matrix, 1 for one without entries. The derivative is exact at
 * singular matrices too.
 *   ẏ = Σ c ȧ                    ā = ȳ c,  c the cofactors of a
 * @param a shape [..., n, n]
 * @throws {RangeError} when a is not square, or has an entry that is not finite
 * Source: J. R. Magnus and H. Neudecker, Matrix Differential Calculus with Applications in Statistics and Econometrics (1988), chapter 8.
 */
export const det: NumberOfMatrices = ofDeterminants("det", determinants, { plain: cofactorsOf, traced: cofactors });

/** The derivative of log |det|: the transposed inverse. */
function inverseSlopes(who: string): Slopes {
  const inverse = inverseFor(who);
  return { plain: (a, systems, weights) => luInverter(who, a, systems)(true, weights), traced: (a) => turned(inverse(a)) };
}

function logdets(a: NdArray, systems: LuSystems): number | NdArray {
  const logs = signedLogs(systems).map(([sign, log]) => (sign < 0 ? Number.NaN : log));
  return perMatrixOf(a, systems.lead, logs);
}

/**
 * log det of the matrices in the last two axes, which neither overflows nor underflows: NaN where the determinant is negative (`slogdet`
 * takes those), −∞ where the matrix is singular.
 *   ẏ = Σ s ȧ                    ā = ȳ s,  s = (a⁻¹)ᵀ
 * @param a shape [..., n, n]
 * @throws {RangeError} when a is not square, has an entry that is not finite, or, in derivatives, is singular
 * Source: M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation (2008).
 */
export const logdet: NumberOfMatrices = ofDeterminants("logdet", logdets, inverseSlopes("logdet"));

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

/**
 * The sign of det and log |det| of the matrices in the last two axes; det = sign · exp(logdet). 0 and −∞ where the matrix is singular.
 *   ẏ = [0, Σ s ȧ]               ā = ȳ₁ s,  s = (a⁻¹)ᵀ; the sign does not move, and its cotangent does not count
 * @param a shape [..., n, n]
 * @throws {RangeError} when a is not square, has an entry that is not finite, or, in derivatives, is singular
 */
export const slogdet: SignedLogDeterminant = ofDeterminants("slogdet", signsAndLogs, inverseSlopes("slogdet"), true);
