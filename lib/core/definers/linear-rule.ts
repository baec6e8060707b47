import { type CallOptions, declare, nameOf, operatorsFor } from "../calls/declare.js";
import { totalLane } from "../calls/total-lane.js";
import { describe, expectFunction } from "../errors.js";
import type { AnyArray } from "../level.js";
import type { Declarable, Differentiable } from "../lifted.js";
import type { AnyFunction, Differentiator, Frule, Rrule, Rule, RulePair, Transpose } from "../rule.js";
import { inPlaceOf } from "../tangents/project.js";
import { isZero, NoTangent, unthunk, ZeroTangent } from "../tangents/tangent.js";
import { highestLevel, levelOf } from "../traced/dispatch.js";
import { primal } from "../traced/ground.js";
import { sharedView } from "../traced/shared-view.js";
import { useLoops } from "./loops.js";

/** A form of a function that its first argument tells apart, and the rule of that form; the function itself computes both. */
export interface OtherForm {
  readonly takes: (first: unknown) => boolean;
  readonly pair: (ad: Differentiator) => RulePair;
}

/** Options of `linearRule`. */
export interface LinearRuleOptions<F extends AnyFunction> extends CallOptions<F> {
  /** Positions of the arguments in which f is linear (jointly); all others are static. Default [0]. */
  readonly linearIn?: readonly number[] | undefined;
  /** The same function computed a faster way on plain arrays, for the rule to use; f itself when absent. */
  readonly kernel?: AnyFunction | undefined;
  /** For an f that copies a view of x: that view, in which no entry stands twice; undefined where there is none for these arguments. */
  readonly view?: Rule["view"];
  /** A second form of the function, such as sum(f, x) beside sum(x). */
  readonly otherForm?: OtherForm | undefined;
  /** For f(x, options) = weight · Σ x: that weight, or undefined where f is not so for these options. Engines then need no pullback. */
  readonly weight?: ((x: AnyArray, options: Parameters<F>[1]) => number | undefined) | undefined;
}

/**
 * The rule of a linear map from its transpose.
 *   ẏ = f(ẋ, …)                  x̄ = transpose(ȳ, x, …)
 * Both are written on plain arrays and return fresh arrays; every order follows, since the transpose of the transpose is f.
 * @param f         linear in the arguments named by `linearIn`
 * @param transpose (ȳ, ...args) => x̄, a list of cotangents where f is linear in several arguments; it may use the kind and shape of
 *                  those arguments, not their values, and may return thunks
 */
export function linearRule<F extends AnyFunction, D extends Declarable<F> = Differentiable<F>>(
  f: F,
  transpose: Transpose<Parameters<F>>,
  options: LinearRuleOptions<F> = {},
): D {
  useLoops();
  const name = nameOf(
    "linearRule",
    f,
    options,
    "name, replace, linearIn, byPrimal, kernel, view, weight, otherForm, fresh, elementwise, dispatch",
  );
  const { linearIn = [0] } = options;
  // A function that has loops computes by them.
  const kernel: AnyFunction = options.kernel ?? (options.elementwise === undefined ? f : (...args: unknown[]) => map(...args));
  if (!Array.isArray(linearIn) || !linearIn.every((position) => Number.isInteger(position) && position >= 0))
    throw new TypeError(`linearRule: linearIn of ${name} is ${describe(linearIn)}; give the positions of arguments, counted from 0`);
  checkTranspose(name, transpose);
  const rawTranspose = transpose as AnyFunction;
  const several = linearIn.length > 1;

  const run = (args: readonly unknown[]): unknown => (highestLevel(args) === undefined ? kernel(...args) : map(...args));

  /** args with those in which f is linear replaced. */
  const withLinear = (args: readonly unknown[], values: readonly unknown[]): unknown[] => {
    const replaced = [...args];
    for (let k = 0; k < linearIn.length; k++) replaced[linearIn[k] as number] = values[k];
    return replaced;
  };

  const map: F = declare(
    {
      primal: f,
      view: options.view,
      shared: options.view && sharedView,
      definer: "linearRule",
      standing: (k, args) => !linearIn.includes(k) && !(options.otherForm?.takes(args[0]) ?? false),
      freshCotangents: true,
      zeros: "symbolic",
      pair: eitherForm(name, options.otherForm, {
        frule: (tangents: readonly unknown[], ...args: unknown[]) => {
          const y = run(args);
          const moving = linearIn.map((position) => tangents[position + 1]);
          if (moving.every(isZero)) return [y, ZeroTangent];
          return [
            y,
            run(
              withLinear(
                args,
                moving.map((t, k) => inPlaceOf(args[linearIn[k] as number], t)),
              ),
            ),
          ];
        },
        rrule: (...args: unknown[]) => {
          const plain = highestLevel(args) === undefined;
          const y = plain ? kernel(...args) : map(...args);
          const pullback = (ybar: unknown): unknown[] => {
            const fixed = plain ? args : args.map(primal);
            const xbars = levelOf(ybar) === undefined ? rawTranspose(ybar, ...fixed) : back(ybar, ...fixed);
            const cotangents: unknown[] = [NoTangent];
            for (let k = 0; k < args.length; k++) cotangents.push(NoTangent);
            for (let k = 0; k < linearIn.length; k++) cotangents[(linearIn[k] as number) + 1] = several ? (xbars as unknown[])[k] : xbars;
            return cotangents;
          };
          return [y, pullback];
        },
      }),
    },
    options.weight === undefined
      ? options
      : { ...options, dispatch: (general, rule) => totalLane(rule, options.weight as AnyFunction, general) as F },
  );

  const values = (xbars: unknown): unknown => (several ? (xbars as unknown[]).map(unthunk) : unthunk(xbars));

  const back: AnyFunction = declare(
    {
      primal: (ybar: unknown, ...args: unknown[]) => values(rawTranspose(ybar, ...args)),
      definer: "linearRule",
      freshCotangents: true,
      zeros: "symbolic",
      pair: () => ({
        frule: ([, dybar]: readonly unknown[], ybar: unknown, ...args: unknown[]) => [
          back(ybar, ...args),
          isZero(dybar) ? dybar : back(dybar, ...args),
        ],
        rrule: (ybar: unknown, ...args: unknown[]) => [
          back(ybar, ...args),
          (zbar: unknown) => {
            const zbars = linearIn.map((position, k) => inPlaceOf(args[position], several ? (zbar as unknown[])[k] : zbar));
            return [NoTangent, run(withLinear(args, zbars)), ...args.map(() => NoTangent)];
          },
        ],
      }),
    },
    { name: `${name}Transpose` },
  );

  return map as AnyFunction as D;
}

export function checkTranspose(name: string, transpose: unknown): void {
  expectFunction(name, "a transpose", transpose, "(ybar, ...args) => xbar");
}

/** The rule of a function that may have two forms. */
function eitherForm(name: string, other: OtherForm | undefined, own: RulePair): Rule["pair"] {
  if (other === undefined) return () => own;
  return (ad) => {
    const pairFor = (first: unknown): RulePair => (other.takes(first) ? other.pair(operatorsFor(name, ad)) : own);
    return {
      frule: (tangents: unknown, ...args: unknown[]) => (pairFor(args[0]).frule as Frule)(tangents, ...args),
      rrule: (...args: unknown[]) => (pairFor(args[0]).rrule as Rrule)(...args),
    };
  };
}
