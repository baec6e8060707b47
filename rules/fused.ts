import { type AnyFunction, highestLevel } from "../lib/core/index.js";

/**
 * One function written twice: a kernel in one pass over plain values, and in differentiable functions, for what an outer call traces. Rules
 * are written with such pairs, so that they differentiate again.
 */
export function fused<F extends AnyFunction>(kernel: (...args: never[]) => unknown, composed: F): F {
  return ((...args: unknown[]): unknown => (highestLevel(args) === undefined ? kernel(...(args as never[])) : composed(...args))) as F;
}
