import type { ArrayView, NdArray } from "../nd/index.js";
import type { AnyArray, AnyFloats, Operand, Scalar, TracedScalar } from "./level.js";
import type { AnyFunction } from "./rule.js";

/** A float array, of which types know the class alone. */
type Floats = Float64Array | Float32Array;

/** The class of a float array, plain or traced. */
type FloatsOf<T extends AnyFloats> = T[typeof Symbol.toStringTag] extends "Float64Array"
  ? Float64Array
  : T[typeof Symbol.toStringTag] extends "Float32Array"
    ? Float32Array
    : Floats;

/** The type of an argument as the function that is differentiated sees it: numbers become `Scalar`, arrays hold `Scalar`s. */
export type Lifted<T> = T extends number
  ? Scalar
  : T extends TracedScalar
    ? T
    : T extends ArrayView<unknown>
      ? AnyArray
      : T extends Floats
        ? AnyFloats<FloatsOf<T>>
        : T extends ((...args: never[]) => unknown) | AnyFloats
          ? T
          : T extends readonly unknown[]
            ? LiftedList<T>
            : T extends object
              ? { [K in keyof T]: Lifted<T[K]> }
              : T;

// The elements of a list (not of a tuple) are written out: types that hold lists of themselves are gone through no deeper than asked then.
type LiftedList<T extends readonly unknown[]> = T[number][] extends T
  ? T extends unknown[]
    ? Lifted<T[number]>[]
    : readonly Lifted<T[number]>[]
  : { [K in keyof T]: Lifted<T[K]> };

/** The type of a result as the caller of an operator gets it, outside of any other: scalars are numbers, arrays plain. */
export type Plain<T> = T extends number | TracedScalar
  ? number
  : T extends ArrayView<unknown>
    ? NdArray
    : T extends ((...args: never[]) => unknown) | Floats
      ? T
      : T extends readonly unknown[]
        ? PlainList<T>
        : T extends AnyFloats
          ? FloatsOf<T>
          : T extends object
            ? Unless<T, { [K in keyof T]: Plain<T[K]> }>
            : T;

type PlainList<T extends readonly unknown[]> = T[number][] extends T
  ? T extends unknown[]
    ? Plain<T[number]>[]
    : readonly Plain<T[number]>[]
  : { [K in keyof T]: Plain<T[K]> };

/** T itself where it is as plain as that: instances of classes stay what they are. */
type Unless<T, P> = T extends P ? T : P;

/** Arguments as the function sees them. */
export type LiftedArguments<A extends readonly unknown[]> = Lifted<Mutable<Widened<A>>> extends infer L extends unknown[] ? L : never;

type Mutable<A> = { -readonly [K in keyof A]: A[K] };

/** 2 is a number, and [1, 2] a list of numbers. */
export type Widened<T> = T extends number
  ? number
  : T extends ((...args: never[]) => unknown) | TracedScalar | { get: unknown; pick: unknown } | Floats | AnyFloats
    ? T
    : T extends object
      ? { -readonly [K in keyof T]: Widened<T[K]> }
      : T;

/** The arguments of an elementwise function as they are for one entry: numbers for all that moves. */
export type OfNumbers<A extends readonly unknown[]> = {
  [K in keyof A]: unknown extends A[K] ? never : A[K] extends Operand | undefined ? number : A[K];
};

/** What a definer returns: the function itself, and the same on traced numbers and arrays. */
export type Differentiable<F extends AnyFunction> = F & OnTraced<F>;

/** A function on traced numbers and arrays. */
type OnTraced<F extends AnyFunction> = (...args: LiftedParameters<F>) => Lifted<ReturnType<F>>;

/**
 * What the result of a definer may be declared to be: a type that has an overload for what f takes, or one for that while it is traced. Its
 * other overloads nobody checks.
 */
export type Declarable<F extends AnyFunction> = F | OnTraced<F>;

/**
 * A function whose result is a number or an array, which depends on the axes of its arguments. Types know no axes: the caller says which of
 * both it is where that matters, `dot<number>(u, v)`, `matmul<NdArray>(a, b)`. Traced arguments give a traced one.
 * @template P arguments that are plain
 * @template T the same where they may be traced
 */
export interface ByAxes<P extends readonly unknown[], T extends readonly unknown[]> {
  (...args: P): number | NdArray;
  (...args: T): Operand;
  <Y extends number | NdArray>(...args: P): Y;
  <Y extends Operand>(...args: T): Lifted<Y>;
}

/** A function of an array that gives one: a traced array gives a traced one. */
export interface OfArray<S extends readonly unknown[] = []> {
  (x: NdArray, ...rest: S): NdArray;
  (x: AnyArray, ...rest: S): AnyArray;
}

/** A function of two arrays that gives one: where one of them is traced, so is the result. */
export interface OfTwoArrays<S extends readonly unknown[] = []> {
  (a: NdArray, b: NdArray, ...rest: S): NdArray;
  (a: AnyArray, b: AnyArray, ...rest: S): AnyArray;
}

/** The parameters of a function, as they are while an engine traces. */
export type LiftedParameters<F extends AnyFunction> = Lifted<Parameters<F>> extends infer L extends unknown[] ? L : never;

/**
 * A function that an operator cannot differentiate, and the cure: the text stands in the compiler's message. The function itself where it
 * can, so that what else is wrong with the call is told.
 * @template A the arguments as the function sees them
 * @template Y what it may return
 */
export type Refused<F extends AnyFunction, A extends readonly unknown[], Y> = F &
  (F extends (...args: A & unknown[]) => Y
    ? F
    : [WrongParameters<Parameters<F>, A>] extends [never]
      ? CureOfResult<Y>
      : WrongParameters<Parameters<F>, A>);

type CureOfResult<Y> = [Operand] extends [Y]
  ? "return a number or an array; pullback and pushforward take functions that return other structures"
  : "return a number: sum(y) of an array; where a function gives a number or an array say which, as dot<number>(a, b) does";

/** What is wrong with parameters; never where they take the arguments. */
type WrongParameters<P extends readonly unknown[], A extends readonly unknown[]> = {
  [K in keyof P]: K extends keyof A ? CureOfParameter<P[K], A[K]> : "give an argument for each parameter";
}[number] &
  string;

type CureOfParameter<P, A> = [A] extends [P]
  ? never
  : [A] extends [Scalar]
    ? number extends P
      ? "mark the function with differentiable(…), or declare the parameter Scalar: it may be a traced number, which add(a, b), mul(a, b), … take and a + b, a * b do not"
      : "the argument is a number: give what the parameter takes, or declare the parameter Scalar"
    : [A] extends [AnyArray]
      ? NdArray extends P
        ? "declare the parameter AnyArray: it may be a traced array"
        : "the argument is an array: give what the parameter takes, or declare the parameter AnyArray"
      : [A] extends [AnyFloats]
        ? "declare the parameter AnyFloats: it may be a float array whose entries are traced"
        : "declare Scalar in place of number and AnyArray in place of NdArray in the parameter: what it holds may be traced";
