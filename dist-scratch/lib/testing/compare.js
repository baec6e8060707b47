import { NoTangent, TangentError, ZeroTangent, describe, isRecord, isZero, unthunk } from "../core/index.js";
import { formatShape, indicesOfPosition, isNdArray, packedData, sameShape } from "../nd/index.js";
/**
 * Throws where two values differ by more than the tolerance, naming the path of the first difference:
 * `x̄.weights[2][0, 3]: got 1.5, expected 1.2, 0.3 apart`. NaN equals NaN, and an infinity itself.
 * @param name begins the path
 */
export function assertClose(actual, expected, tolerance = {}, name = "value") {
    const difference = firstDifference(actual, expected, { rtol: tolerance.rtol ?? 1e-9, atol: tolerance.atol ?? 1e-12 }, name);
    if (difference === undefined)
        return;
    const { path, got, expected: wanted, apart } = difference;
    throw new Error(`${path}: got ${got}, expected ${wanted}${apart === undefined ? "" : `, ${apart.toPrecision(3)} apart`}`);
}
function close(a, b, { rtol, atol }) {
    return Object.is(a, b) || a === b || Math.abs(a - b) <= atol + rtol * Math.max(Math.abs(a), Math.abs(b));
}
function firstDifference(a, b, tolerance, path) {
    const x = unthunk(a);
    const y = unthunk(b);
    if (typeof x === "number" && typeof y === "number") {
        return close(x, y, tolerance) ? undefined : { path, got: String(x), expected: String(y), apart: Math.abs(x - y) };
    }
    if (isNdArray(x) && isNdArray(y))
        return arrayDifference(x, y, tolerance, path);
    if (Array.isArray(x) && Array.isArray(y)) {
        if (x.length !== y.length)
            return { path, got: describe(x), expected: describe(y) };
        for (let k = 0; k < x.length; k++) {
            const difference = firstDifference(x[k], y[k], tolerance, `${path}[${k}]`);
            if (difference !== undefined)
                return difference;
        }
        return undefined;
    }
    if (isRecord(x) && isRecord(y)) {
        for (const key of new Set([...Object.keys(x), ...Object.keys(y)])) {
            const difference = firstDifference(x[key], y[key], tolerance, `${path}.${key}`);
            if (difference !== undefined)
                return difference;
        }
        return undefined;
    }
    return Object.is(x, y) ? undefined : { path, got: kindOf(x), expected: kindOf(y) };
}
function arrayDifference(x, y, tolerance, path) {
    if (!sameShape(x.shape, y.shape))
        return { path, got: `shape ${formatShape(x.shape)}`, expected: `shape ${formatShape(y.shape)}` };
    if (x.dtype !== y.dtype)
        return { path, got: `an array of ${x.dtype}`, expected: `one of ${y.dtype}` };
    const a = packedData(x, "float64");
    const b = packedData(y, "float64");
    for (let n = 0; n < a.length; n++) {
        const p = a[n];
        const q = b[n];
        if (!close(p, q, tolerance)) {
            return { path: `${path}[${indicesOfPosition(x.shape, n).join(", ")}]`, got: String(p), expected: String(q), apart: Math.abs(p - q) };
        }
    }
    return undefined;
}
function kindOf(x) {
    if (x === NoTangent)
        return "NoTangent";
    if (x === ZeroTangent)
        return "ZeroTangent";
    return typeof x === "number" ? String(x) : describe(x);
}
/** The numbers of a value in order: its own, its arrays' entries, those of its parts. */
export function numbersOf(x) {
    const value = unthunk(x);
    if (typeof value === "number")
        return [value];
    if (isZero(value) || value === null || value === undefined)
        return [];
    if (isNdArray(value))
        return Array.from(packedData(value, "float64"));
    if (Array.isArray(value))
        return value.flatMap(numbersOf);
    return isRecord(value) ? Object.values(value).flatMap(numbersOf) : [];
}
/**
 * The largest distance between two values' numbers, as a part of the largest number among them: 0 for equal ones, ∞ where one is not
 * finite and the other is.
 * @throws {TangentError} when the two do not have as many numbers
 */
export function relativeDifference(a, b) {
    const p = numbersOf(a);
    const q = numbersOf(b);
    if (p.length !== q.length)
        throw new TangentError(`relativeDifference: ${p.length} numbers meet ${q.length}; give values of one structure`);
    let distance = 0;
    let size = 0;
    for (let k = 0; k < p.length; k++) {
        const x = p[k];
        const y = q[k];
        if (Object.is(x, y) || x === y) {
            if (Number.isFinite(x))
                size = Math.max(size, Math.abs(x));
            continue;
        }
        const apart = Math.abs(x - y);
        if (!Number.isFinite(apart))
            return Number.POSITIVE_INFINITY;
        distance = Math.max(distance, apart);
        size = Math.max(size, Math.abs(x), Math.abs(y));
    }
    return distance === 0 ? 0 : distance / size;
}
