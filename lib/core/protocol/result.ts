import { duplicate, isFloating, isNdArray, type NdArray, packed } from "../../nd/index.js";
import { describe, expectFunction } from "../errors.js";
import { type AnyArray, isScalar } from "../level.js";
import { isStructure, mapStructure } from "../structures/structure.js";
import { cast } from "../tangents/broadcasting.js";
import { isDifferentiable } from "../tangents/tangent-space.js";
import { storeOf } from "../traced/store.js";

/**
 * An argument as f gets it. What moves is read-only; f may put other values into lists and records, and into arrays that do not move, which
 * must reach neither the caller's nor the engine's.
 */
export function handedOut(x: unknown): unknown {
  return isScalar(x) ? x : mapStructure(ownArray, x);
}

function ownArray(x: unknown): unknown {
  if (!isNdArray(x)) return x;
  const store = storeOf(x);
  if (store === undefined) return duplicate(x as NdArray);
  return store.readOnly === "" ? cast(x as AnyArray, store.dtype) : x;
}

/** What operators differentiate must be a function. */
export function expectDifferentiated(who: string, f: unknown): void {
  expectFunction(who, "the first argument", f, "the function to differentiate");
}

/**
 * A function that is differentiated must be done when it returns.
 * @throws {TypeError} for a promise and for an iterator
 */
export function finished(who: string, y: unknown): unknown {
  if (typeof y !== "object" || y === null) return y;
  const { then, next } = y as { then?: unknown; next?: unknown };
  if (typeof then === "function") {
    // What goes wrong in it later has this as its cause.
    if (y instanceof Promise) y.catch(() => {});
    throw new TypeError(`${who}: f returned a promise; differentiate synchronous code: await the data first, then call ${who}`);
  }
  if (typeof next === "function" && (Symbol.iterator in y || Symbol.asyncIterator in y)) {
    throw new TypeError(`${who}: f returned an iterator, which has computed nothing yet; return a list of its values, [...iterator]`);
  }
  return y;
}

/**
 * What f may return: a number, an array, or a structure of them.
 * @throws {TypeError} for anything else, undefined where a `return` was forgotten
 */
export function expectValue(who: string, y: unknown): unknown {
  finished(who, y);
  if (isDifferentiable(y) || isNdArray(y) || isStructure(y)) return y;
  throw new TypeError(`${who}: f returned ${describe(y)}; return a number, an array, or a list or record of them`);
}

/**
 * What f returned, for the caller of an operator: arrays of plain numbers are copied, the engine keeps its own.
 * @throws {TypeError} where a part is a promise or an iterator
 */
export function handOver(who: string, y: unknown): unknown {
  return mapStructure((leaf) => {
    const array = isNdArray(leaf) && leaf.dtype !== "generic" && isFloating(leaf.dtype);
    return array ? packed(leaf as NdArray) : finished(who, leaf);
  }, y);
}
