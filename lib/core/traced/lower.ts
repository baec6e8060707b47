import { type AnyArray, below, type Level, TracedScalar } from "../level.js";
import { isStructure, mapStructure } from "../structures/structure.js";
import { levelOf } from "./dispatch.js";
import { onMemory, storeOf } from "./store.js";

/** A pinned value without its highest level: what a rule is applied to. */
export function lower(level: Level, x: unknown): unknown {
  if (typeof x === "number") return x;
  if (x instanceof TracedScalar) return x.level === level ? below(x) : x;
  const store = typeof x === "object" && x !== null ? storeOf(x as AnyArray) : undefined;
  if (store !== undefined) {
    const { shape, stride, offset } = x as AnyArray;
    return store.level === level ? onMemory(store.primal, shape, stride, offset) : x;
  }
  return isStructure(x) && levelOf(x) !== undefined ? mapStructure((leaf) => lower(level, leaf), x) : x;
}
