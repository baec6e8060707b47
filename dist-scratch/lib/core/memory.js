import { fillsStore, floatDType, isRowMajor, packedData } from "../nd/index.js";
import { cast } from "./arithmetic.js";
import { elementsOf, fromElements, storeOf } from "./store.js";
/**
 * The entries of an array as flat row-major memory: shared when they lie so already, else copied. Integers and lists become float64.
 */
export function flatten(x) {
    const store = storeOf(x);
    if (store !== undefined) {
        if (store.elements !== undefined)
            return flatten(fromElements(elementsOf(x), x.shape, store.dtype));
        return fillsStore(x) ? store : cast(x, store.dtype).data;
    }
    const { data, dtype, offset, size } = x;
    if ((dtype === "float64" || dtype === "float32") && isRowMajor(x.shape, x.stride)) {
        const floats = data;
        return floats.length === size ? floats : floats.subarray(offset, offset + size);
    }
    return packedData(x, floatDType(dtype));
}
