import { describe, expectFunction } from "../errors.js";
import type { Declarable } from "../lifted.js";
import { type AnyFunction, type Differentiator, type Rule, type RuleOptions, register, type Zeros } from "../rule.js";
import { optionsFor } from "../structures/options-for.js";
import { highestLevel, levelOfScalars } from "../traced/dispatch.js";
import { useGround } from "../traced/ground.js";
import { type ElementwiseOptions, Entrywise, loopCall, loopValue } from "./entrywise.js";
import { atMost } from "./surplus.js";

/** Options of all definers whose functions may be computed another way than by f. */
export interface CallOptions<F extends AnyFunction> extends RuleOptions {
  /** Positions of arguments that stand still of which traced values count by their plain ones, as those of a condition do; else they are refused. */
  readonly byPrimal?: readonly number[] | undefined;
  /**
   * Says that cotangents, and results of linear and bilinear maps, always lie in memory that was made for them, and that the rule refers neither
   * to it nor to the cotangents that it was given when the call of an operator is over: then nothing is copied for the user, and the memory is
   * used again.
   */
  readonly fresh?: boolean | undefined;
  /** For a function that is computed entry by entry: what it is on numbers. Arrays then go by loops that are made of it, and need no halves. */
  readonly elementwise?: ElementwiseOptions | undefined;
  /**
   * For functions called millions of times: the differentiable function written out, `general` being the one for all other arguments. One
   * that takes the rule too goes the general way where `rule.stepsAside` is given; of one that does not, `optOut` is refused.
   */
  readonly dispatch?: ((general: F, rule: Rule) => F) | undefined;
}

/** Options of `defineRule`. */
export interface DefineRuleOptions<F extends AnyFunction> extends CallOptions<F> {
  /** How inactive arguments' tangents come to the frule: as real zeros (the default), or as `ZeroTangent`. */
  readonly zeros?: Zeros | undefined;
  /** Positions of the arguments, from 0, that stand still: indices, flags, options. Traced values are refused there, and lists and arrays taken at the call. */
  readonly still?: readonly number[] | undefined;
}

/** What the definers hand to `declare`: a rule without what has a default. */
type Declaration<F extends AnyFunction> = { readonly primal: F } & Pick<Rule, "definer" | "pair"> &
  Partial<
    Pick<
      Rule,
      | "zeros"
      | "derived"
      | "plain"
      | "elementwise"
      | "taken"
      | "view"
      | "shared"
      | "stacked"
      | "direct"
      | "constant"
      | "standing"
      | "freshCotangents"
    >
  >;

/**
 * The name that messages give a rule.
 * @param known the names of the options that the definer has
 * @throws {TypeError} when there is no function to name, or the definer lacks one of the options
 */
export function nameOf(definer: Rule["definer"], f: unknown, options: RuleOptions, known: string): string {
  expectFunction(definer, "the first argument", f, "the function that the rule is for");
  const { name } = optionsFor(definer, options, known);
  if (name !== undefined && typeof name !== "string") throw new TypeError(`${definer}: name is ${describe(name)}; give a string`);
  return name ?? (f.name || "(anonymous)");
}

/** Makes the differentiable function of a declaration and registers its rule; arrays come to it in typed memory. */
export function declare<F extends AnyFunction, D extends Declarable<F> = F>(
  declaration: Declaration<F>,
  options: DefineRuleOptions<D> = {},
): D {
  useGround();
  return declareAlone(declaration, options);
}

/** As `declare`, for a program in which this may be all: without a rule of arrays or an engine, arrays come as they are. */
export function declareAlone<F extends AnyFunction, D extends Declarable<F> = F>(
  declaration: Declaration<F>,
  options: DefineRuleOptions<D> = {},
): D {
  const { primal: raw, plain: otherwise = raw } = declaration;
  const name = options.name ?? (raw.name || "(anonymous)");
  const { elementwise: entries } = options;
  if (entries !== undefined && typeof entries?.f !== "function")
    throw new TypeError(`${declaration.definer}: elementwise of ${name} is ${describe(entries)}; give { f, partials } with f of numbers`);
  const taken = entries?.most === undefined ? declaration.taken : atMost(name, entries.most);
  const elementwise = entries === undefined ? declaration.elementwise : new Entrywise(name, entries, isCount(entries.f.length));
  const rule: Rule = {
    zeros: options.zeros ?? "real",
    fresh: options.fresh,
    derived: [],
    mayStepAside: options.dispatch === undefined || options.dispatch.length > 1,
    stepsAside: undefined,
    resolved: undefined,
    standing: standingAt([...(options.still ?? []), ...(options.byPrimal ?? [])]),
    byPrimal: options.byPrimal,
    ...declaration,
    elementwise,
    taken,
    differentiable: raw,
    name,
    plain: elementwise === undefined ? otherwise : (...args: unknown[]) => plainEntries(rule, args) ?? otherwise(...args),
  };
  const general = ((...args: unknown[]): unknown => {
    const own = taken?.(args) ?? args;
    if (own !== args) return rule.differentiable(...own);
    const only = levelOfScalars(args);
    if (only !== undefined) return only.apply(rule, args);
    if (rule.shared !== undefined) {
      const shared = rule.shared(rule, args);
      if (shared !== undefined) return shared;
    }
    const call = loopCall(rule, args);
    if (call !== undefined) return call.level?.applyEntries(rule, call, call.moving, args) ?? loopValue(rule, call);
    const level = highestLevel(args);
    return level === undefined ? otherwise(...args) : level.apply(rule, args);
  }) as AnyFunction as D;
  const f = options.dispatch?.(general, rule) ?? general;
  Object.defineProperty(f, "name", { value: name });
  // What list methods put behind does not count.
  Object.defineProperty(f, "length", { value: Math.min(f.length, raw.length) });
  rule.differentiable = f;
  register(rule, f, options.replace ?? false);
  return f;
}

const standingAt = (positions: readonly number[]): Rule["standing"] => (positions.length === 0 ? undefined : (k) => positions.includes(k));

const isCount =
  (taken: number) =>
  (count: number, hasOptions: boolean): boolean =>
    count === taken && !hasOptions;

/** The value of an elementwise function of plain arrays, where loops compute it. */
function plainEntries(rule: Rule, args: readonly unknown[]): unknown {
  const call = loopCall(rule, args);
  return call === undefined || call.level !== undefined ? undefined : loopValue(rule, call);
}

/** The operators, where an engine that has them asks. */
export function operatorsFor(name: string, ad: Differentiator | undefined): Differentiator {
  if (ad !== undefined) return ad;
  throw new TypeError(`${name}: its rule differentiates a function it is handed; call frule and rrule from the main entry`);
}
