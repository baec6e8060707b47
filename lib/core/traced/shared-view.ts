import type { ArrayView } from "../../nd/index.js";
import { type AnyArray, endedError } from "../level.js";
import type { Rule } from "../rule.js";
import { DifferentiableStore, onMemory } from "./store.js";

/**
 * The result of a rule whose function copies a view, of a traced array: an array of its own that shares its memory until the program writes
 * to it. It costs neither a copy nor a record; cotangents go to the array that it is a view of. Undefined where a copy must be made.
 * @throws {NotTraceableError} when the array's level has ended
 */
export function sharedView(rule: Rule, args: readonly unknown[]): AnyArray | undefined {
  const [x, ...rest] = args;
  const store = (x as AnyArray | undefined)?.data;
  if (!(store instanceof DifferentiableStore) || rule.stepsAside !== undefined) return undefined;
  const { level, elements } = store;
  if (level === undefined || elements !== undefined) return undefined;
  if (level.ended) throw endedError();
  let view: ArrayView<unknown> | undefined;
  try {
    view = rule.view?.(x as AnyArray, ...rest);
  } catch {
    // What is wrong with the other arguments is for the rule's own call to say.
    return undefined;
  }
  return view === undefined ? undefined : onMemory(store.alias(), view.shape, view.stride, view.offset);
}
