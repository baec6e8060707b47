import { fillsStore, sizeOf, staysInside, sumFloats } from "../../nd/index.js";
import { type AnyArray, endedError, type Scalar } from "../level.js";
import type { AnyFunction, Rule } from "../rule.js";
import { DifferentiableStore, onMemory, storeOf } from "../traced/store.js";

/** Sums of plain numbers go straight onto the level; everything else goes the general way. */
export function totalLane(rule: Rule, weight: AnyFunction, general: AnyFunction): AnyFunction {
  return (x: AnyArray, options?: unknown, ...rest: unknown[]): unknown => {
    const store = typeof x === "object" && x !== null ? storeOf(x) : undefined;
    if (store === undefined || store.elements !== undefined || rest.length > 0)
      return rest.length > 0 ? general(x, options, ...rest) : general(x, options);
    const { level, raw: memory } = store;
    if (level === undefined || level.checked || rule.stepsAside !== undefined) return general(x, options);
    const w = weight(x, options) as number | undefined;
    if (w === undefined) return general(x, options);
    const { shape, stride, offset } = x;
    if (memory instanceof DifferentiableStore) {
      if (level.ended) throw endedError();
      return level.total(rule.differentiable(onMemory(memory, shape, stride, offset), options) as Scalar, x, w);
    }
    // A view that leaves its memory is refused the general way: it has more entries than there are, or sums up to NaN.
    if (!(sizeOf(shape) <= memory.length)) return general(x, options);
    const total = store.sum !== undefined && fillsStore(x) ? store.sum : sumFloats(memory, shape, stride, offset);
    return Number.isNaN(total) && !staysInside(x) ? general(x, options) : level.total(w * total, x, w);
  };
}
