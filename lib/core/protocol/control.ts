import { duplicate, isNdArray, type NdArray } from "../../nd/index.js";
import { defineRule, nonDifferentiable } from "../definers/define.js";
import { expectFunction } from "../errors.js";
import type { AnyArray } from "../level.js";
import type { Plain } from "../lifted.js";
import type { AnyFunction } from "../rule.js";
import { callable, callableParts } from "../structures/callable.js";
import { mapStructure } from "../structures/structure.js";
import { NoTangent, ZeroTangent } from "../tangents/tangent.js";
import { primal } from "../traced/ground.js";
import { storeOf } from "../traced/store.js";
import { handedOut, handOver } from "./result.js";

/** The same with arrays in memory of their own: writing into them must not reach what an engine still needs. */
function ownArrays<T>(x: T): T {
  return mapStructure((leaf) => (isNdArray(leaf) && storeOf(leaf as AnyArray) === undefined ? duplicate(leaf as NdArray) : leaf), x) as T;
}

/**
 * x with its derivatives stopped: the plain value, through all levels; arrays are copied.
 *   ẏ = 0                        x̄ = 0
 */
export const stopGradient: <T>(x: T) => T = nonDifferentiable((x: unknown) => ownArrays(x), { name: "stopGradient" }) as <T>(x: T) => T;

/** The plain value of what `compute` returns: nothing inside contributes to any derivative. Arrays are copied. */
export function ignoreDerivatives<T>(compute: () => T): Plain<T> {
  expectFunction("ignoreDerivatives", "the argument", compute, "a function without arguments, () => …");
  return ownArrays(primal(compute()));
}

/**
 * The same function, which keeps its arguments for the pullback and nothing that it computes on the way: less memory, for one more run of f
 * in the sweep. Values and derivatives are those of f, in both modes and at every order; it may be nested.
 *   ẏ = ḟ(ẋ)                     x̄ = f̄(ȳ), from a run of f that begins when ȳ is there
 * @param f a function that gives the same when it is run again, without side effects; what it closes over must not be traced by the call
 *          that is running. The parameters of a callable are differentiated
 * @throws {TypeError} when f is no function
 * Source: A. Griewank, A. Walther, "Algorithm 799: revolve", ACM Trans. Math. Softw. 26 (2000).
 */
export function checkpointed<F extends AnyFunction>(f: F): F {
  expectFunction("checkpointed", "f", f, "a function");
  const parts = callableParts(f);
  if (parts !== undefined) return callable(parts.params, checkpointed(parts.apply)) as AnyFunction as F;
  const name = `checkpointed(${f.name || "f"})`;
  const run = (...args: Parameters<F>): ReturnType<F> => handOver(name, f(...args)) as ReturnType<F>;
  return defineRule(
    run,
    (ad) => ({
      frule: ([, ...dargs]: readonly unknown[], ...args) =>
        ad.pushforward(
          run,
          args,
          args.map((_, k) => dargs[k] ?? ZeroTangent),
        ),
      rrule: (...args) => [
        handOver(name, f(...args.map(handedOut))),
        function checkpointedPullback(ybar: unknown) {
          return [NoTangent, ...ad.pullback(run, ...args)[1](ybar)];
        },
      ],
    }),
    { name, zeros: "symbolic" },
  ) as AnyFunction as F;
}

/**
 * x, watched (its arrays are copied): the sweep calls fn with x's cotangent. What fn returns takes its place, unless it is undefined.
 *   ẏ = ẋ                        x̄ = fn(ȳ) ?? ȳ
 * fn gets a copy. It is not called in forward mode, nor where the cotangent is 0.
 * @param x  a number, an array, or a structure of them
 * @param fn (xbar) => a cotangent of the structure of x, or undefined; written in differentiable functions where higher orders pass
 * @throws {TypeError} when fn is no function
 * @throws {TangentError} (in the sweep) when what it returns is no cotangent of x
 */
export const hook: <X>(x: X, fn: (xbar: X) => unknown) => X = defineRule(
  (x: unknown, fn: (xbar: unknown) => unknown) => {
    expectHook(fn);
    return ownArrays(x);
  },
  {
    frule: ([, dx]: readonly unknown[], x, fn) => {
      expectHook(fn);
      return [x, dx];
    },
    rrule: (x, fn) => {
      expectHook(fn);
      return [
        x,
        function hookPullback(ybar: unknown) {
          const given = fn(handedOut(ybar));
          return [NoTangent, given === undefined ? ybar : given, NoTangent];
        },
      ];
    },
  },
  { name: "hook", zeros: "symbolic" },
) as AnyFunction;

function expectHook(fn: unknown): void {
  expectFunction("hook", "fn", fn, "a function of the cotangent, (xbar) => …");
}
