import { floatDType, isNdArray, packed, zerosOf } from "../nd/index.js";
import { levelOf } from "./dispatch.js";
import { describe } from "./errors.js";
import { ElementStore, elementsOf, onStore, storeOf, writable } from "./store.js";
export function similar(x, shape = x.shape, options = {}) {
    if (!isNdArray(x))
        throw new TypeError(`similar: x is ${describe(x)}; an array is needed`);
    const store = storeOf(x);
    const traced = store !== undefined || (options.holds ?? []).some((value) => levelOf(value) !== undefined);
    const dtype = store?.dtype ?? floatDType(x.dtype);
    return traced ? writable(shape, dtype) : zerosOf(shape, dtype);
}
export function copy(x) {
    if (!isNdArray(x))
        throw new TypeError(`copy: x is ${describe(x)}; an array is needed`);
    const store = storeOf(x);
    return store === undefined ? packed(x) : onStore(new ElementStore([...elementsOf(x)], store.dtype), x.shape);
}
