import type { AnyFunction } from "../core/index.js";
import { ruleOf } from "../core/index.js";

/** Marked functions, and functions inside of rewritten code: all that take numbers which move. */
const known = new WeakSet<AnyFunction>();

/** Whether a function was rewritten, or chooses between its original and its rewritten form. */
export const isMarked = (f: AnyFunction): boolean => known.has(f);

/** Those of them that may give what moves, whatever they are given: they have numbers that move around them. */
const open = new WeakSet<AnyFunction>();

/** Whether a function may give what moves though it is given plain values. */
export const isOpen = (f: AnyFunction): boolean => open.has(f);

/** Says of a function declaration that it chooses between its two forms; `count` is the number of its parameters where it gathers them. */
export function mark(f: AnyFunction, second: AnyFunction, captures = false, count?: number): void {
  if (count !== undefined) Object.defineProperty(f, "length", { value: count, configurable: true });
  known.add(f);
  known.add(second);
  if (captures || f === second) open.add(f);
}

/** A function inside of rewritten code that others may call. */
export function rewritten<F extends AnyFunction>(f: F): F {
  known.add(f);
  open.add(f);
  return f;
}

/**
 * A marked function expression in its two forms.
 * @param second   the rewritten form
 * @param original given that, the function that runs the original where all is plain
 * @param name     the name in messages
 * @param captures whether names from around it may hold what moves
 * @param count    the number of its parameters, where `original` gathers them
 */
export function dual<F extends AnyFunction>(second: F, original: (second: F) => F, name: string, captures = false, count?: number): F {
  const f = original(second);
  if (name !== "") Object.defineProperty(f, "name", { value: name, configurable: true });
  if (count !== undefined) Object.defineProperty(f, "length", { value: count, configurable: true });
  known.add(f);
  known.add(second);
  if (captures) open.add(f);
  return f;
}

/**
 * A function that `differentiable` got by name.
 * @throws {TypeError} where it was neither marked nor given a rule
 */
export function marked<F extends AnyFunction>(f: F): F {
  if (known.has(f) || ruleOf(f) !== undefined) return f;
  throw new TypeError(`differentiable: ${f?.name || "the function"} was not rewritten; mark it where it is defined`);
}
