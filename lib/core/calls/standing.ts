import { duplicate, isNdArray, type NdArray } from "../../nd/index.js";
import { describe, TangentError } from "../errors.js";
import { TracedScalar } from "../level.js";
import type { Rule } from "../rule.js";
import { isRecord, partNames } from "../structures/record.js";
import { asItStands } from "../structures/standing.js";
import { leavesOf } from "../structures/structure.js";
import { levelOf } from "../traced/dispatch.js";
import { primal } from "../traced/ground.js";
import { storeOf } from "../traced/store.js";

/** Whether a rule says that argument k, from 0, stands still. */
export function standsStill(rule: Rule, k: number, args: readonly unknown[]): boolean {
  return rule.standing?.(k, args) ?? false;
}

/**
 * An argument that stands still, as it is now: a pullback that reads it later finds it unchanged. Lists and records are copied, and so are
 * arrays of indices and masks, in a record of options too, unless they are watched.
 * @param k       the position of the argument, from 0
 * @param watched whether checked mode looks whether arrays change
 * @throws {TypeError} when it is traced: its derivative would be lost
 */
export function takenStill(rule: Rule, k: number, arg: unknown, watched: boolean): unknown {
  if (levelOf(arg) === undefined) return watched ? asItStands(arg) : held(arg);
  // An array that no rule can read, such as one of bigints: the rule says so.
  if (!holdsTraced(arg)) return arg;
  if (rule.byPrimal?.includes(k)) return primal(arg as never);
  const option = isRecord(arg) ? partNames(arg).find((name) => levelOf(arg[name]) !== undefined) : undefined;
  const came = describe(option === undefined ? arg : (arg as Record<string, unknown>)[option]);
  const [what, name] = option === undefined ? [`argument ${k + 1}`, "x"] : [`option ${option}`, option];
  throw new TypeError(
    `${rule.name}: ${what} is ${came}${came.includes("traced") ? "" : ", traced"}; it has no derivative there, which would be lost: give its plain value, primal(${name})`,
  );
}

/** What is thrown where a pullback gives NoTangent for an argument that moves. */
export function droppedError(rule: Rule, k: number): TangentError {
  return new TangentError(
    `${rule.name}: its pullback gives NoTangent for argument ${k + 1}, which moves: its derivative would be lost; give its cotangent, or ZeroTangent, or declare that it stands still, { still: [${k}] }`,
  );
}

function holdsTraced(arg: unknown): boolean {
  return leavesOf(arg).some((leaf) => leaf instanceof TracedScalar || (isNdArray(leaf) && storeOf(leaf) !== undefined));
}

function held(arg: unknown): unknown {
  if (isNdArray(arg)) return duplicate(arg as NdArray);
  if (ArrayBuffer.isView(arg) && !(arg instanceof DataView)) return (arg as Float64Array).slice();
  const own = asItStands(arg);
  if (own !== arg && isRecord(own)) {
    for (const name of Object.keys(own)) if (isNdArray(own[name])) own[name] = duplicate(own[name] as NdArray);
  }
  return own;
}
