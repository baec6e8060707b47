import {
  type AnyArray,
  type AnyFunction,
  add,
  describe,
  isScalar,
  type Operand,
  optionsFor,
  type PlainOperand,
  type Scalar,
  scalarRule,
  type Ternary,
  type Unary,
} from "../../lib/core/index.js";
import type { NdArray } from "../../lib/nd/index.js";
import { minimum } from "./bounds.js";
import { greater } from "./comparison.js";
import { exp } from "./exponential.js";
import { mul, reciprocal, square } from "./field.js";
import { abs } from "./signs.js";
import { where } from "./where.js";

/** An elementwise function of one number or array, with options. */
export interface UnaryWith<O> {
  (x: number, options?: O): number;
  (x: Scalar, options?: O): Scalar;
  (x: NdArray, options?: O): NdArray;
  (x: AnyArray, options?: O): AnyArray;
  (x: PlainOperand, options?: O): PlainOperand;
  (x: Operand, options?: O): Operand;
}

/** Throws where an option is not a number. */
function expectNumber(who: string, name: string, value: unknown): void {
  if (typeof value !== "number")
    throw new TypeError(
      `${who}: ${name} is ${describe(value)}; give a number${isScalar(value) ? `, primal(${name}) of a traced one` : ""}`,
    );
}

/** A function that looks at its options before anything else, also where no entry would. */
export function expecting<O>(check: (options: O | undefined) => unknown): (general: UnaryWith<O>) => UnaryWith<O> {
  return (general) =>
    ((x: Operand, options?: O, ...behind: unknown[]) => {
      if (behind.length > 0) return (general as AnyFunction)(x, options, ...behind);
      check(options);
      return options === undefined ? general(x) : general(x, options);
    }) as UnaryWith<O>;
}

// What a comparison decides is written as a number, and chosen by a product: of operands in no order, nobody can foresee a branch, and one
// guessed wrong costs as much as ten products. A product is NaN where what it leaves out is infinite; there the branch decides.

/** 1 where x > 0, else 0. Its own slope is 0. */
const step: Unary = scalarRule(
  (x: number): number => Number(x > 0),
  () => [0],
  { name: "step" },
);

/**
 * max(x, 0); NaN stays NaN.
 *   ẏ = ẋ where x > 0, else 0    x̄ = ȳ where x > 0, else 0 (at 0 too)
 * Source: V. Nair and G. E. Hinton, Rectified linear units improve restricted Boltzmann machines (2010).
 */
export const relu: Unary = scalarRule(
  (x: number): number => {
    const y = x * Number(x > 0) + 0;
    return Number.isNaN(y) && x <= 0 ? 0 : y;
  },
  (_, x) => [step(x)],
  { name: "relu" },
);

/** Options of `leakyRelu`. */
export interface LeakyReluOptions {
  /** The slope where x is not positive. Default 0.01. */
  readonly slope?: number | undefined;
}

function checkLeak(options: LeakyReluOptions | undefined): void {
  const { slope = 0.01 } = optionsFor("leakyRelu", options, "slope");
  expectNumber("leakyRelu", "slope", slope);
}

/** The slope among options that were looked at before the first entry. */
const slopeIn = (options: LeakyReluOptions | undefined): number => options?.slope ?? 0.01;

/**
 * x where it is positive, else slope · x.
 *   ẏ = ẋ where x > 0, else slope · ẋ    x̄ = ȳ where x > 0, else slope · ȳ (at 0 too)
 * @throws {TypeError} when slope is not a number
 * Source: A. L. Maas, A. Y. Hannun and A. Y. Ng, Rectifier nonlinearities improve neural network acoustic models (2013).
 */
export const leakyRelu: UnaryWith<LeakyReluOptions> = scalarRule<UnaryWith<LeakyReluOptions>>(
  (x: number, options?: LeakyReluOptions): number => {
    const slope = slopeIn(options);
    const first = Number(x > 0);
    const y = x * (first + slope * (1 - first));
    return Number.isNaN(y) && x > 0 ? x : y;
  },
  (_, x: Scalar, options?: LeakyReluOptions) => [where(greater(x, 0), 1, slopeIn(options))],
  { name: "leakyRelu", dispatch: expecting(checkLeak) },
);

/** Options of `elu`. */
export interface EluOptions {
  /** What −elu tends to far on the left. Default 1. */
  readonly alpha?: number | undefined;
}

function checkAlpha(options: EluOptions | undefined): void {
  const { alpha = 1 } = optionsFor("elu", options, "alpha");
  expectNumber("elu", "alpha", alpha);
}

/** The alpha among options that were looked at before the first entry. */
const alphaIn = (options: EluOptions | undefined): number => options?.alpha ?? 1;

/**
 * The slope of elu, with its value y at hand: 1 where x > 0, else alpha · eˣ, which is y + alpha while that keeps its digits. y comes with x; it
 * does not count as an operand that moves.
 */
const slopeOfElu: Ternary = scalarRule(
  (y: number, x: number, alpha: number): number => {
    const first = Number(x > 0);
    const near = y + alpha;
    const slope = first + near * (1 - first);
    if (4 * Math.abs(near) >= Math.abs(alpha) && !Number.isNaN(slope)) return slope;
    return x > 0 ? 1 : alpha * Math.exp(x);
  },
  (_, __, x, alpha) => {
    const tail = where(greater(x, 0), 0, exp(minimum(x, 0)));
    return [0, mul(alpha, tail), tail];
  },
  { name: "slopeOfElu" },
);

/**
 * x where it is positive, else alpha · (eˣ − 1).
 *   ẏ = ẋ where x > 0, else alpha · eˣ ẋ    x̄ = ȳ where x > 0, else alpha · eˣ ȳ (at 0 too)
 * @throws {TypeError} when alpha is not a number
 * Source: Clevert, Unterthiner and Hochreiter, Fast and accurate deep network learning by exponential linear units (2016).
 */
export const elu: UnaryWith<EluOptions> = scalarRule<UnaryWith<EluOptions>>(
  (x: number, options?: EluOptions): number => (x <= 0 ? alphaIn(options) * Math.expm1(x) : x),
  (y: Scalar, x: Scalar, options?: EluOptions) => [slopeOfElu(y, x, alphaIn(options))],
  { name: "elu", dispatch: expecting(checkAlpha) },
);

/**
 * x / (1 + |x|).
 *   ẏ = ẋ / (1 + |x|)²           x̄ = ȳ / (1 + |x|)²
 * Source: J. Turian, J. Bergstra and Y. Bengio, Quadratic features and deep architectures for chunking (2009).
 */
export const softsign: Unary = scalarRule(
  (x: number): number => (Math.abs(x) === Number.POSITIVE_INFINITY ? Math.sign(x) : x / (1 + Math.abs(x))),
  (_, x) => [square(reciprocal(add(1, abs(x))))],
  { name: "softsign" },
);
