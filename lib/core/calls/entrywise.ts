import { addUpToShape, canCompile, type NdArray, type sumToShape } from "../../nd/index.js";
import type { EntryFunction, EntryLoops } from "../entry-function.js";
import type { AnyFunction, Rule } from "../rule.js";
import type { PlainOperand } from "./elementwise.js";
import type { ArrayCall } from "./entry-call.js";
import type { EntryPullback, EntryRecords, SummedViews } from "./ways-back.js";

/** What makes loops. Programs on numbers do without, and need not load it. */
export interface LoopMaker {
  readonly loops: (of: Entrywise, count: number, options: unknown) => EntryLoops | undefined;
  readonly pullbacks: (rule: Rule, count: number) => readonly (EntryPullback | undefined)[] | undefined;
  readonly call: (rule: Rule, args: readonly unknown[]) => ArrayCall | undefined;
  readonly value: (rule: Rule, call: ArrayCall) => NdArray;
  readonly passes: PlainPasses;
  readonly records: EntryRecords;
  readonly totals: () => SummedViews;
  readonly sumTo: typeof sumToShape;
}

/** The halves of an elementwise rule on plain arrays, each in one pass over the entries. */
export interface PlainPasses {
  /** ẏ; a tangent is undefined where its operand stands still. */
  readonly tangent: (call: PlainCall, tangents: readonly (PlainOperand | undefined)[]) => NdArray;
  /** x̄, one for each operand. */
  readonly cotangents: (call: PlainCall, ybar: PlainOperand) => readonly unknown[];
}

/** The partials of one entry. */
export interface Slopes {
  /** (y, x, …, options) => [∂y/∂x, …] */
  of(y: number, ...args: unknown[]): readonly number[];
  /** The same list, once it has as many entries as there are operands. */
  checked(slopes: readonly number[], count: number): readonly number[];
}

/** One application of an elementwise function to plain values. */
export interface PlainCall {
  readonly slopes: Slopes;
  readonly y: NdArray;
  readonly operands: readonly PlainOperand[];
  /** What the partials get after the operands. */
  readonly rest: readonly unknown[];
}

let maker: LoopMaker | undefined;

/** Lets elementwise functions run in loops from now on. */
export function provideLoops(made: LoopMaker): void {
  maker = made;
}

/**
 * The pullbacks of an elementwise rule, one for each operand, as elementwise functions themselves: each is one loop then, in every order.
 * An entry is undefined where the partial is 0. Undefined where the partials cannot be written down.
 */
export function entryPullbacks(rule: Rule, count: number): readonly (EntryPullback | undefined)[] | undefined {
  return maker?.pullbacks(rule, count);
}

/** The halves of elementwise rules on plain arrays in one pass; undefined where they are composed of the partials as whole arrays. */
export function plainPasses(): PlainPasses | undefined {
  return maker?.passes;
}

/** The call of an elementwise function to arrays, for its loops; undefined where it must go the general way. */
export function loopCall(rule: Rule, args: readonly unknown[]): ArrayCall | undefined {
  return rule.elementwise === undefined ? undefined : maker?.call(rule, args);
}

/** The value of an elementwise function of plain arrays. */
export function loopValue(rule: Rule, call: ArrayCall): NdArray {
  return (maker as LoopMaker).value(rule, call);
}

/** What calls that go by loops, and pullbacks that are elementwise functions, leave behind: there are none without a maker of loops. */
export function entryRecords(): EntryRecords {
  return (maker as LoopMaker).records;
}

/** What keeps the views that are summed up: linear rules do that, which bring the loops. */
export function summedViews(): SummedViews {
  return (maker as LoopMaker).totals();
}

/** Sums a plain array to a shape that broadcasts to its own; x itself when it has that shape already. */
export function sumPlain(x: NdArray, shape: readonly number[], who?: string): NdArray {
  return (maker?.sumTo ?? addUpToShape)(x, shape, who);
}

/** For a function of arrays that is computed entry by entry: what it is on numbers. */
export interface ElementwiseOptions {
  /** The value, from the numbers at one place. */
  readonly f: (...xs: number[]) => number;
  /** (y, x, …) => [∂y/∂x, …], written in differentiable functions; 0 for what it is not differentiated by, and all 0 when absent. */
  readonly partials?: ((...args: never[]) => readonly unknown[]) | undefined;
  /** Says that the partials read nothing but their arguments and branch on no number: calls then do not look whether their loops agree with them. */
  readonly exact?: boolean | undefined;
  /** How many arguments a call has at most: more are refused, but for the index and the list that list methods put behind. Any number when absent. */
  readonly most?: number | undefined;
  /** The arguments of a call as numbers and arrays, one for each of f; as they come when absent. Undefined where no loops can serve. */
  readonly operands?: EntryFunction["operands"];
  /** Positions of operands on whose kind that of the result does not depend, such as masks. */
  readonly kindless?: readonly number[] | undefined;
  /** What the result is kept in where that depends on no operand. */
  readonly kind?: EntryFunction["kind"];
}

/** An elementwise function with its loops, one set for each count of operands and each choice of options. */
export class Entrywise implements EntryFunction {
  readonly name: string;
  readonly f: AnyFunction;
  readonly partials: AnyFunction;
  readonly operands: EntryFunction["operands"];
  readonly kindless: number;
  readonly kind: EntryFunction["kind"];
  readonly exact: boolean;
  readonly takes: (count: number, hasOptions: boolean) => boolean;
  /** The loops of the last count of operands without options. */
  plain: EntryLoops | undefined = undefined;
  /** All of its loops; whoever makes them keeps them here. */
  readonly variants: Map<string, EntryLoops> = new Map();

  /**
   * @param of    numbers first, at most one record of options last
   * @param takes whether f takes that many operands
   */
  constructor(name: string, of: ElementwiseOptions, takes: (count: number, hasOptions: boolean) => boolean) {
    this.name = name;
    this.f = of.f;
    this.partials = of.partials ?? (() => new Array<number>(of.f.length).fill(0));
    this.operands = of.operands;
    this.kindless = (of.kindless ?? []).reduce((bits, k) => bits | (1 << k), 0);
    this.kind = of.kind;
    this.exact = of.exact === true;
    this.takes = takes;
  }

  loopsFor(count: number, options: unknown): EntryLoops | undefined {
    if (maker === undefined || !canCompile()) return undefined;
    return options === undefined && this.plain?.count === count ? this.plain : maker.loops(this, count, options);
  }
}
