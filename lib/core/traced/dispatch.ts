import { type ArrayView, foreignError, isForeign, isNdArray, isSound } from "../../nd/index.js";
import { type AnyArray, endedError, type Level, TracedScalar } from "../level.js";
import { callableParts } from "../structures/callable.js";
import { checkDepth } from "../structures/depth.js";
import { isTracedFloats } from "../structures/floats.js";
import { isRecord, partNames } from "../structures/record.js";
import { isRange } from "../structures/structure.js";
import { storeOf } from "./store.js";

let ground: Level | undefined;

/** Gives arrays of plain numbers that do not lie in typed memory a level below all others, which packs them. */
export function provideGround(level: Level): void {
  ground = level;
}

/**
 * The highest level among values; undefined when all are plain.
 * @throws {NotTraceableError} when it has ended
 */
export function highestLevel(values: readonly unknown[]): Level | undefined {
  const level = search(values, 0);
  if (level?.ended) throw endedError();
  return level;
}

/**
 * The highest level of a list of numbers, of which one at least is traced; undefined for any other list.
 * @throws {NotTraceableError} when it has ended
 */
export function levelOfScalars(values: readonly unknown[]): Level | undefined {
  let highest: Level | undefined;
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (typeof value === "number") continue;
    if (!(value instanceof TracedScalar)) return undefined;
    const { level } = value;
    if (highest === undefined || level.id > highest.id) highest = level;
  }
  if (highest?.ended) throw endedError();
  return highest;
}

function search(values: readonly unknown[], depth: number): Level | undefined {
  let highest: Level | undefined;
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (typeof value === "number") continue;
    const level = levelOf(value, depth);
    if (level !== undefined && (highest === undefined || level.id > highest.id)) highest = level;
  }
  return highest;
}

/**
 * The highest level in one value: a scalar, an array, a structure. Undefined for plain values.
 * @param depth how many structures hold the value
 * @throws {TypeError} for a value that another copy of this package made
 */
export function levelOf(x: unknown, depth = 0): Level | undefined {
  if (typeof x === "function") {
    const parts = callableParts(x);
    if (parts !== undefined) return levelOf(parts.params, depth + 1);
    if (isForeign(x)) throw foreignError(x);
    return undefined;
  }
  if (typeof x !== "object" || x === null) return undefined;
  if (x instanceof TracedScalar) return x.level;
  if (Array.isArray(x)) {
    checkDepth(x, depth);
    return isRange(x) ? undefined : search(x, depth + 1);
  }
  const store = storeOf(x as AnyArray);
  if (store !== undefined) return store.elements === undefined ? store.level : (store.levelAmong(x as AnyArray) ?? ground);
  if (isNdArray(x)) return isSound(x) ? undefined : unsoundLevel(x);
  if (!isRecord(x)) {
    if (isTracedFloats(x)) return levelOf(x.view);
    if (isForeign(x)) throw foreignError(x);
    return undefined;
  }
  checkDepth(x, depth);
  const parts: unknown[] = [];
  for (const name of partNames(x)) parts.push(x[name]);
  return search(parts, depth + 1);
}

/** The level of an array that does not lie in typed memory, and that no engine of ours traces. */
function unsoundLevel(x: ArrayView<unknown>): Level | undefined {
  if (isForeign(x)) throw foreignError(x);
  return ground;
}
