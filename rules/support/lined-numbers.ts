import { fillsStore, type NdArray, packedData } from "../../lib/nd/index.js";

/** The numbers of an array in row-major order, in double precision: its own memory where they are all that it holds, so do not write to it. */
export function linedNumbers(x: NdArray): Float64Array {
  return x.data instanceof Float64Array && fillsStore(x) ? x.data : (packedData(x, "float64") as Float64Array);
}
