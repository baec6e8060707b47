import type { AnyFunction, Differentiator, ProtocolCalls } from "../core/index.js";

/** What the kit tests with: the operators and the protocol's calls of one pair of engines. */
export interface Engines extends Differentiator, ProtocolCalls {}

/** Options of every check. */
export interface CheckOptions {
  /** Relative tolerance of comparisons with finite differences; 1e-6 unless arrays are float32 (then 2e-2). */
  readonly rtol?: number | undefined;
  /** Absolute tolerance of the same. */
  readonly atol?: number | undefined;
  /** The seed of the random tangents and cotangents. */
  readonly seed?: number | undefined;
  /** The largest step of finite differences, in units of the arguments; 1e-3 times their size when absent. */
  readonly step?: number | undefined;
  /** How many entries of large arguments are compared one by one; 16 when absent. */
  readonly entries?: number | undefined;
}

/** A function under test, and what it is called with. */
export interface Subject {
  readonly f: AnyFunction;
  readonly args: readonly unknown[];
}
