import { allocate, type NdArray, rowMajor } from "../nd/index.js";
import { highestLevel, primal } from "./dispatch.js";
import { type ArrayCall, arrayCall } from "./entry-call.js";
import { type ElementwiseOptions, Entrywise } from "./entrywise.js";
import { describe } from "./errors.js";
import type { Differentiable, LiftedParameters } from "./lifted.js";
import { optionsFor } from "./options-for.js";
import {
  type AnyFunction,
  type Differentiator,
  type Frule,
  type Rrule,
  type Rule,
  type RuleOptions,
  type RulePair,
  register,
  ruleOf,
  type Zeros,
} from "./rule.js";
import { sharedView } from "./shared-view.js";
import { NoTangent } from "./tangent.js";
import { zeroCotangents } from "./tangent-space.js";

/** Options of `defineRule`. */
export interface DefineRuleOptions<F extends AnyFunction> extends RuleOptions {
  /** How inactive arguments' tangents come to the frule: as real zeros (the default), or as `ZeroTangent`. */
  readonly zeros?: Zeros | undefined;
  /** For a function that is computed entry by entry: what it is on numbers. Arrays then go by loops that are made of it, and need no halves. */
  readonly elementwise?: ElementwiseOptions | undefined;
  /**
   * For functions called millions of times: the differentiable function written out, `general` being the one for all other arguments. One
   * that takes the rule too goes the general way where `rule.stepsAside` is given; of one that does not, `optOut` is refused.
   */
  readonly dispatch?: ((general: F, rule: Rule) => F) | undefined;
}

/** Options of definers that give both halves. */
export interface WholeRuleOptions<F extends AnyFunction> extends DefineRuleOptions<F> {
  /** A second form of the function, such as sum(f, x) beside sum(x). */
  readonly otherForm?: OtherForm | undefined;
}

/** A form of a function that its first argument tells apart, and the rule of that form; the function itself computes both. */
export interface OtherForm {
  readonly takes: (first: unknown) => boolean;
  readonly pair: (ad: Differentiator) => RulePair;
}

/** What the definers hand to `declare`: a rule without what has a default. */
type Declaration = Pick<Rule, "primal" | "definer" | "pair"> &
  Partial<Pick<Rule, "zeros" | "derived" | "plain" | "elementwise" | "view" | "stacked" | "direct">>;

/**
 * The name that messages give a rule.
 * @throws {TypeError} when there is no function to name
 */
export function nameOf(definer: string, f: unknown, options: RuleOptions): string {
  if (typeof f !== "function")
    throw new TypeError(`${definer}: the first argument is ${describe(f)}; give the function that the rule is for`);
  const { name } = optionsFor(definer, options, "name, replace, zeros, dispatch, elementwise, linearIn, kernel, weight, view, otherForm");
  if (name !== undefined && typeof name !== "string") throw new TypeError(`${definer}: name is ${describe(name)}; give a string`);
  return name ?? (f.name || "(anonymous)");
}

/** Makes the differentiable function of a declaration and registers its rule. */
export function declare<F extends AnyFunction>(declaration: Declaration, options: WholeRuleOptions<F> = {}): F {
  const { primal: raw, plain: otherwise = raw } = declaration;
  const name = nameOf(declaration.definer, raw, options);
  const { otherForm, elementwise: entries } = options;
  if (entries !== undefined && typeof entries?.f !== "function")
    throw new TypeError(`${declaration.definer}: elementwise of ${name} is ${describe(entries)}; give { f, partials } with f of numbers`);
  const elementwise = entries === undefined ? declaration.elementwise : new Entrywise(name, entries, isCount(entries.f.length));
  const rule: Rule = {
    zeros: options.zeros ?? "real",
    derived: [],
    mayStepAside: options.dispatch === undefined || options.dispatch.length > 1,
    stepsAside: undefined,
    resolved: undefined,
    ...declaration,
    elementwise,
    differentiable: raw,
    name,
    plain: elementwise === undefined ? otherwise : (...args: unknown[]) => plainEntries(rule, arrayCall(rule, args)) ?? otherwise(...args),
    pair: otherForm === undefined ? declaration.pair : eitherForm(name, declaration.pair, otherForm),
  };
  const general = ((...args: unknown[]): unknown => {
    if (rule.view !== undefined) {
      const shared = sharedView(rule, args);
      if (shared !== undefined) return shared;
    }
    const call = arrayCall(rule, args);
    if (call !== undefined) return call.level?.applyEntries(rule, call, call.moving, args) ?? plainEntries(rule, call);
    const level = highestLevel(args);
    return level === undefined ? otherwise(...args) : level.apply(rule, args);
  }) as F;
  const f = options.dispatch?.(general, rule) ?? general;
  Object.defineProperty(f, "name", { value: name });
  rule.differentiable = f;
  register(rule, f, options.replace ?? false);
  return f;
}

const isCount =
  (taken: number) =>
  (count: number, hasOptions: boolean): boolean =>
    count === taken && !hasOptions;

