import { asFloatArray } from "./float-array.js";
import { resultStride } from "./reduce.js";
import { formatShape, isRowMajor, reducedShape, sizeOf } from "./shape.js";
function signOf(which) {
    return which === "max" ? 1 : -1;
}
/** The index of the first best entry of a row, or of its first NaN. */
function firstBest(data, start, step, length, sign) {
    let best = sign * data[start];
    let found = 0;
    if (Number.isNaN(best))
        return 0;
    for (let i = 1, at = start + step; i < length; i++, at += step) {
        const entry = sign * data[at];
        // True for better entries and for NaN alike: one comparison an entry.
        if (!(entry <= best)) {
            best = entry;
            found = i;
            if (Number.isNaN(entry))
                break;
        }
    }
    return found;
}
/** The same for entries one after another: steps over four at a time as long as none is better. */
function firstBestOfRun(data, start, length, sign) {
    const end = start + length;
    let best = sign * data[start];
    let found = 0;
    let at = start + 1;
    if (Number.isNaN(best))
        return 0;
    while (at < end) {
        while (at + 3 < end &&
            sign * data[at] <= best &&
            sign * data[at + 1] <= best &&
            sign * data[at + 2] <= best &&
            sign * data[at + 3] <= best) {
            at += 4;
        }
        for (const stop = Math.min(at + 4, end); at < stop; at++) {
            const entry = sign * data[at];
            if (!(entry <= best)) {
                best = entry;
                found = at - start;
                if (Number.isNaN(entry))
                    return found;
            }
        }
    }
    return found;
}
/** Offers a row to the results; the first of equals wins, and the first NaN beats all. */
function searchRow(search, extent, step, offset, position, resultStep, result) {
    const { best, found, sign } = search;
    const { data } = search.x;
    for (let i = 0, at = offset, r = result; i < extent; i++, at += step, r += resultStep) {
        const entry = sign * data[at];
        const sofar = best[r];
        // Results start at −∞ without a position; once NaN, they stay.
        if (!(entry <= sofar) ? !Number.isNaN(sofar) : found[r] < 0) {
            best[r] = entry;
            found[r] = position + i;
        }
    }
}
/** Searches the axes from `axis` on, in row-major order. */
function searchFrom(search, axis, offset, position, result) {
    const { x, stride } = search;
    const extent = x.shape[axis];
    const step = x.stride[axis];
    const resultStep = stride[axis];
    if (axis + 1 < x.dimension) {
        const below = x.shape[axis + 1];
        for (let i = 0; i < extent; i++)
            searchFrom(search, axis + 1, offset + i * step, (position + i) * below, result + i * resultStep);
    }
    else if (resultStep === 0) {
        const i = step === 1 ? firstBestOfRun(x.data, offset, extent, search.sign) : firstBest(x.data, offset, step, extent, search.sign);
        searchRow(search, 1, 0, offset + i * step, position + i, 0, result);
    }
    else {
        searchRow(search, extent, step, offset, position, resultStep, result);
    }
}
function search(x, which, stride, size) {
    const float = asFloatArray(x);
    const found = new Int32Array(size).fill(-1);
    searchFrom({ x: float, sign: signOf(which), stride, best: new Float64Array(size).fill(-Infinity), found }, 0, float.offset, 0, 0);
    return found;
}
/**
 * Where the largest or smallest entry of an array lies: its row-major position, counted as if the view were packed (`offsetOfPosition`
 * leads to the store). The first in row-major order wins ties; NaN wins over numbers, the first NaN over later ones.
 * @param who names the caller in errors
 * @throws {RangeError} when the array is empty
 */
export function extremePosition(x, which, who = which) {
    const { shape, stride, size } = x;
    if (size === 0)
        throw new RangeError(`${who}: an array of shape ${formatShape(shape)} is empty; give one that has entries`);
    if (isRowMajor(shape, stride)) {
        const { data, offset } = asFloatArray(x);
        return firstBestOfRun(data, offset, size, signOf(which));
    }
    return search(x, which, new Array(shape.length).fill(0), 1)[0];
}
/**
 * Where the largest or smallest entries along some axes lie: one position for each entry of the reduced array, in row-major order.
 * Positions, ties and NaN are as in `extremePosition`.
 * @param axes counted from the front, each once, as `normalizeAxes` gives them; none finds each entry itself
 * @param who names the caller in errors
 * @throws {RangeError} when one of these axes is empty
 */
export function argExtreme(x, axes, which, who = which) {
    const { shape } = x;
    for (const axis of axes) {
        if (shape[axis] === 0) {
            throw new RangeError(`${who}: axis ${axis} of an array of shape ${formatShape(shape)} is empty; reduce over axes that have entries`);
        }
    }
    if (axes.length === shape.length)
        return Int32Array.of(extremePosition(x, which, who));
    const size = sizeOf(reducedShape(shape, axes));
    return size === 0 ? new Int32Array(0) : search(x, which, resultStride(shape, axes), size);
}
