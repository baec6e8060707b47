import { isFloating, isNdArray, type NdArray, packed } from "../nd/index.js";
import { nonDifferentiable } from "./define.js";
import { primal } from "./dispatch.js";
import { describe } from "./errors.js";
import { mapStructure } from "./structure.js";

/** The same with arrays in memory of their own: writing into them must not reach what an engine still needs. */
function ownArrays<T>(x: T): T {
  return mapStructure((leaf) => (isNdArray(leaf) && isFloating(leaf.dtype) ? packed(leaf as NdArray) : leaf), x) as T;
}

/**
 * x with its derivatives stopped: the plain value, through all levels; arrays are copied.
 *   ẏ = 0                        x̄ = 0
 */
export const stopGradient: <T>(x: T) => T = nonDifferentiable((x: unknown) => ownArrays(x), { name: "stopGradient" }) as <T>(x: T) => T;

/** The plain value of what `compute` returns: nothing inside contributes to any derivative. Arrays are copied. */
export function ignoreDerivatives<T>(compute: () => T): T {
  if (typeof compute !== "function")
    throw new TypeError(`ignoreDerivatives: the argument is ${describe(compute)}; give a function without arguments, () => …`);
  return ownArrays(primal(compute()));
}