/** The value of an elementwise function of plain arrays. */
function plainEntries({ elementwise }: Rule, call: ArrayCall | undefined): NdArray | undefined {
  if (call === undefined || call.level !== undefined) return undefined;
  const data = allocate(elementwise?.kind ?? call.dtype, call.size) as Float64Array;
  call.loops.value(call, data);
  return rowMajor(data, call.shape);
}

/** The rule of a function of two forms. */
function eitherForm(name: string, pair: Rule["pair"], other: OtherForm): Rule["pair"] {
  return (ad) => {
    const own = pair(ad);
    const pairFor = (first: unknown): RulePair => (other.takes(first) ? other.pair(operatorsFor(name, ad)) : own);
    return {
      frule: (tangents: unknown, ...args: unknown[]) => (pairFor(args[0]).frule as Frule)(tangents, ...args),
      rrule: (...args: unknown[]) => (pairFor(args[0]).rrule as Rrule)(...args),
    };
  };
}

/** The operators, where an engine that has them asks. */
function operatorsFor(name: string, ad: Differentiator | undefined): Differentiator {
  if (ad !== undefined) return ad;
  throw new TypeError(`${name}: its rule differentiates a function it is handed; call frule and rrule from the main entry`);
}

/**
 * Gives f a rule by hand: both halves stand in one declaration. One of them may be missing; it is derived then.
 *   frule: ([dself, dx, …], x, …) => [y, dy]
 *   rrule: (x, …) => [y, (ybar) => [NoTangent, xbar, …]]
 * A higher-order function takes `(ad) => ({ frule, rrule })`, with `ad.pushforward` and `ad.pullback` to differentiate what it was handed.
 * @returns the differentiable function: plain values run f and nothing else, traced values hand it to their engine
 * @throws {TypeError} when neither half is given, or f has a rule already and `replace` is not set
 */
export function defineRule<F extends AnyFunction>(
  f: F,
  pair: RulePair<Parameters<F>> | ((ad: Differentiator) => RulePair<Parameters<F>>),
  options: DefineRuleOptions<F> = {},
): Differentiable<F> {
  const name = nameOf("defineRule", f, options);
  if (typeof pair === "function") {
    return declare<F>(
      {
        primal: f,
        definer: "defineRule",
        pair: (ad) => pair(operatorsFor(name, ad)) as RulePair,
      },
      options,
    ) as Differentiable<F>;
  }
  const { frule, rrule } = pair ?? {};
  if (frule === undefined && rrule === undefined) {
    throw new TypeError(`defineRule: ${name} was given neither frule nor rrule; give at least one of them`);
  }
  for (const [half, rule] of Object.entries({ frule, rrule })) {
    if (rule !== undefined && typeof rule !== "function")
      throw new TypeError(`defineRule: the ${half} of ${name} is ${describe(rule)}; give a function`);
  }
  const derived = frule === undefined ? (["frule"] as const) : rrule === undefined ? (["rrule"] as const) : [];
  // A derived frule leaves out what does not move.
  const zeros = frule === undefined ? "symbolic" : (options.zeros ?? "real");
  return declare({ primal: f, definer: "defineRule", pair: () => pair as RulePair, derived, zeros }, options) as Differentiable<F>;
}

/**
 * Declares that f has zero derivative both ways: indices, shapes, comparisons. Traced arguments reach f as plain values.
 * @returns the differentiable function
 */
export function nonDifferentiable<F extends AnyFunction>(
  f: F,
  options: RuleOptions & Pick<DefineRuleOptions<F>, "elementwise"> = {},
): F & ((...args: LiftedParameters<F>) => ReturnType<F>) {
  const onPrimals = (...args: unknown[]): unknown => (options.elementwise === undefined ? f : still)(...args.map(primal));
  const still = declare<F>(
    {
      primal: f,
      definer: "nonDifferentiable",
      zeros: "symbolic",
      pair: () => ({
        frule: (_tangents: unknown, ...args: unknown[]) => [onPrimals(...args), NoTangent],
        rrule: (...args: unknown[]) => [onPrimals(...args), () => [NoTangent, ...zeroCotangents(args)]],
      }),
    },
    options,
  );
  return still as F & ((...args: LiftedParameters<F>) => ReturnType<F>);
}

/**
 * Makes the rule of f step aside where `predicate(...args)` says yes: engines then trace through its primal. Several predicates add up.
 * @throws {TypeError} when f has no rule, or is one of the functions that are written out for numbers (add, mul, sin, …) and have nothing to
 *   trace through
 */
export function optOut<F extends AnyFunction>(f: F, predicate: (...args: Parameters<F>) => boolean): F {
  const rule = ruleOf(f);
  if (rule === undefined) throw new TypeError(`optOut: ${describe(f)} has no rule to step aside; give it one first`);
  if (typeof predicate !== "function") throw new TypeError(`optOut: the predicate is ${describe(predicate)}; give (...args) => boolean`);
  if (!rule.mayStepAside)
    throw new TypeError(
      `optOut: ${rule.name} is written out for numbers, there is nothing to trace through; opt out of a function around it`,
    );
  const before = rule.stepsAside;
  rule.stepsAside = (...args) => (before?.(...args) ?? false) || predicate(...(args as Parameters<F>));
  return f;
}
