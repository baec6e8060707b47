import { packed } from "./loops.js";
import { rowMajor } from "./view.js";
/**
 * x itself when its store holds floats, else a float64 copy. Element accesses that have met more than four kinds of store run ten
 * times slower in V8, for every later caller; loops behind this door meet two.
 */
export function asFloatArray(x) {
    const { data } = x;
    return (data instanceof Float64Array || data instanceof Float32Array ? x : packed(x, "float64"));
}
/** A row-major array of these results, rounded to single precision when that is its kind; float64 results are shared. */
export function floatResult(values, shape, dtype) {
    return rowMajor(dtype === "float64" ? values : new Float32Array(values), shape);
}
