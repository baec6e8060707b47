import type { Differentiator, ProtocolCalls } from "../core/index.js";

/** What the kit tests with: the operators and the protocol's calls of one pair of engines. */
export interface Engines extends Differentiator, ProtocolCalls {}

/** An interval that an argument's numbers stay inside, ends left out. */
export type Domain = readonly [lo: number, hi: number];

/** Options of every check. */
export interface CheckOptions {
  /** Relative tolerance of comparisons with finite differences; 1e-6 unless an array is float32 (then 1e-4). */
  readonly rtol?: number | undefined;
  /** Absolute tolerance of the same; absent, 1e-9 (float32: 1e-5) of the largest entry compared. */
  readonly atol?: number | undefined;
  /** The directions to test in, one for each argument, of its own structure; drawn at random where absent. */
  readonly tangents?: readonly unknown[] | undefined;
  /** ȳ, of the structure of f's result; drawn at random when absent. */
  readonly cotangent?: unknown;
  /** Positions of arguments that are held fixed, from 0: indices, shapes, whatever is a number and does not move. */
  readonly exclude?: readonly number[] | undefined;
  /** For each argument the interval that finite differences stay inside; undefined for one without limits. */
  readonly domain?: readonly (Domain | undefined)[] | undefined;
  /** Whether second derivatives are tested too: 2, the default, or 1. */
  readonly order?: 1 | 2 | undefined;
  /** Whether arrays are tested as strided views into larger buffers too; true when absent. */
  readonly strided?: boolean | undefined;
  /** The seed of the random tangents and cotangents; 1 when absent. */
  readonly seed?: number | undefined;
  /** The largest step of finite differences, in units of the arguments; 1e-3 times the largest number that moves when absent. */
  readonly step?: number | undefined;
  /** How many input entries `crossCheck` compares one by one; 16 when absent. */
  readonly entries?: number | undefined;
}
