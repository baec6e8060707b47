import { addedTo, linearRule, type OfArray } from "../../lib/core/index.js";
import { addInto, type NdArray, packed, sameStore } from "../../lib/nd/index.js";
import { arrayFor } from "./reduce-options.js";

/** The part of a view from `start` on along an axis, `length` entries long. */
export function part(x: NdArray, axis: number, start: number, length: number): NdArray {
  return sameStore(x, x.shape.with(axis, length), x.stride, x.offset + start * (x.stride[axis] as number));
}

/** The view of an array that a function of shapes alone stands for, on whatever store; no entry stands in it twice. */
export type ViewOf<S extends readonly unknown[]> = (x: NdArray, ...rest: S) => NdArray;

/**
 * The rule of a function that copies a view of its argument: its pullback writes through the same view.
 *   ẏ = view(ẋ)                  view(x̄) = ȳ, 0 elsewhere
 */
export function viewRule<S extends readonly unknown[]>(name: string, view: ViewOf<S>): OfArray<S> {
  return linearRule(
    (x: NdArray, ...rest: S) => packed(view(arrayFor(name, x), ...rest)),
    (ybar: NdArray, x: NdArray, ...rest: S) => addedTo(x, (acc) => addInto(view(acc, ...rest), ybar)),
    { name, view: view as never },
  );
}
