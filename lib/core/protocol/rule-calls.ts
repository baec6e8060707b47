import { MissingRuleError } from "../errors.js";
import type { AnyFunction, Pullback } from "../rule.js";
import type { NoTangent, ZeroTangent } from "../tangents/tangent.js";
import { frule, rrule } from "./protocol-calls.js";

/**
 * [y, ẏ] by the frule of another function, with its types: for rules that are put together from other rules.
 * @throws {MissingRuleError} when it gives no frule itself
 */
export function byFrule<F extends AnyFunction>(
  tangents: readonly unknown[],
  f: F,
  ...args: Parameters<F>
): readonly [y: ReturnType<F>, dy: ReturnType<F> | ZeroTangent | NoTangent] {
  return (frule(tangents, f, ...args) ?? missing(f, "frule")) as readonly [ReturnType<F>, ReturnType<F>];
}

/**
 * [y, pullback] by the rrule of another function, with its types.
 * @throws {MissingRuleError} when it gives no rrule itself
 */
export function byRrule<F extends AnyFunction>(f: F, ...args: Parameters<F>): readonly [y: ReturnType<F>, back: Pullback] {
  return (rrule(f, ...args) ?? missing(f, "rrule")) as readonly [ReturnType<F>, Pullback];
}

function missing(f: AnyFunction, half: string): never {
  throw new MissingRuleError(`${f.name} gives no ${half} of its own, which another rule is made of`);
}
