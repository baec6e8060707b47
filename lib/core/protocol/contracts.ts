import { describe, TangentError } from "../errors.js";
import type { Rule } from "../rule.js";
import { NoTangent } from "../tangents/tangent.js";
import { isDifferentiable } from "../tangents/tangent-space.js";

/** The pair that a rule's half must return, checked. */
export function expectPair(rule: Rule, half: "frule" | "rrule", result: readonly unknown[]): readonly [unknown, unknown] {
  if (!Array.isArray(result) || result.length !== 2) {
    throw new TangentError(
      `${rule.name}: its ${half} returned ${describe(result)}; it must return [y, ${half === "frule" ? "dy" : "pullback"}]`,
    );
  }
  if (half === "rrule" && typeof result[1] !== "function") {
    throw new TangentError(
      `${rule.name}: its rrule returned ${describe(result[1])} in the pullback's place; return [y, (ybar) => [NoTangent, xbar, …]]`,
    );
  }
  return result as unknown as readonly [unknown, unknown];
}

/** The list that a pullback must return: one entry for f itself, then one for each argument; absent ones at the end are filled in. */
export function expectCotangents(rule: Rule, args: readonly unknown[], cotangents: unknown): readonly unknown[] {
  if (!Array.isArray(cotangents)) {
    throw new TangentError(`${rule.name}: its pullback returned ${describe(cotangents)}; return a list, [NoTangent, xbar, …]`);
  }
  const expected = args.length + 1;
  if (cotangents.length === expected) return cotangents;
  const missing = args.slice(Math.max(0, cotangents.length - 1));
  if (cotangents.length === 0 || cotangents.length > expected || missing.some(isDifferentiable)) {
    throw new TangentError(
      `${rule.name}: its pullback returned ${cotangents.length} cotangents for ${args.length} arguments; expected ${expected}, the first for ${rule.name} itself (NoTangent), then one for each argument`,
    );
  }
  return [...cotangents, ...missing.map(() => NoTangent)];
}
