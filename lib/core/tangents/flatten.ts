import { fillsStore, floatDType, isRowMajor, type NdArray, packedData } from "../../nd/index.js";
import type { AnyArray } from "../level.js";
import { elementsOf, fromElements, type Memory, storeOf } from "../traced/store.js";
import { cast } from "./broadcasting.js";

/**
 * The entries of an array as flat row-major memory: shared when they lie so already, else copied. Integers and lists become float64.
 */
export function flatten(x: AnyArray): Memory {
  const store = storeOf(x);
  if (store !== undefined) {
    if (store.elements !== undefined) return flatten(fromElements(elementsOf(x), x.shape, store.dtype));
    return fillsStore(x) ? store : (cast(x, store.dtype).data as Memory);
  }
  const { data, dtype, offset, size } = x as NdArray;
  if ((dtype === "float64" || dtype === "float32") && isRowMajor(x.shape, x.stride)) {
    const floats = data as Float64Array;
    return floats.length === size ? floats : floats.subarray(offset, offset + size);
  }
  return packedData(x as NdArray, floatDType(dtype));
}
