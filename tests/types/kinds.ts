import * as assert from "uvu/assert";
import { levelOf, TracedScalar as Traced } from "../../lib/core/index.js";
import { type AnyArray, array, type NdArray, type Operand, pullback, type Scalar, type TracedScalar } from "../../lib/index.js";
import { isNdArray } from "../../lib/nd/index.js";

/** Whether two types are one and the same. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Nothing more to give where the type that came is the expected one; where it is not, an argument that nobody has. */
export type Exactly<Expected, Came> = Same<Expected, Came> extends true ? [] : [expected: Expected, came: Came, never];

// Each of these checks one result twice: its type when the tests are compiled, its kind when they run. So no type claims what is not there.

export function isNumber<T>(y: T, ..._: Exactly<number, T>): void {
  assert.type(y, "number");
}

export function isArray<T>(y: T, ..._: Exactly<NdArray, T>): void {
  assert.ok(isPlainArray(y));
}

/** For types that do not say which. */
export function isEither<T>(y: T, ..._: Exactly<number | NdArray, T>): void {
  assert.ok(typeof y === "number" || isPlainArray(y));
}

export function isScalar<T>(y: T, ..._: Exactly<Scalar, T>): void {
  assert.ok(typeof y === "number" || y instanceof Traced);
}

export function isAnyArray<T>(y: T, ..._: Exactly<AnyArray, T>): void {
  assert.ok(isNdArray(y));
}

export function isOperand<T>(y: T, ..._: Exactly<Operand, T>): void {
  assert.ok(typeof y === "number" || y instanceof Traced || isNdArray(y));
}

function isPlainArray(y: unknown): boolean {
  return isNdArray(y) && levelOf(y) === undefined;
}

/** A type alone, for what has no kind. */
export function hasType<Expected>(): <T>(y: T, ..._: Exactly<Expected, T>) => void {
  return () => {};
}

/** A traced number, vector and square matrix. */
export interface TracedValues {
  readonly s: Scalar;
  readonly t: TracedScalar;
  readonly v: AnyArray;
  readonly m: AnyArray;
}

export const vector: NdArray = array([0.5, 0.25, 0.75]);
export const matrix: NdArray = array([
  [4, 1, 0.5],
  [1, 3, 0.25],
  [0.5, 0.25, 2],
]);

/** What types know of a value that may be either. */
export const either = (x: number | NdArray): number | NdArray => x;
export const operand = (x: Operand): Operand => x;

/** Runs a test of types in the middle of a pullback. */
export function whileTraced(run: (values: TracedValues) => void): void {
  pullback(
    (s, v, m) => {
      run({ s, t: s as TracedScalar, v, m });
      return s;
    },
    0.5,
    vector,
    matrix,
  );
}
