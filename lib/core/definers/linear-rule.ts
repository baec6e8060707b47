import { type CallOptions, declare, nameOf, type WholeRuleOptions } from "../calls/declare.js";
import { totalLane } from "../calls/total-lane.js";
import { describe } from "../errors.js";
import type { AnyArray } from "../level.js";
import type { Declarable, Differentiable } from "../lifted.js";
import type { AnyFunction, Rule, Transpose } from "../rule.js";
import { accumulate } from "../tangents/laws.js";
import { inPlaceOf, project } from "../tangents/project.js";
import { isZero, NoTangent, thunk, unthunk, ZeroTangent } from "../tangents/tangent.js";
import { isDifferentiable } from "../tangents/tangent-space.js";
import { highestLevel, levelOf } from "../traced/dispatch.js";
import { primal } from "../traced/ground.js";
import { sharedView } from "../traced/shared-view.js";
import { useLoops } from "./loops.js";

/** Options of `linearRule`. */
export interface LinearRuleOptions<F extends AnyFunction> extends WholeRuleOptions<F> {
  /** Positions of the arguments in which f is linear (jointly); all others are static. Default [0]. */
  readonly linearIn?: readonly number[] | undefined;
  /** The same function computed a faster way on plain arrays, for the rule to use; f itself when absent. */
  readonly kernel?: AnyFunction | undefined;
  /** For an f that copies a view of x: that view, in which no entry stands twice; undefined where there is none for these arguments. */
  readonly view?: Rule["view"];
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
  const name = nameOf("linearRule", f, options);
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
      pair: () => ({
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

function checkTranspose(name: string, transpose: unknown): void {
  if (typeof transpose !== "function") throw new TypeError(`${name}: a transpose is ${describe(transpose)}; give (ybar, ...args) => xbar`);
}

/** Options of `bilinearRule`. */
export interface BilinearRuleOptions<F extends AnyFunction> extends CallOptions<F> {
  /** (ȳ, a, b, ...static) => [ā, b̄], both in one pass: where that takes little longer than one of them, even if the other is not needed. */
  readonly transposes?: Transpose<Parameters<F>> | undefined;
}

/**
 * The rule of a map that is linear in its first argument and in its second one: matmul, outer, convolution, ….
 *   ẏ = f(ȧ, b) + f(a, ḃ)        ā = transposeLeft(ȳ, a, b),  b̄ = transposeRight(ȳ, a, b)
 * All three are written on plain arrays and return fresh arrays; every order follows, since the three are each other's transposes. What
 * the transposes return is brought to the shape and kind of its operand: broadcasting need not be undone.
 * @param f              (a, b, ...static) => y
 * @param transposeLeft  (ȳ, a, b, ...static) => ā; of a it may use kind and shape, not values
 * @param transposeRight (ȳ, a, b, ...static) => b̄; of b it may use kind and shape, not values
 */
export function bilinearRule<F extends AnyFunction, D extends Declarable<F> = Differentiable<F>>(
  f: F,
  transposeLeft: Transpose<Parameters<F>>,
  transposeRight: Transpose<Parameters<F>>,
  options: BilinearRuleOptions<F> = {},
): D {
  useLoops();
  const name = nameOf("bilinearRule", f, options);
  const { transposes } = options;
  for (const transpose of [transposeLeft, transposeRight, transposes ?? transposeLeft]) checkTranspose(name, transpose);
  type Map = (first: unknown, second: unknown) => unknown;
  /** ẏ of a map that is linear in two places: its value at (ṡ, t) plus that at (s, ṫ). */
  const product = (at: Map, s: unknown, ds: unknown, t: unknown, dt: unknown): unknown =>
    accumulate(isZero(ds) ? ZeroTangent : at(ds, t), isZero(dt) ? ZeroTangent : at(s, dt));

  /** A cotangent of the shape and kind of argument k, so that it can stand in that argument's place. */
  const fit = (xbar: unknown, args: readonly unknown[], k: 0 | 1): unknown =>
    isDifferentiable(args[k]) ? project(args[k], xbar, () => `${name}: cotangent of argument ${k + 1}`) : xbar;

  const inPlaceOfOperand =
    (transpose: AnyFunction, k: 0 | 1): AnyFunction =>
    (ybar: unknown, ...args: unknown[]) =>
      fit(unthunk(transpose(ybar, ...args)), args, k);

  /** Both cotangents, where all is plain and one pass makes them. */
  const together = (ybar: unknown, args: readonly unknown[]): readonly unknown[] | undefined => {
    if (transposes === undefined || highestLevel([ybar, ...args]) !== undefined) return undefined;
    const both = thunk(() => (transposes as AnyFunction)(ybar, ...args));
    const at = (k: 0 | 1): unknown => thunk(() => fit((both.value() as unknown[])[k], args, k));
    return [at(0), at(1)];
  };

  const map: F = declare(
    {
      primal: f,
      definer: "bilinearRule",
      standing: (k) => k > 1,
      freshCotangents: true,
      zeros: "symbolic",
      pair: () => ({
        frule: ([, da, db]: readonly unknown[], a: unknown, b: unknown, ...rest: unknown[]) => [
          map(a, b, ...rest),
          product((p, q) => map(p, q, ...rest), a, da, b, db),
        ],
        rrule: (a: unknown, b: unknown, ...rest: unknown[]) => [
          map(a, b, ...rest),
          (ybar: unknown) => [
            NoTangent,
            ...(together(ybar, [a, b, ...rest]) ?? [thunk(() => left(ybar, a, b, ...rest)), thunk(() => right(ybar, a, b, ...rest))]),
            ...rest.map(() => NoTangent),
          ],
        ],
      }),
    },
    options,
  );

  const left: AnyFunction = declare(
    {
      primal: inPlaceOfOperand(transposeLeft as AnyFunction, 0),
      definer: "bilinearRule",
      freshCotangents: true,
      zeros: "symbolic",
      pair: () => ({
        frule: ([, dybar, , db]: readonly unknown[], ybar: unknown, a: unknown, b: unknown, ...rest: unknown[]) => [
          left(ybar, a, b, ...rest),
          product((p, q) => left(p, a, q, ...rest), ybar, dybar, b, db),
        ],
        rrule: (ybar: unknown, a: unknown, b: unknown, ...rest: unknown[]) => [
          left(ybar, a, b, ...rest),
          (zbar: unknown) => [NoTangent, map(zbar, b, ...rest), ZeroTangent, right(ybar, zbar, b, ...rest), ...rest.map(() => NoTangent)],
        ],
      }),
    },
    { name: `${name}TransposeLeft` },
  );

  const right: AnyFunction = declare(
    {
      primal: inPlaceOfOperand(transposeRight as AnyFunction, 1),
      definer: "bilinearRule",
      freshCotangents: true,
      zeros: "symbolic",
      pair: () => ({
        frule: ([, dybar, da]: readonly unknown[], ybar: unknown, a: unknown, b: unknown, ...rest: unknown[]) => [
          right(ybar, a, b, ...rest),
          product((p, q) => right(p, q, b, ...rest), ybar, dybar, a, da),
        ],
        rrule: (ybar: unknown, a: unknown, b: unknown, ...rest: unknown[]) => [
          right(ybar, a, b, ...rest),
          (zbar: unknown) => [NoTangent, map(a, zbar, ...rest), left(ybar, a, zbar, ...rest), ZeroTangent, ...rest.map(() => NoTangent)],
        ],
      }),
    },
    { name: `${name}TransposeRight` },
  );

  return map as AnyFunction as D;
}
