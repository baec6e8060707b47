import type { ArrayView, NdArray } from "../nd/index.js";
import type { EntryFunction } from "./entry-function.js";

// The one place where the arguments of all functions meet, so the one place where `any` is allowed.
/** Any function: what rules are kept for, and what operators differentiate. */
export type AnyFunction = (...args: any[]) => any;

/** The two operators that an engine hands to rules of higher-order functions. */
export interface Differentiator {
  /** [y, ẏ] of f at args in the direction of tangents. */
  pushforward(f: AnyFunction, args: readonly unknown[], tangents: readonly unknown[]): readonly [y: unknown, dy: unknown];
  /** [y, back] of f at args; back(ȳ) is the list of x̄, one for each argument. */
  pullback(f: AnyFunction, ...args: readonly unknown[]): readonly [y: unknown, back: (ybar: unknown) => unknown[]];
}

/** (ȳ) => [f̄, ...x̄]. */
export type Pullback = (ybar: any) => readonly unknown[];

/** (ȳ, ...args) => x̄, or the list of x̄ where a map is linear in several arguments. */
export type Transpose<A extends readonly unknown[]> = (ybar: any, ...args: A) => unknown;

/** A rule's forward half: the tangents stand first, that of the function itself before the others. */
export type Frule<A extends readonly unknown[] = any[]> = (tangents: any, ...args: A) => readonly [y: unknown, dy: unknown];

/** A rule's reverse half. */
export type Rrule<A extends readonly unknown[] = any[]> = (...args: A) => readonly [y: unknown, pullback: Pullback];

/** The two halves of a rule; one may be missing. */
export interface RulePair<A extends readonly unknown[] = any[]> {
  readonly frule?: Frule<A> | undefined;
  readonly rrule?: Rrule<A> | undefined;
}

/** How inactive arguments' tangents come: as real zeros, or as `ZeroTangent`. */
export type Zeros = "real" | "symbolic";

/** Everything that is known of a differentiable function. */
export interface Rule {
  readonly name: string;
  /** The raw function; engines trace through it where the rule is set aside. */
  readonly primal: AnyFunction;
  /** The function that a definer made of it. */
  differentiable: AnyFunction;
  /** The primal on plain values: the raw function itself, except that an elementwise one broadcasts here. */
  readonly plain: AnyFunction;
  /** For a function that is computed entry by entry: its loops over arrays. */
  readonly elementwise?: EntryFunction | undefined;
  /** The arguments that it takes of those of a call; it throws where there are more. Absent where it takes any number. */
  readonly taken?: ((args: readonly unknown[]) => readonly unknown[]) | undefined;
  /**
   * For a map that is linear in its first argument alone: the map of many such arguments at once, which lie along a new first axis of
   * `stack`; the result has that axis too, and memory that nobody else refers to. `args` are those of one.
   */
  readonly stacked?: ((stack: NdArray, args: readonly unknown[]) => NdArray) | undefined;
  /** Of a map that is linear in its first argument alone: whether its result is fresh, and it keeps nothing of what it is given. */
  readonly direct?: boolean | undefined;
  /**
   * Whether cotangents, and results of linear and bilinear maps, lie in memory of their own, and nothing refers to it, nor to the cotangents
   * that the rule was given, when the call of an operator is over. Engines then hand it out or use it again without a copy.
   */
  readonly fresh?: boolean | undefined;
  /** For a function whose result is a view of its first argument, copied: that view; undefined where there is none for these arguments. */
  readonly view?: ((x: ArrayView<unknown>, ...rest: unknown[]) => ArrayView<unknown> | undefined) | undefined;
  /** Given with `view`: the result for a traced array that shares its memory; undefined where a copy must be made. */
  readonly shared?: ((rule: Rule, args: readonly unknown[]) => ArrayView<unknown> | undefined) | undefined;
  /** Whether its derivative is zero: what its pullback and pushforward would give is not asked. */
  readonly constant?: boolean | undefined;
  /** Positions of arguments that stand still of which traced values count by their plain ones, as those of a condition do. */
  readonly byPrimal?: readonly number[] | undefined;
  /** Whether argument k, from 0, stands still: traced values are refused there, and what stands there is taken at the call. */
  readonly standing?: ((k: number, args: readonly unknown[]) => boolean) | undefined;
  /** Whether its pullback is linear in ȳ by a function that returns fresh arrays; one that hands on what it was given does not. */
  readonly freshCotangents?: boolean | undefined;
  /** The definer that made it, for people: engines look at what stands above. */
  readonly definer: "scalarRule" | "linearRule" | "bilinearRule" | "defineRule" | "nonDifferentiable";
  /** The halves, given the operators of the engine that asks. */
  readonly pair: (ad: Differentiator | undefined) => RulePair;
  readonly zeros: Zeros;
  /** The halves that are not given but derived from the other one. */
  readonly derived: readonly ("frule" | "rrule")[];
  /** Whether the rule can step aside: not that of a function written out without a look at `stepsAside`. */
  readonly mayStepAside: boolean;
  /** Where it says yes, the rule steps aside and engines trace through the primal. */
  stepsAside: ((...args: unknown[]) => boolean) | undefined;
  /** The halves for the engines that asked last. */
  resolved: ResolvedRule | undefined;
}

/** The halves of a rule for a pair of engines; a missing one is undefined until somebody asks for it. */
export interface ResolvedRule {
  readonly ad: Differentiator | undefined;
  frule: Frule | undefined;
  rrule: Rrule | undefined;
}

const rules = new WeakMap<object, Rule>();

/** The rule of a function, whether it is the differentiable function or the raw one; undefined when it has none. */
export function ruleOf(f: AnyFunction): Rule | undefined {
  return typeof f === "function" ? rules.get(f) : undefined;
}

/**
 * f with its own rule set aside: engines trace through its primal.
 * @throws {TypeError} when f has no rule to set aside
 */
export function traced<F extends AnyFunction>(f: F): F {
  const rule = ruleOf(f);
  if (rule === undefined) throw new TypeError(`traced: ${f?.name || "the function"} has no rule; engines trace through it as it is`);
  return rule.primal as F;
}

/** Ties a rule to the raw function and to the differentiable one. */
export function register(rule: Rule, differentiable: AnyFunction, replace: boolean): void {
  if (rules.has(rule.primal) && !replace) {
    throw new TypeError(`${rule.name} has a rule already; pass { replace: true } to give it another one`);
  }
  rules.set(rule.primal, rule);
  rules.set(differentiable, rule);
}

/** Options that all definers take. */
export interface RuleOptions {
  /** The name in messages and tables; that of the function when absent. */
  readonly name?: string | undefined;
  /** Allows a second rule for the same raw function. */
  readonly replace?: boolean | undefined;
}
