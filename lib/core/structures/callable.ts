import { brand } from "../../nd/index.js";
import { expectFunction } from "../errors.js";
import type { AnyFunction } from "../rule.js";

/** What a callable is made of. */
export interface CallableParts {
  readonly params: unknown;
  readonly apply: AnyFunction;
}

const made = new WeakMap<object, CallableParts>();

/**
 * A function with parameters: `c(...args)` is `apply(params, ...args)`. Given to an operator as an argument, its parameters are
 * differentiated; as the function of `frule` and `rrule` their tangent and cotangent stand in the self slot.
 * A rule for it is a rule for `apply`.
 * @param params numbers, arrays, or structures of them
 * @param apply  (params, ...args) => y, written in differentiable functions, or made by a definer
 */
export function callable<P, A extends readonly unknown[], Y>(params: P, apply: (params: P, ...args: A) => Y): (...args: A) => Y {
  expectFunction("callable", "apply", apply, "(params, ...args) => y as the second argument");
  const c = (...args: A): Y => apply(params, ...args);
  Object.defineProperty(c, "name", { value: apply.name });
  brand(c, "a callable");
  made.set(c, { params, apply });
  return c;
}

/** The parts of a callable, or undefined for any other value. */
export function callableParts(x: unknown): CallableParts | undefined {
  return typeof x === "function" ? made.get(x) : undefined;
}
