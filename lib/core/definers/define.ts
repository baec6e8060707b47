import { type CallOptions, type DefineRuleOptions, declare, declareAlone, nameOf, operatorsFor } from "../calls/declare.js";
import { describe, expectFunction } from "../errors.js";
import type { Declarable, Differentiable, LiftedParameters } from "../lifted.js";
import { type AnyFunction, type Differentiator, type RuleOptions, type RulePair, ruleOf } from "../rule.js";
import { NoTangent } from "../tangents/tangent.js";
import { zeroCotangents } from "../tangents/tangent-space.js";
import { primal } from "../traced/ground.js";

/**
 * Gives f a rule by hand: both halves stand in one declaration. One of them may be missing; it is derived then.
 *   frule: ([dself, dx, …], x, …) => [y, dy]
 *   rrule: (x, …) => [y, (ybar) => [NoTangent, xbar, …]]
 * A higher-order function takes `(ad) => ({ frule, rrule })`, with `ad.pushforward` and `ad.pullback` to differentiate what it was handed.
 * @returns the differentiable function: plain values run f and nothing else, traced values hand it to their engine
 * @throws {TypeError} when neither half is given, or f has a rule already and `replace` is not set
 */
export function defineRule<F extends AnyFunction, D extends Declarable<F> = Differentiable<F>>(
  f: F,
  pair: RulePair<Parameters<F>> | ((ad: Differentiator) => RulePair<Parameters<F>>),
  options: DefineRuleOptions<F> = {},
): D {
  const name = nameOf("defineRule", f, options, "name, replace, zeros, still, byPrimal, fresh, elementwise, dispatch");
  if (typeof pair === "function") {
    return declareAlone<F, F>(
      {
        primal: f,
        definer: "defineRule",
        pair: (ad) => pair(operatorsFor(name, ad)) as RulePair,
      },
      options,
    ) as AnyFunction as D;
  }
  const { frule, rrule } = pair ?? {};
  if (frule === undefined && rrule === undefined) {
    throw new TypeError(`defineRule: ${name} was given neither frule nor rrule; give at least one of them`);
  }
  for (const [half, rule] of Object.entries({ frule, rrule })) {
    if (rule !== undefined) expectFunction("defineRule", `the ${half} of ${name}`, rule, "a function");
  }
  const derived = frule === undefined ? (["frule"] as const) : rrule === undefined ? (["rrule"] as const) : [];
  // A derived frule leaves out what does not move.
  const zeros = frule === undefined ? "symbolic" : (options.zeros ?? "real");
  return declareAlone<F, F>(
    { primal: f, definer: "defineRule", pair: () => pair as RulePair, derived, zeros },
    options,
  ) as AnyFunction as D;
}

/** Options of `nonDifferentiable`. */
export type NonDifferentiableOptions<F extends AnyFunction> = RuleOptions & Pick<CallOptions<F>, "elementwise">;

/** A function of traced numbers and arrays whose result is plain. */
type StillOnTraced<F extends AnyFunction> = (...args: LiftedParameters<F>) => ReturnType<F>;

/**
 * Declares that f has zero derivative both ways: indices, shapes, comparisons. Traced arguments reach f as plain values.
 * @returns the differentiable function
 */
export function nonDifferentiable<F extends AnyFunction, D extends F | StillOnTraced<F> = F & StillOnTraced<F>>(
  f: F,
  options: NonDifferentiableOptions<F> = {},
): D {
  const name = nameOf("nonDifferentiable", f, options, "name, replace, elementwise");
  const onPrimals = (...args: unknown[]): unknown => (options.elementwise === undefined ? f : still)(...args.map(primal));
  const still = declare<F, F>(
    {
      primal: f,
      definer: "nonDifferentiable",
      constant: true,
      zeros: "symbolic",
      pair: () => ({
        frule: (_tangents: unknown, ...args: unknown[]) => [onPrimals(...args), NoTangent],
        rrule: (...args: unknown[]) => [onPrimals(...args), () => [NoTangent, ...zeroCotangents(args)]],
      }),
    },
    { ...options, name },
  );
  return still as AnyFunction as D;
}

/**
 * Makes the rule of f step aside where `predicate(...args)` says yes: engines then trace through its primal. Several predicates add up.
 * @throws {TypeError} when f has no rule, or is one of the functions that are written out for numbers (add, mul, sin, …) and have nothing to
 *   trace through
 */
export function optOut<F extends AnyFunction>(f: F, predicate: (...args: Parameters<F>) => boolean): F {
  const rule = ruleOf(f);
  if (rule === undefined) throw new TypeError(`optOut: ${describe(f)} has no rule to step aside; give it one first`);
  expectFunction("optOut", "the predicate", predicate, "(...args) => boolean");
  if (!rule.mayStepAside)
    throw new TypeError(
      `optOut: ${rule.name} is written out for numbers, there is nothing to trace through; opt out of a function around it`,
    );
  const before = rule.stepsAside;
  rule.stepsAside = (...args) => (before?.(...args) ?? false) || predicate(...(args as Parameters<F>));
  return f;
}
