import { type AnyArray, type AnyFunction, type Differentiator, expectValue, flatten, lower, pin, readOnlyInput } from "../core/index.js";
import { allocate, type NdArray } from "../nd/index.js";
import { ColumnsLevel } from "./columns-level.js";

/**
 * The derivatives by `count` entries of a plain array from entry `first` on, in one run of f.
 * @param use gets y and its tangents one after another, undefined where y does not move; they may be read, not kept
 * @throws {OuterValue} where f meets a value that an outer call traces
 */
export function columns(
  ad: Differentiator,
  f: AnyFunction,
  x: NdArray,
  first: number,
  count: number,
  use: (y: unknown, tangents: Float64Array | Float32Array | undefined) => void,
): void {
  const level = new ColumnsLevel(ad, count);
  try {
    const primal = flatten(x as AnyArray) as Float64Array;
    const dtype = primal instanceof Float64Array ? "float64" : "float32";
    const basis = allocate(dtype, count * x.size) as Float64Array;
    for (let k = 0; k < count; k++) basis[k * x.size + first + k] = 1;
    const y = expectValue("jacobian", f(level.moving(primal, basis, x.shape, dtype, readOnlyInput)));
    use(lower(level, pin(level, y)), level.tangentsOf(y));
  } finally {
    level.end();
  }
}
