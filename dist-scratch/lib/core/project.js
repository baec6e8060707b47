import { broadcastsTo, floatDType, formatShape, isFloating, isNdArray, sameShape, zerosOf } from "../nd/index.js";
import { broadcastTo, cast, sumTo } from "./arithmetic.js";
import { callableParts } from "./callable.js";
import { TangentError, describe } from "./errors.js";
import { TracedScalar } from "./level.js";
import { storeOf } from "./store.js";
import { isRange, isRecord, mapStructure } from "./structure.js";
import { NoTangent, NotImplemented, ZeroTangent, fieldOf, isStructural, isZero, unthunk } from "./tangent.js";
/** The float kind that a tangent of this array has; undefined where entries have no tangent space. */
function tangentDType(x) {
    const store = storeOf(x);
    if (store !== undefined)
        return store.dtype;
    return isFloating(x.dtype) ? floatDType(x.dtype) : undefined;
}
/** Whether the value has a tangent space of its own: a number, a traced number, an array of floats. */
export function isDifferentiable(x) {
    return typeof x === "number" || x instanceof TracedScalar || (isNdArray(x) && tangentDType(x) !== undefined);
}
/**
 * Brings cotangents back to the kind of a primal: number ↔ 0-d array, shape (broadcasting undone), dtype, structure. Symbolic zeros pass;
 * what has no tangent space gets `NoTangent`.
 * @param x   the primal
 * @param who begins the message when a cotangent does not fit
 * @returns a function from a cotangent to the projected one; it throws TangentError when shape or kind do not fit
 */
export function projectTo(x, who = "projectTo") {
    return (t) => project(x, t, () => who);
}
/** As `projectTo`, with a message that is only made when it is needed. */
export function project(x, tangent, who) {
    const t = unthunk(tangent);
    if (isZero(t) || t instanceof NotImplemented)
        return t;
    if (typeof x === "number" || x instanceof TracedScalar)
        return projectNumber(t, who);
    if (typeof x !== "object" && typeof x !== "function")
        return NoTangent;
    if (x === null)
        return NoTangent;
    if (isNdArray(x))
        return projectArray(x, t, who);
    const parts = callableParts(x);
    if (parts !== undefined)
        return project(parts.params, t, who);
    if (Array.isArray(x)) {
        if (isRange(x))
            return NoTangent;
        if (!isStructural(t))
            throw misfit(who, t, describe(x));
        return x.map((entry, k) => project(entry, fieldOf(t, k), () => `${who()}[${k}]`));
    }
    if (isRecord(x)) {
        if (!isStructural(t))
            throw misfit(who, t, "a record");
        return Object.fromEntries(Object.keys(x).map((key) => [key, project(x[key], fieldOf(t, key), () => `${who()}.${key}`)]));
    }
    return NoTangent;
}
function projectNumber(t, who) {
    if (typeof t === "number" || t instanceof TracedScalar)
        return t;
    if (isNdArray(t))
        return sumTo(t, []);
    throw misfit(who, t, "a number");
}
function projectArray(x, t, who) {
    const dtype = tangentDType(x);
    if (dtype === undefined)
        return NoTangent;
    let fitted;
    if (isNdArray(t)) {
        const array = t;
        if (sameShape(array.shape, x.shape))
            fitted = array;
        else if (broadcastsTo(x.shape, array.shape))
            fitted = atShape(sumTo(array, x.shape), x.shape);
        else
            throw misfit(who, t, `an array of shape ${formatShape(x.shape)}`);
    }
    else if ((typeof t === "number" || t instanceof TracedScalar) && x.dimension === 0) {
        fitted = broadcastTo(t, []);
    }
    else {
        throw misfit(who, t, `an array of shape ${formatShape(x.shape)}`);
    }
    const foreign = fitted.dtype === "generic" && storeOf(fitted) === undefined;
    return tangentDType(fitted) === dtype && !foreign ? fitted : cast(fitted, dtype);
}
/** sumTo gives a number for shape []; an array primal of no axes keeps an array. */
function atShape(t, shape) {
    return isNdArray(t) ? t : broadcastTo(t, shape);
}
function misfit(who, t, expected) {
    return new TangentError(`${who()}: got ${describe(t)}, expected ${expected}; return a tangent of the primal's own kind and shape, or ZeroTangent`);
}
/** A projected tangent with its symbolic zeros replaced by real ones: the same structure as the primal, `NoTangent` where it cannot move. */
export function realize(x, t) {
    const value = unthunk(t);
    if (value instanceof NotImplemented)
        throw value.error();
    if (typeof x === "number" || x instanceof TracedScalar)
        return isZero(value) ? 0 : value;
    if (isNdArray(x)) {
        const dtype = tangentDType(x);
        if (dtype === undefined)
            return NoTangent;
        return isZero(value) ? zerosOf(x.shape, dtype) : value;
    }
    const parts = callableParts(x);
    if (parts !== undefined)
        return realize(parts.params, value);
    if (Array.isArray(x))
        return isRange(x) ? NoTangent : x.map((entry, k) => realize(entry, fieldOf(value, k)));
    if (isRecord(x))
        return Object.fromEntries(Object.keys(x).map((key) => [key, realize(x[key], fieldOf(value, key))]));
    return NoTangent;
}
/** Real zeros for a value: the zero of its tangent space, `NoTangent` where it has none. */
export function zeroLike(x) {
    return realize(x, ZeroTangent);
}
/** The same structure filled with ones where numbers are. */
export function oneLike(x) {
    return mapStructure((leaf) => {
        if (typeof leaf === "number" || leaf instanceof TracedScalar)
            return 1;
        if (!isNdArray(leaf) || tangentDType(leaf) === undefined)
            return leaf;
        const ones = zerosOf(leaf.shape, tangentDType(leaf));
        ones.data.fill(1);
        return ones;
    }, x);
}
/** The tangent directions e₁, e₂, … of a value with numbers and arrays in it: one for each entry, in row-major order. */
export function* basisOf(x) {
    if (typeof x === "number" || x instanceof TracedScalar)
        yield 1;
    else if (isNdArray(x)) {
        if (tangentDType(x) === undefined)
            return;
        for (let n = 0; n < x.size; n++) {
            const e = zerosOf(x.shape, tangentDType(x));
            e.data[n] = 1;
            yield e;
        }
    }
    else {
        const parts = callableParts(x);
        if (parts !== undefined)
            yield* basisOf(parts.params);
        else if (Array.isArray(x) && !isRange(x)) {
            for (let k = 0; k < x.length; k++)
                for (const e of basisOf(x[k]))
                    yield x.map((entry, j) => (j === k ? e : zeroLike(entry)));
        }
        else if (isRecord(x)) {
            for (const key of Object.keys(x))
                for (const e of basisOf(x[key]))
                    yield { ...zeroLike(x), [key]: e };
        }
    }
}
