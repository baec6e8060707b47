import { isRowMajor, sizeOf } from "./shape.js";
import { allocate, floatDType, rowMajor } from "./view.js";
/**
 * Runs `row(offsets)` for each index of all axes but the last, in row-major order; `offsets[k]` is then the position of the row's first
 * entry in operand k. The array of offsets is reused. Without axes, one row.
 */
function forEachRow(shape, strides, starts, row) {
    const outer = shape.length - 1;
    const offsets = [...starts];
    if (outer <= 0) {
        row(offsets);
        return;
    }
    for (let k = 0; k <= outer; k++)
        if (shape[k] === 0)
            return;
    const index = new Array(outer).fill(0);
    for (;;) {
        row(offsets);
        let axis = outer - 1;
        for (; axis >= 0; axis--) {
            const next = index[axis] + 1;
            const extent = shape[axis];
            const wrapped = next === extent;
            index[axis] = wrapped ? 0 : next;
            for (let k = 0; k < offsets.length; k++) {
                offsets[k] = offsets[k] + (wrapped ? (1 - extent) : 1) * strides[k]?.[axis];
            }
            if (!wrapped)
                break;
        }
        if (axis < 0)
            return;
    }
}
/** Runs `visit(position)` for each entry of a view in row-major order: the plain way to walk any strides. */
export function forEachPosition(x, visit) {
    const last = x.shape.length - 1;
    const length = last < 0 ? 1 : x.shape[last];
    const step = last < 0 ? 0 : x.stride[last];
    forEachRow(x.shape, [x.stride], [x.offset], ([start]) => {
        let at = start;
        for (let i = 0; i < length; i++, at += step)
            visit(at);
    });
}
/** dst[…] += src[…] where each side is a store, strides and an offset; the shapes are equal. dst must not have stride 0. */
export function addStrided(dst, dstStride, dstOffset, src, srcStride, srcOffset, shape) {
    const double = dst instanceof Float64Array && src instanceof Float64Array;
    if (double && isRowMajor(shape, dstStride) && isRowMajor(shape, srcStride)) {
        addDoubles(dst, 1, dstOffset, src, 1, srcOffset, sizeOf(shape));
        return;
    }
    const last = shape.length - 1;
    const n = last < 0 ? 1 : shape[last];
    const dstStep = last < 0 ? 0 : dstStride[last];
    const srcStep = last < 0 ? 0 : srcStride[last];
    forEachRow(shape, [dstStride, srcStride], [dstOffset, srcOffset], ([d, s]) => {
        if (double)
            addDoubles(dst, dstStep, d, src, srcStep, s, n);
        else
            addAny(dst, dstStep, d, src, srcStep, s, n);
    });
}
// A loop that meets many kinds of store stays slow for all of them, so doubles have loops of their own, here and below.
function addDoubles(dst, dstStep, dstStart, src, srcStep, srcStart, n) {
    for (let i = 0, d = dstStart, s = srcStart; i < n; i++, d += dstStep, s += srcStep)
        dst[d] += src[s];
}
function addAny(dst, dstStep, dstStart, src, srcStep, srcStart, n) {
    for (let i = 0, d = dstStart, s = srcStart; i < n; i++, d += dstStep, s += srcStep)
        dst[d] += src[s];
}
/** Adds one number to every entry of a view on dst, which must not have stride 0. */
export function addNumber(dst, shape, stride, offset, value) {
    if (shape.length === 2 && dst instanceof Float64Array) {
        const rows = shape[0];
        const cols = shape[1];
        const rowStep = stride[0];
        const step = stride[1];
        for (let i = 0; i < rows; i++) {
            for (let j = 0, at = offset + i * rowStep; j < cols; j++, at += step)
                dst[at] += value;
        }
        return;
    }
    forEachPosition({ shape, stride, offset }, (at) => {
        dst[at] += value;
    });
}
/** dst += src, entry by entry; equal shapes. */
export function addInto(dst, src) {
    addStrided(dst.data, dst.stride, dst.offset, src.data, src.stride, src.offset, dst.shape);
}
/** The entries in row-major order, in a new typed array (integers become float64 unless `dtype` says otherwise). */
export function packedData(x, dtype = floatDType(x.dtype)) {
    const { data, offset } = x;
    const size = x.size;
    if (isRowMajor(x.shape, x.stride) && !Array.isArray(data) && x.dtype === dtype) {
        return data.slice(offset, offset + size);
    }
    const out = allocate(dtype, size);
    let n = 0;
    if (x.dtype === "generic") {
        const store = data;
        forEachPosition(x, (at) => {
            out[n++] = store.get(at);
        });
    }
    else {
        forEachPosition(x, (at) => {
            out[n++] = data[at];
        });
    }
    return out;
}
/** A row-major copy in a store of its own. */
export function packed(x, dtype = floatDType(x.dtype)) {
    return rowMajor(packedData(x, dtype), x.shape);
}
/** The common float kind of some arrays: float64 as soon as one of them is not float32. */
export function commonDType(xs) {
    if (xs.length === 0)
        return "float64";
    for (const x of xs)
        if (x.dtype !== "float32")
            return "float64";
    return "float32";
}
/** y[…] = f(x[…]), in a new row-major array. */
export function map1(f, x, dtype = floatDType(x.dtype)) {
    const { data } = x;
    const size = x.size;
    const out = allocate(dtype, size);
    if (data instanceof Float64Array && out instanceof Float64Array && isRowMajor(x.shape, x.stride)) {
        mapDoubles(f, data, x.offset, out);
    }
    else {
        let n = 0;
        forEachPosition(x, (at) => {
            out[n++] = f(data[at]);
        });
    }
    return rowMajor(out, x.shape);
}
function mapDoubles(f, data, start, out) {
    for (let i = 0, at = start; i < out.length; i++, at++)
        out[i] = f(data[at]);
}
/** y[…] = f(a[…], b[…]) for arrays of one shape, in a new row-major array; stride-0 views serve for broadcasting. */
export function map2(f, a, b, dtype = commonDType([a, b])) {
    const out = allocate(dtype, a.size);
    const last = a.dimension - 1;
    const length = last < 0 ? 1 : a.shape[last];
    const aStep = last < 0 ? 0 : a.stride[last];
    const bStep = last < 0 ? 0 : b.stride[last];
    const aData = a.data;
    const bData = b.data;
    let n = 0;
    forEachRow(a.shape, [a.stride, b.stride], [a.offset, b.offset], ([aStart, bStart]) => {
        if (aData instanceof Float64Array && bData instanceof Float64Array && out instanceof Float64Array) {
            map2Doubles(f, aData, aStep, aStart, bData, bStep, bStart, out, n, length);
            n += length;
            return;
        }
        for (let i = 0, p = aStart, q = bStart; i < length; i++, p += aStep, q += bStep) {
            out[n++] = f(aData[p], bData[q]);
        }
    });
    return rowMajor(out, a.shape);
}
function map2Doubles(f, a, aStep, aStart, b, bStep, bStart, out, start, length) {
    for (let i = 0, p = aStart, q = bStart; i < length; i++, p += aStep, q += bStep)
        out[start + i] = f(a[p], b[q]);
}
/**
 * Runs `visit(n, positions)` for each entry of arrays of one shape, in row-major order: n counts, `positions[k]` is where operand k has it.
 * The list of positions is reused.
 */
export function forEachEntry(xs, shape, visit) {
    const last = shape.length - 1;
    const length = last < 0 ? 1 : shape[last];
    const steps = xs.map((x) => (last < 0 ? 0 : x.stride[last]));
    const positions = new Array(xs.length).fill(0);
    let n = 0;
    forEachRow(shape, xs.map((x) => x.stride), xs.map((x) => x.offset), (starts) => {
        for (let k = 0; k < positions.length; k++)
            positions[k] = starts[k];
        for (let i = 0; i < length; i++) {
            visit(n++, positions);
            for (let k = 0; k < positions.length; k++)
                positions[k] = positions[k] + steps[k];
        }
    });
}
