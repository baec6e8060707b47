import { isNdArray, packed } from "../nd/index.js";
import { callableParts } from "./callable.js";
import { Level, TracedScalar, endedError } from "./level.js";
import { elementsOf, fromElements, highestOf, onMemory, storeOf } from "./store.js";
import { isRange, isRecord, mapStructure } from "./structure.js";
/**
 * The ground below all levels. Arrays of plain numbers that do not lie in plain memory dispatch here and are packed: writable ones whose
 * entries happen to be plain, and those on a store of the user's.
 */
class Ground extends Level {
    apply(rule, args) {
        return rule.plain(...args.map(primal));
    }
    unary() {
        throw new Error("no traced number is of the ground level");
    }
    binary() {
        throw new Error("no traced number is of the ground level");
    }
    total() {
        throw new Error("no traced array is of the ground level");
    }
    gather() {
        throw new Error("no traced number is of the ground level");
    }
}
const ground = new Ground(undefined);
/**
 * The highest level among values; undefined when all are plain.
 * @throws {NotTraceableError} when it has ended
 */
export function highestLevel(values) {
    const level = search(values);
    if (level?.ended)
        throw endedError();
    return level;
}
function search(values) {
    let highest;
    for (let k = 0; k < values.length; k++) {
        const value = values[k];
        if (typeof value === "number")
            continue;
        const level = levelOf(value);
        if (level !== undefined && (highest === undefined || level.id > highest.id))
            highest = level;
    }
    return highest;
}
/** The highest level in one value: a scalar, an array, a structure. Undefined for plain values. */
export function levelOf(x) {
    if (typeof x === "function") {
        const parts = callableParts(x);
        return parts === undefined ? undefined : levelOf(parts.params);
    }
    if (typeof x !== "object" || x === null)
        return undefined;
    if (x instanceof TracedScalar)
        return x.level;
    if (Array.isArray(x))
        return isRange(x) ? undefined : search(x);
    const store = storeOf(x);
    if (store !== undefined)
        return store.elements === undefined ? store.level : writtenLevel(store, x);
    if (isNdArray(x))
        return x.dtype === "generic" ? ground : undefined;
    return isRecord(x) ? search(Object.values(x)) : undefined;
}
/** The level of a written array: one that some of its entries once had will do, unless it has ended. */
function writtenLevel(store, x) {
    const { highest } = store;
    return (highest?.ended ? highestOf(elementsOf(x)) : highest) ?? ground;
}
export function primal(x) {
    if (typeof x === "number")
        return x;
    return levelOf(x) === undefined ? x : mapStructure(primalLeaf, x);
}
function primalLeaf(x) {
    if (x instanceof TracedScalar)
        return primalLeaf(x.primal);
    if (!isNdArray(x))
        return x;
    const store = storeOf(x);
    if (store === undefined)
        return x.dtype === "generic" ? packed(x) : x;
    const view = x;
    if (store.elements !== undefined)
        return fromElements(elementsOf(view).map(primalLeaf), view.shape, store.dtype);
    return primalLeaf(onMemory(store.primal, view.shape, view.stride, view.offset));
}
