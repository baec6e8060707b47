import { type AnyFunction, isRecord, NoTangent, ruleOf } from "../core/index.js";
import { callableParts } from "../core/structures/callable.js";
import { isNdArray } from "../nd/index.js";
import type { Engines } from "./engines.js";
import { contiguous } from "./layouts.js";
import { randTangent } from "./random.js";
import { canMove, dimensionOf, forEachPart, shifted } from "./vectors.js";

/**
 * The arguments that the rule itself says do not move, by position, each with the reason in words: a record of settings that stands last, and
 * integers (an index, a list of them, pairs) that the function refuses to have moved. Elsewhere a `NoTangent` for what can move is a fault.
 */
export function standingStill(engines: Engines, f: AnyFunction, args: readonly unknown[]): ReadonlyMap<number, string> {
  const still = new Map<number, string>();
  const last = args.length - 1;
  const settings = args.findIndex((arg, k) => k === last && isSettings(arg));
  const integers = args.flatMap((arg, k) => (isIntegers(arg) ? [k] : []));
  if ((settings < 0 && integers.length === 0) || ruleOf(callableParts(f)?.apply ?? f) === undefined) return still;
  const cotangents = cotangentsOf(engines, f, args);
  if (settings >= 0 && cotangents[settings + 1] === NoTangent) still.set(settings, "held fixed");
  for (const k of integers) {
    if (cotangents[k + 1] === NoTangent && refusesToMove(f, args, k))
      still.set(k, `stands still (its rule says NoTangent, and ${f.name || "f"} refuses to have it moved)`);
  }
  return still;
}

/** What the pullback gives, at copies: a rule that writes to its arguments, or throws, is left to the checks to tell. */
function cotangentsOf(engines: Engines, f: AnyFunction, args: readonly unknown[]): readonly unknown[] {
  try {
    const pair = engines.rrule(f, ...args.map(contiguous));
    const cotangents: unknown = pair?.[1](randTangent(pair[0]));
    return Array.isArray(cotangents) ? cotangents : [];
  } catch {
    return [];
  }
}

/** A record without arrays that can move; a mask of bytes cannot. */
function isSettings(x: unknown): boolean {
  if (!isRecord(x) || !canMove(x)) return false;
  let arrays = false;
  forEachPart(x, undefined, "", (leaf) => {
    arrays ||= isNdArray(leaf) && canMove(leaf);
  });
  return !arrays;
}

/** An integer, or a list of them, however deep; what is left out of it may be null or undefined. */
function isIntegers(x: unknown): boolean {
  if (!Array.isArray(x)) return Number.isInteger(x);
  return canMove(x) && x.every((part) => part === null || part === undefined || !canMove(part) || isIntegers(part));
}

/** Whether f throws when an argument moves a little, up as well as down. */
function refusesToMove(f: AnyFunction, args: readonly unknown[], k: number): boolean {
  const direction = new Float64Array(dimensionOf(args[k])).fill(1);
  return [1e-3, -1e-3].every((h) => {
    try {
      f(...args.map((arg, j) => (j === k ? shifted(arg, direction, h) : arg)));
      return false;
    } catch {
      return true;
    }
  });
}
