import ndarray from "ndarray";
import { formatShape, isRowMajor, rowMajorStride, sizeOf } from "./shape.js";
/** ndarray's own view classes by number of axes, reached once through a probe: 5 ns a view instead of 300. */
const float64Views = [];
const float32Views = [];
const listViews = [];
const genericViews = [];
function classFor(known, rank, probe) {
    let view = known[rank];
    if (view === undefined) {
        const ones = new Array(rank).fill(1);
        view = ndarray(probe(), ones, ones, 0).constructor;
        known[rank] = view;
    }
    return view;
}
const probeFloat64 = () => new Float64Array(1);
const probeFloat32 = () => new Float32Array(1);
const probeList = () => [0];
const probeGeneric = () => ({ length: 1, get: () => 0, set: () => undefined });
function make(view, data, shape, stride, offset) {
    switch (shape.length) {
        case 0:
            return new view(data, offset);
        case 1:
            return new view(data, shape[0], stride[0], offset);
        case 2:
            return new view(data, shape[0], shape[1], stride[0], stride[1], offset);
        default:
            return new view(data, ...shape, ...stride, offset);
    }
}
/** A view with this shape, these strides and this offset on plain numbers. */
export function viewOn(data, shape, stride, offset) {
    if (data instanceof Float64Array)
        return make(classFor(float64Views, shape.length, probeFloat64), data, shape, stride, offset);
    if (data instanceof Float32Array)
        return make(classFor(float32Views, shape.length, probeFloat32), data, shape, stride, offset);
    if (Array.isArray(data))
        return make(classFor(listViews, shape.length, probeList), data, shape, stride, offset);
    return ndarray(data, shape, stride, offset);
}
/** A view on a store that reads and writes through `get` and `set`. */
export function viewOnStore(store, shape, stride, offset) {
    return make(classFor(genericViews, shape.length, probeGeneric), store, shape, stride, offset);
}
/** The class of 0-d views on generic stores. Its `valueOf` hands out the element; core closes that hole. */
export function scalarViewPrototype() {
    return classFor(genericViews, 0, probeGeneric).prototype;
}
/** A row-major array over these numbers, which it shares. */
export function rowMajor(data, shape) {
    return viewOn(data, shape, rowMajorStride(shape), 0);
}
const makers = {
    float64: Float64Array,
    float32: Float32Array,
    int32: Int32Array,
    uint32: Uint32Array,
    int16: Int16Array,
    uint16: Uint16Array,
    int8: Int8Array,
    uint8: Uint8Array,
};
/** The typed array of a kind of number, filled with zeros. */
export function allocate(dtype, size) {
    return dtype === "float64" ? new Float64Array(size) : new makers[dtype](size);
}
/** A new array of zeros. */
export function zerosOf(shape, dtype = "float64") {
    return rowMajor(allocate(dtype, sizeOf(shape)), shape);
}
/** Whether x has ndarray's face. */
export function isNdArray(x) {
    if (typeof x !== "object" || x === null)
        return false;
    const view = x;
    return typeof view.dimension === "number" && typeof view.pick === "function";
}
/** Whether entries of this kind of array have a tangent space: floats, lists and stores do; integers and booleans do not. */
export function isFloating(dtype) {
    return dtype === "float64" || dtype === "float32" || dtype === "array" || dtype === "generic";
}
/** The kind that results computed from such an array have: float32 stays, all else is float64. */
export function floatDType(dtype) {
    return dtype === "float32" ? "float32" : "float64";
}
/** Whether the view is row-major and fills its store from the start. */
export function fillsStore(x) {
    return x.offset === 0 && isRowMajor(x.shape, x.stride) && x.data.length === x.size;
}
/**
 * The array read through a stride-0 view of a larger shape; never write to the result.
 * @throws {RangeError} when it does not broadcast to that shape
 */
export function broadcastView(x, shape, who = "broadcastTo") {
    const lead = shape.length - x.dimension;
    const stride = new Array(shape.length);
    for (let k = 0; k < shape.length; k++) {
        const own = k - lead;
        const extent = own < 0 ? 1 : x.shape[own];
        if (lead < 0 || (extent !== 1 && extent !== shape[k])) {
            throw new RangeError(`${who}: an array of shape ${formatShape(x.shape)} does not broadcast to ${formatShape(shape)}`);
        }
        stride[k] = extent === 1 ? 0 : x.stride[own];
    }
    if (lead < 0)
        throw new RangeError(`${who}: an array of shape ${formatShape(x.shape)} does not broadcast to ${formatShape(shape)}`);
    return sameStore(x, shape, stride, x.offset);
}
/** A view of another shape on the store of x. */
export function sameStore(x, shape, stride, offset) {
    if (x.dtype === "generic")
        return viewOnStore(x.data, shape, stride, offset);
    return viewOn(x.data, shape, stride, offset);
}
