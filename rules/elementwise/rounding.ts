import { applyElementwise, type PlainOperand } from "../../lib/core/calls/elementwise.js";
import { type AnyArray, linearRule, type Operand, type Scalar, scalarRule, type Unary } from "../../lib/core/index.js";
import { type NdArray, shown } from "../../lib/nd/index.js";

function toEven(x: number): number {
  const up = Math.round(x);
  return up - x === 0.5 && up % 2 !== 0 ? up - 1 : up;
}

/**
 * The nearest integer; halves go to the even one, as in NumPy. (Math.round, which has a rule of its own, takes halves upwards.)
 *   ẏ = 0                        x̄ = 0, at the jumps too
 */
export const round: Unary = scalarRule(toEven, () => [0], { name: "round" });

/** Math.round, which takes halves upwards: it keeps a rule of its own, as its kin do. */
export const roundUp: Unary = scalarRule(Math.round, () => [0]);

/**
 * The largest integer that is not above x.
 *   ẏ = 0                        x̄ = 0, at the jumps too
 */
export const floor: Unary = scalarRule(Math.floor, () => [0]);

/**
 * The smallest integer that is not below x.
 *   ẏ = 0                        x̄ = 0, at the jumps too
 */
export const ceil: Unary = scalarRule(Math.ceil, () => [0]);

/**
 * x without its fraction.
 *   ẏ = 0                        x̄ = 0, at the jumps too
 */
export const trunc: Unary = scalarRule(Math.trunc, () => [0]);

/**
 * The nearest number of single precision: rounding so fine counts as none.
 *   ẏ = ẋ                        x̄ = ȳ
 */
export const fround: Unary = scalarRule(Math.fround, () => [1]);

/** x·2ⁿ with one n for all entries. */
export interface Ldexp {
  (x: number, n: number): number;
  (x: Scalar, n: Scalar): Scalar;
  (x: NdArray, n: number): NdArray;
  (x: AnyArray, n: Scalar): AnyArray;
  (x: PlainOperand, n: number): PlainOperand;
  (x: Operand, n: Scalar): Operand;
}

/** x·2ⁿ with one rounding: steps that cannot overflow, and that keep 53 bits until the last. */
function shifted(x: number, n: number): number {
  let [y, left] = [x, Math.max(-2200, Math.min(2200, n))];
  for (; left > 1023; left -= 1023) y *= 2 ** 1023;
  for (; left < -1022; left += 969) y *= 2 ** -969;
  return y * 2 ** left;
}

/** 2ⁿ by n + 1022, of all normal numbers. */
const powersOfTwo: Float64Array = (() => {
  const powers = new Float64Array(2046);
  let power = 2 ** -1022;
  for (let k = 0; k < 2046; k++, power *= 2) powers[k] = power;
  return powers;
})();

/** 2ⁿ for an n for which it is a normal number: one product with it is x·2ⁿ with one rounding. */
const powerOfTwo = (n: number): number => powersOfTwo[(n + 1022) | 0] as number;

const isNormalPower = (n: unknown): boolean => Number.isInteger(n) && (n as number) >= -1022 && (n as number) <= 1023;

const exp2OfInteger: Unary = scalarRule(powerOfTwo, () => [0], { name: "exp2OfInteger" });

function ldexpOf(x: PlainOperand, n: number): PlainOperand {
  if (!Number.isInteger(n)) throw new RangeError(`ldexp: n = ${shown(n)} is not an integer; give the exponent of a power of 2`);
  return applyElementwise("ldexp", (entry) => shifted(entry, n), [x]);
}

/**
 * x·2ⁿ, exact unless it overflows or underflows. n is static.
 *   ẏ = ẋ·2ⁿ                     x̄ = ȳ·2ⁿ
 * @throws {RangeError} when n is not an integer
 */
export const ldexp: Ldexp = linearRule(ldexpOf, (ybar: PlainOperand, _: unknown, n: unknown) => ldexp(ybar as NdArray, n as number), {
  name: "ldexp",
  elementwise: {
    f: (x, n) => x * powerOfTwo(n),
    partials: (_: Scalar, __: Scalar, n: Scalar) => [exp2OfInteger(n), 0],
    most: 2,
    operands: (args) => (args.length === 2 && isNormalPower(args[1]) ? args : undefined),
  },
});
