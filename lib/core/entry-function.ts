import type { FloatDType, LoopOperand } from "../nd/index.js";

type Floats = Float64Array | Float32Array;

/** A function that is computed entry by entry. */
export interface EntryFunction {
  /** Its value, from the numbers at one place and the options. */
  readonly f: (...args: never[]) => number;
  /** (y, x, …, options) => its partials, on numbers and arrays of any kind. */
  readonly partials: (...args: never[]) => readonly unknown[];
  /** The arguments of a call as operands and options, where they are not as they come; undefined where it must go the general way. */
  readonly operands?: ((args: readonly unknown[]) => readonly unknown[] | undefined) | undefined;
  /** Bit k is set where the kind of the result does not depend on that of operand k. */
  readonly kindless: number;
  /** Whether its partials read nothing but their arguments and branch on no number: what was written down once is true of every call then. */
  readonly exact: boolean;
  /** What its values are kept in where that depends on no operand. */
  readonly kind?: "uint8" | undefined;
  /** Its loops for that many operands; undefined where there are none for such options, or none can be made here. */
  loopsFor(count: number, options: unknown): EntryLoops | undefined;
}

/** One application of an elementwise function to numbers and plain memory: what its loops run over. */
export interface EntryCall {
  /** The loops for as many operands, and for these options. */
  readonly loops: EntryLoops;
  readonly shape: readonly number[];
  /** Of a row-major array of that shape. */
  readonly stride: readonly number[];
  readonly size: number;
  readonly dtype: FloatDType;
  /** The operands, broadcast to that shape; then the options that are numbers. */
  readonly operands: readonly LoopOperand[];
  /** Bit k is set where operand k has another shape than the result. */
  readonly spread: number;
}

/** How many operands loops take at most. */
export const mostOperands = 8;

/** One digit for each operand: 0 for one that stays out, else the number of the target that takes its cotangent, from 1. */
export function intoTarget(into: number, operand: number, target: number): number {
  return into + (target + 1) * (mostOperands + 1) ** operand;
}

/** The target of an operand, −1 for none. */
export function targetOf(into: number, operand: number): number {
  return (Math.floor(into / (mostOperands + 1) ** operand) % (mostOperands + 1)) - 1;
}

/** The loops of an elementwise function for one count of operands and one choice of options. */
export interface EntryLoops {
  /** How many operands there are, without the options. */
  readonly count: number;
  /** The options that are numbers, which stand behind the operands. */
  readonly fields: readonly string[];
  /** Whether the partials are written down, and equal the partials run on numbers at the probes. */
  isTrue(call?: EntryCall): boolean;
  /** Whether they do at an entry of this call too. */
  agrees(call: EntryCall, y: Floats): boolean;
  /** Partial k where it is one number everywhere in the call. */
  constant(k: number, call: EntryCall): number | undefined;
  /** The variable that partial k is: 0 for the result, then the operands from 1; undefined where it is more. */
  variable(k: number): number | undefined;
  /**
   * f of each entry, into row-major memory of the call's shape.
   * @returns the sum of what was written, where it cost nothing; else undefined
   */
  value(call: EntryCall, into: Floats): number | undefined;
  /**
   * Targets (+)= Σ ∂y/∂xₖ · ȳ.
   * @param targets those that repeat an entry take the sum
   * @param into    which target takes ∂y/∂xₖ · ȳ, as `intoTarget` counts
   * @param adds    bit j is set where target j is added to; all others are overwritten
   */
  pullback(call: EntryCall, y: Floats, ybar: LoopOperand, targets: readonly LoopOperand[], into: number, adds: number): void;
  /**
   * y = f(x) and ẏ = Σ ∂y/∂xₖ · ẋₖ, over the operands whose bit is set in `moving`.
   * @param tangents one for each of them, in order
   */
  pushforward(call: EntryCall, y: Floats, dy: Floats, moving: number, tangents: readonly LoopOperand[]): void;
  /**
   * Σ ∂y/∂xₖ · ẋₖ for many directions at once, which lie along a new first axis.
   * @param columns  how many there are
   * @param tangents one for each operand that moves, with a stride for the new axis in front
   */
  columns(call: EntryCall, y: Floats, columns: number, dy: Floats, moving: number, tangents: readonly LoopOperand[]): void;
}
