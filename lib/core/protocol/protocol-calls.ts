import { isNdArray } from "../../nd/index.js";
import { describe, expectFunction, TangentError } from "../errors.js";
import { type AnyFunction, type Differentiator, type Pullback, type Rule, ruleOf } from "../rule.js";
import { callableParts } from "../structures/callable.js";
import { isStructure } from "../structures/structure.js";
import { fitResult, project, realize } from "../tangents/project.js";
import { isZero, NoTangent, ZeroTangent } from "../tangents/tangent.js";
import { isDifferentiable } from "../tangents/tangent-space.js";
import { grounded, useGround } from "../traced/ground.js";
import { expectCotangents, expectPair } from "./contracts.js";
import { fruleOf, rruleOf } from "./derive.js";

/** The two calls of the protocol. */
export interface ProtocolCalls {
  /**
   * `frule([dself, ...dargs], f, ...args)` → [y, ẏ], or undefined when f has no rule. Tangents left out at the end are zero.
   */
  frule(tangents: readonly unknown[], f: AnyFunction, ...args: readonly unknown[]): readonly [y: unknown, dy: unknown] | undefined;
  /**
   * `rrule(f, ...args)` → [y, pullback], or undefined when f has no rule; `pullback(ȳ)` → [f̄, ...x̄], one for f itself and one for each
   * argument.
   */
  rrule(f: AnyFunction, ...args: readonly unknown[]): readonly [y: unknown, pullback: Pullback] | undefined;
}

/** Whether f has a rule, and it does not step aside for these arguments. */
export function hasRule(f: AnyFunction, ...args: readonly unknown[]): boolean {
  const parts = callableParts(f);
  if (parts !== undefined) return hasRule(parts.apply, parts.params, ...args);
  const rule = ruleOf(f);
  return rule !== undefined && !(args.length > 0 && rule.stepsAside?.(...args));
}

/** The protocol's calls; without a differentiator they use the halves that are given and derive none. */
export function protocolCalls(ad: Differentiator | undefined): ProtocolCalls {
  useGround();
  /** The rule of f for these arguments; undefined where it has none, or lacks this half and it cannot be derived. */
  const ruleFor = (f: AnyFunction, half: "frule" | "rrule", args: readonly unknown[]): Rule | undefined => {
    const rule = hasRule(f, ...args) ? ruleOf(f) : undefined;
    return ad === undefined && rule?.derived.includes(half) ? undefined : rule;
  };

  const calls: ProtocolCalls = {
    frule: (tangents, f, ...args) => {
      if (!Array.isArray(tangents)) throw new TangentError(`frule: the tangents are ${describe(tangents)}; give a list, [dself, ...dargs]`);
      expectFunction("frule", "the second argument", f, form);
      const parts = callableParts(f);
      if (parts !== undefined) {
        if (hasRule(parts.apply, parts.params, ...args)) return calls.frule([NoTangent, ...tangents], parts.apply, parts.params, ...args);
        if (ad === undefined) return undefined;
        const all = [parts.params, ...args];
        return ad.pushforward(
          parts.apply,
          all,
          all.map((arg, k) => tangentFor(arg, tangents[k])),
        );
      }
      const rule = ruleFor(f, "frule", args);
      if (rule === undefined) return undefined;
      if (tangents.length > args.length + 1) {
        throw new TangentError(`frule: ${tangents.length} tangents for ${args.length} arguments of ${f.name}; give [dself, ...dargs]`);
      }
      rule.taken?.(args);
      const dargs = args.map((arg, k) => {
        const t = isDifferentiable(arg)
          ? project(arg, tangents[k + 1] ?? ZeroTangent, () => `frule: tangent ${k + 1} of ${rule.name}`, true)
          : tangents[k + 1];
        return rule.zeros === "symbolic" ? (t ?? ZeroTangent) : tangentFor(arg, t);
      });
      const [y, dy] = expectPair(rule, "frule", fruleOf(rule, ad)([tangents[0] ?? NoTangent, ...dargs], ...grounded(rule.name, args)));
      return [y, isNdArray(y) ? fitResult(y, dy, () => `${rule.name}: tangent of the result`) : dy];
    },

    rrule: (f, ...args) => {
      expectFunction("rrule", "the first argument", f, form);
      const parts = callableParts(f);
      if (parts !== undefined) {
        if (hasRule(parts.apply, parts.params, ...args)) {
          const [y, back] = calls.rrule(parts.apply, parts.params, ...args) as readonly [unknown, Pullback];
          return [y, (ybar) => back(ybar).slice(1)];
        }
        return ad?.pullback(parts.apply, parts.params, ...args);
      }
      const rule = ruleFor(f, "rrule", args);
      if (rule === undefined) return undefined;
      rule.taken?.(args);
      const [y, pullback] = expectPair(rule, "rrule", rruleOf(rule, ad)(...grounded(rule.name, args)));
      const seed = (ybar: unknown): unknown => project(y, ybar, () => `${rule.name}: ybar`, true);
      return [y, (ybar) => expectCotangents(rule, args, (pullback as Pullback)(seed(ybar)))];
    },
  };
  return calls;
}

/** What is asked for where a function is missing. */
const form = "a function, then its arguments";

/** A tangent as rules get it: real zeros for what is absent or symbolic, in structures too, `NoTangent` for what cannot move. */
function tangentFor(arg: unknown, tangent: unknown): unknown {
  if (!isDifferentiable(arg) && !isStructure(arg)) return NoTangent;
  const t = tangent ?? ZeroTangent;
  return isZero(t) || isStructure(arg) ? realize(arg, t) : t;
}

const underived: ProtocolCalls = protocolCalls(undefined);

/**
 * [y, ẏ] of f at args in the direction of the tangents: `frule([dself, ...dargs], f, ...args)`; undefined where f has no rule. From
 * `cotangent/core` it is undefined too where f gives no frule itself, which `cotangent` derives.
 */
export const frule: ProtocolCalls["frule"] = (tangents, f, ...args) => underived.frule(tangents, f, ...args);
/**
 * [y, pullback] of f at args: `pullback(ȳ)` → [f̄, ...x̄], one cotangent for f itself and one for each argument; undefined where f has no rule.
 * From `cotangent/core` it is undefined too where f gives no rrule itself, which `cotangent` derives.
 */
export const rrule: ProtocolCalls["rrule"] = (f, ...args) => underived.rrule(f, ...args);
