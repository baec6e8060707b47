import type { Layout, LoopOperand, NdArray } from "../../nd/index.js";
import type { EntryCall } from "../entry-function.js";
import type { AnyArray, Level, Operand, Scalar, TracedScalar } from "../level.js";
import type { Pullback, Rule } from "../rule.js";
import type { DifferentiableStore, Memory } from "../traced/store.js";

// How elementwise functions of arrays go back without a closure, whatever engine goes back through them.

type Floats = Float64Array | Float32Array;

/** (ȳ, y, operands) => ∂y/∂xₖ · ȳ, differentiable in all of them. */
export type EntryPullback = (ybar: Operand, y: Operand, operands: readonly Operand[]) => Operand;

/** The store of a traced array that takes a cotangent. */
export interface CotangentTarget extends DifferentiableStore {
  /** Its number among those of its call. */
  readonly node: number;
  /** For an array gathered from scalars: where their cotangents stand. */
  readonly slots: Int32Array | undefined;
}

/** A traced number that takes a cotangent. */
export interface SlottedNumber extends TracedScalar {
  readonly slot: number;
}

/** A plain cotangent of somebody else's, whose entries stand in the order of the store: never written to. */
export interface LentCotangent {
  readonly array: NdArray;
}

/** A cotangent in plain numbers: none, one number for all entries, memory of the walk's own, or of somebody else's. */
export type PlainCotangent = undefined | number | Floats | LentCotangent;

export function isLent(bar: PlainCotangent): bar is LentCotangent {
  return typeof bar === "object" && !ArrayBuffer.isView(bar);
}

/** The cotangents of arrays during one walk back, as `ArrayCotangents` of the engine says. */
export interface CotangentsOfArrays {
  isPlain(node: number): boolean;
  takePlain(node: number): PlainCotangent;
  takeShared(target: CotangentTarget, shape: readonly number[]): Operand | undefined;
  addShared(view: AnyArray, shape: readonly number[], target: CotangentTarget, value: Scalar): boolean;
  isFirst(view: AnyArray, target: CotangentTarget): boolean;
  give(target: CotangentTarget, bar: PlainCotangent): void;
  lend(target: CotangentTarget, array: NdArray): void;
  claim(target: CotangentTarget): Floats;
  own(target: CotangentTarget): Floats;
  add(view: AnyArray, target: CotangentTarget, cotangent: AnyArray): void;
  addNumber(view: Layout, target: CotangentTarget, value: number): void;
}

/** The cotangents of numbers during one walk back. */
export interface CotangentsOfNumbers {
  add(slot: number, cotangent: Scalar): void;
  addGathered(view: AnyArray, slots: Int32Array, cotangent: AnyArray): void;
}

/** One walk back through what was computed. */
export interface WalkBack {
  readonly arrays: CotangentsOfArrays;
  readonly slots: CotangentsOfNumbers;
  /** Adds a cotangent to a traced value. */
  receive(target: unknown, cotangent: unknown): void;
  /** Adds a cotangent to argument k of what the walk goes back through. */
  receiveArgument(record: AppliedRule, k: number, xbar: unknown): void;
}

/** The views whose entries were summed up during one call. */
export interface SummedViews {
  /** Keeps a view of array number `node`; its number. */
  push(x: AnyArray, node: number): number;
  /** Adds a cotangent to every entry of the view of that number. */
  goBack(number: number, ybar: Scalar, walk: WalkBack, targets: readonly CotangentTarget[]): void;
  /** Forgets all of them. */
  clear(): void;
}

/** One application of a rule. */
export interface AppliedRule {
  readonly rule: Rule;
  /** The arguments as they were given; those of the call's level receive cotangents. */
  readonly args: readonly unknown[];
  /** What the program got. */
  output: unknown;
  /** Where it is not here, the rule is asked for it once more. */
  readonly pullback?: Pullback | undefined;
  /** Goes back a shorter way than by the pullback; false where the pullback must do it. */
  goBack?(walk: WalkBack): boolean;
}

/** An application to plain memory. */
export interface AppliedEntries extends AppliedRule {
  /** The result's entries once more. */
  entries(): Memory;
}

/** What its loops go back by. */
export interface EntryApplication {
  readonly call: EntryCall;
  readonly args: readonly unknown[];
  /** Bit k is set where operand k is of the level. */
  readonly moving: number;
  readonly output: AnyArray;
  /** Looks at what the loops make of ȳ. */
  check(ybar: LoopOperand): void;
}

/** What applications of elementwise functions leave behind, for the walk back. */
export interface EntryRecords {
  /** @param moving bit k is set where operand k is of the level */
  entry(level: Level, rule: Rule, args: readonly unknown[], call: EntryCall, moving: number, output: AnyArray): AppliedEntries;
  /**
   * One whose operands outer levels trace too.
   * @param primals the operands below the level
   * @param y       the result below it
   */
  nested(
    level: Level,
    rule: Rule,
    args: readonly unknown[],
    primals: readonly Operand[],
    y: AnyArray,
    pullbacks: readonly (EntryPullback | undefined)[],
  ): AppliedRule;
}
