import { isNdArray } from "../../nd/index.js";
import { MissingRuleError, NotTraceableError } from "../errors.js";
import { isScalar, type Scalar } from "../level.js";
import type { Differentiator, Frule, Pullback, ResolvedRule, Rrule, Rule } from "../rule.js";
import { isStructure, mapTangents } from "../structures/structure.js";
import { innerProduct } from "../tangents/laws.js";
import { basisOf, fitResult, oneLike, project, realize } from "../tangents/project.js";
import { isZero, NoTangent, ZeroTangent } from "../tangents/tangent.js";
import { isDifferentiable } from "../tangents/tangent-space.js";
import { floatKindOf, fromElements } from "../traced/store.js";
import { checksOf, isChecked } from "./checks.js";
import { expectCotangents, expectPair } from "./contracts.js";

/** The halves of a rule as they are given, for a pair of engines; a missing one is derived when it is asked for. */
function halvesOf(rule: Rule, ad: Differentiator | undefined): ResolvedRule {
  const before = rule.resolved;
  if (before !== undefined && before.ad === ad) return before;
  const { frule, rrule } = rule.pair(ad);
  const halves = { ad, frule, rrule };
  // Calls without engines come in between; what the engines resolved stays, with the warning that it has given.
  if (ad !== undefined || before === undefined) rule.resolved = halves;
  return halves;
}

/**
 * The forward half of a rule, derived from the other where it is missing.
 * @throws {MissingRuleError} (when it is called) where it cannot be derived
 */
export function fruleOf(rule: Rule, ad: Differentiator | undefined): Frule {
  const halves = halvesOf(rule, ad);
  halves.frule ??= fruleFrom(rule, halves.rrule as Rrule, ad);
  return (isChecked() ? checksOf()?.frule(rule, halves.frule) : undefined) ?? halves.frule;
}

/** The reverse half of a rule, derived from the other where it is missing. */
export function rruleOf(rule: Rule, ad: Differentiator | undefined): Rrule {
  const halves = halvesOf(rule, ad);
  halves.rrule ??= rruleFrom(rule, halves.frule as Frule);
  return (isChecked() ? checksOf()?.rrule(rule, halves.rrule) : undefined) ?? halves.rrule;
}

/**
 * The forward half from the reverse one: where the pullback reads raw data and cannot be traced, one pullback for each entry of the output
 * does it.
 */
function fruleFrom(rule: Rule, rrule: Rrule, ad: Differentiator | undefined): Frule {
  const cure = `give it one with defineRule(${rule.name}, { frule })`;
  let warned = false;
  return (tangents: readonly unknown[], ...args: unknown[]) => {
    const [y, pullback] = expectPair(rule, "rrule", rrule(...args)) as readonly [unknown, Pullback];
    const back = (ybar: unknown): readonly unknown[] => expectCotangents(rule, args, pullback(ybar)).slice(1);
    if (ad === undefined) {
      if (!args.some((arg, k) => hasSpace(arg) && !isZero(tangents[k + 1]))) return [y, ZeroTangent];
      throw new MissingRuleError(`${rule.name} has no frule and its pullback is not differentiable here; ${cure}`);
    }
    const dy = transposed(rule.name, y, back, args, tangents.slice(1), ad, () => {
      if (warned) return;
      warned = true;
      console.warn(`${rule.name} has no frule and its pullback reads raw data: one pullback for each output entry stands in; ${cure}`);
    });
    return [y, dy];
  };
}

/**
 * The pushforward of a program that has reverse mode alone, by two of its sweeps. Rules of functions that differentiate get it until forward
 * mode is there: who asks for gradients need not load a second engine for them.
 */
export function pushforwardFrom(ad: Pick<Differentiator, "pullback">): Differentiator["pushforward"] {
  return (f, args, tangents) => {
    const [y, back] = ad.pullback(f, ...args);
    return [y, realize(y, transposed(f.name || "f", y, back, args, tangents, ad))];
  };
}

/**
 * ẏ from a pullback: it is linear in ȳ, so J ẋ is the gradient of ⟨pullback(ȳ), ẋ⟩ by ȳ, exactly. Where the pullback reads raw data and
 * cannot be traced, each entry of the output is asked by itself.
 */
function transposed(
  name: string,
  y: unknown,
  back: (ybar: unknown) => readonly unknown[],
  args: readonly unknown[],
  tangents: readonly unknown[],
  ad: Pick<Differentiator, "pullback">,
  onRawData?: () => void,
): unknown {
  const moving = args.flatMap((arg, k) => (hasSpace(arg) && !isZero(tangents[k]) ? [k] : []));
  if (moving.length === 0) return ZeroTangent;
  const directions = moving.map((k) => tangents[k]);
  const cotangents = (ybar: unknown): unknown[] => {
    const all = back(ybar);
    return moving.map((k) =>
      realize(
        args[k],
        project(args[k], all[k], () => `${name}: cotangent of argument ${k + 1}`),
      ),
    );
  };
  try {
    return ad.pullback(cotangents, oneLike(y))[1](directions)[0];
  } catch (error) {
    if (!(error instanceof NotTraceableError)) throw error;
  }
  onRawData?.();
  return combined(y, (e) => innerProduct(cotangents(e), directions));
}

/** The reverse half from the forward one: x̄ has ⟨ȳ, J e⟩ at the place of each basis direction e of the inputs. */
function rruleFrom(rule: Rule, frule: Frule): Rrule {
  return (...args: unknown[]) => {
    const still = args.map((arg) => (hasSpace(arg) ? realize(arg, ZeroTangent) : NoTangent));
    const [y] = expectPair(rule, "frule", frule([NoTangent, ...still], ...args));
    return [
      y,
      (ybar: unknown) => [
        NoTangent,
        ...args.map((arg, k) => {
          if (!hasSpace(arg)) return NoTangent;
          return combined(arg, (e) => {
            const [, t] = expectPair(rule, "frule", frule([NoTangent, ...still.slice(0, k), e, ...still.slice(k + 1)], ...args));
            return innerProduct(
              ybar,
              fitResult(y, t, () => `${rule.name}: tangent of the result`),
            );
          });
        }),
      ],
    ];
  };
}

/** The tangent of x that has `weight(e)` at the place of each of its basis directions e. */
function combined(x: unknown, weight: (e: unknown) => Scalar): unknown {
  const weights = Array.from(basisOf(x), weight);
  let n = 0;
  return mapTangents((leaf) => {
    if (isScalar(leaf)) return weights[n++];
    if (!isNdArray(leaf) || !isDifferentiable(leaf)) return NoTangent;
    const first = n;
    n += leaf.size;
    return fromElements(weights.slice(first, n), leaf.shape, floatKindOf(leaf));
  }, x);
}

/** Whether an argument can move at all. */
function hasSpace(x: unknown): boolean {
  return isDifferentiable(x) || isStructure(x);
}
