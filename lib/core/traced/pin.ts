import { type AnyArray, endedError, type Level, TracedScalar } from "../level.js";
import { asItStands } from "../structures/standing.js";
import { isStructure, mapStructure } from "../structures/structure.js";
import { levelOf } from "./dispatch.js";
import { elementsOf, fromElements, storeOf } from "./store.js";

/**
 * A value as it is now: the entries of arrays that the program wrote are gathered, plain lists and records copied, so that later writes do
 * not reach earlier operations.
 * @throws {NotTraceableError} where it holds values of a level that has ended
 */
export function pin(level: Level, x: unknown): unknown {
  if (typeof x === "number") return x;
  if (x instanceof TracedScalar) {
    if (x.level.ended) throw endedError();
    return x;
  }
  const store = typeof x === "object" && x !== null ? storeOf(x as AnyArray) : undefined;
  if (store !== undefined) {
    if (store.elements === undefined) {
      if (store.level?.ended) throw endedError();
      return x;
    }
    const pinned = store.elements.pinned(level, x as AnyArray, store.dtype);
    if (pinned !== undefined) return pinned;
    const { shape } = x as AnyArray;
    const elements = elementsOf(x as AnyArray);
    return store.highest === level ? level.gather(elements, shape, store.dtype) : fromElements(elements, shape, store.dtype);
  }
  return isStructure(x) && levelOf(x) !== undefined ? mapStructure((leaf) => pin(level, leaf), x) : asItStands(x);
}
