import type { AnyArray, NdArray, Scalar } from "../../../../lib/index.js";
import type { Library } from "../library.js";

type Greatest = (x: AnyArray) => Scalar;

export interface MaximumResult {
  readonly value: number;
  /** The gradient by the rule, by the traced loop, and by the library's own `max`. */
  readonly rule: Float64Array;
  readonly loop: Float64Array;
  readonly library: Float64Array;
}

export function maximumResult(
  { array, gradient, max }: Library,
  { mymaximum, byLoop }: { mymaximum: Greatest; byLoop: (x: NdArray) => number },
  { x }: { x: Float64Array },
): MaximumResult {
  const by = (f: unknown): Float64Array => {
    const [xbar] = gradient(f as (x: AnyArray) => Scalar, array([...x]));
    return Float64Array.from({ length: x.length }, (_, i) => (xbar as NdArray).get(i));
  };
  return { value: Number(mymaximum(array([...x]))), rule: by(mymaximum), loop: by(byLoop), library: by(max) };
}
