import { type AnyFunction, highestLevel, levelOf } from "../../lib/core/index.js";

/**
 * One function written twice: a kernel in one pass over plain values, and in differentiable functions, for what an outer call traces. Rules
 * are written with such pairs, so that they differentiate again.
 */
export function fused<F extends AnyFunction>(kernel: (...args: never[]) => unknown, composed: F): F {
  return ((...args: unknown[]): unknown => (highestLevel(args) === undefined ? kernel(...(args as never[])) : composed(...args))) as F;
}

/** Whether no outer call traces any of these. */
export function isPlain(x: unknown, y?: unknown, z?: unknown): boolean {
  return levelOf(x) === undefined && levelOf(y) === undefined && levelOf(z) === undefined;
}
