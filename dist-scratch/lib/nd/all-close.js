import { packedData } from "./loops.js";
import { sameShape } from "./shape.js";
import { isNdArray } from "./view.js";
/**
 * Whether two values agree: |a − b| ≤ atol + rtol · max(|a|, |b|) for all numbers in them. Infinities agree with themselves only.
 * Values are numbers, arrays, lists, and records of them in any depth; they agree only when their structure and shapes do (nothing
 * broadcasts). An array may be compared with nested lists, a typed array with a list, a 0-d array with a number. Other leaves agree when they are the same.
 * @throws {RangeError} when a tolerance is negative or NaN
 */
export function allClose(a, b, options = {}) {
    const { rtol = 1e-9, atol = 1e-12, equalNan = false } = options;
    for (const [name, value] of Object.entries({ rtol, atol })) {
        if (!(value >= 0))
            throw new RangeError(`allClose: ${name} = ${String(value)} is not a tolerance; give a number, 0 or more`);
    }
    return agree(a, b, { rtol, atol, equalNan });
}
function closeNumbers(a, b, { rtol, atol, equalNan }) {
    if (a === b)
        return true;
    if (Number.isNaN(a) || Number.isNaN(b))
        return equalNan && Number.isNaN(a) && Number.isNaN(b);
    const larger = Math.max(Math.abs(a), Math.abs(b));
    return larger !== Number.POSITIVE_INFINITY && Math.abs(a - b) <= atol + rtol * larger;
}
function isList(x) {
    return Array.isArray(x) || (ArrayBuffer.isView(x) && !(x instanceof DataView));
}
/** The entries along the first axis of an array with axes, as lists are read. */
function rowsOf(x) {
    return Array.from({ length: x.shape[0] }, (_, i) => (x.dimension === 1 ? x.get(i) : x.pick(i)));
}
function agreeLists(a, b, tolerances) {
    if (a.length !== b.length)
        return false;
    for (let i = 0; i < a.length; i++)
        if (!agree(a[i], b[i], tolerances))
            return false;
    return true;
}
function agree(a, b, tolerances) {
    if (typeof a === "number" && typeof b === "number")
        return closeNumbers(a, b, tolerances);
    if (isNdArray(a) && isNdArray(b))
        return sameShape(a.shape, b.shape) && agreeLists(packedData(a), packedData(b), tolerances);
    if (isNdArray(a))
        return a.dimension === 0 ? agree(a.get(), b, tolerances) : isList(b) && agreeLists(rowsOf(a), b, tolerances);
    if (isNdArray(b))
        return agree(b, a, tolerances);
    if (isList(a) || isList(b))
        return isList(a) && isList(b) && agreeLists(a, b, tolerances);
    return isRecord(a) && isRecord(b) ? agreeRecords(a, b, tolerances) : Object.is(a, b);
}
function isRecord(x) {
    return typeof x === "object" && x !== null;
}
function agreeRecords(a, b, tolerances) {
    const keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length)
        return false;
    return keys.every((key) => Object.hasOwn(b, key) && agree(a[key], b[key], tolerances));
}
