import ndarray from "ndarray";
import type { AnyFunction, NdArray } from "../../lib/index.js";

/** A value that types would refuse. */
export const bad = (value: unknown): never => value as never;

/** A function whose types say nothing. */
export const loosely = (f: AnyFunction): AnyFunction => f;

/** ndarray's own constructor, which checks nothing. */
export const view = (data: unknown, shape: readonly number[]): NdArray => ndarray(data as number[], [...shape]) as unknown as NdArray;
