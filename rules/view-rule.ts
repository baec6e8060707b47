import { type AnyFunction, inplaceable, linearRule } from "../lib/core/index.js";
import { addInto, floatDType, type NdArray, sameStore, zerosOf } from "../lib/nd/index.js";
import { assign } from "../lib/nd/ops.js";
import { arrayFor } from "./reduce-options.js";

/** A row-major array with the entries of a view. */
export function fresh(view: NdArray): NdArray {
  const y = zerosOf(view.shape, floatDType(view.dtype));
  assign(y, view);
  return y;
}

/** The part of a view from `start` on along an axis, `length` entries long. */
export function part(x: NdArray, axis: number, start: number, length: number): NdArray {
  return sameStore(
    x,
    x.shape.map((extent, k) => (k === axis ? length : extent)),
    x.stride,
    x.offset + start * (x.stride[axis] as number),
  );
}

/** The view of an array that a function of shapes alone stands for; no entry stands in it twice. */
type ViewOf<S extends readonly unknown[]> = (x: NdArray, ...rest: S) => NdArray;

/**
 * The rule of a function that copies a view of its argument: its pullback writes through the same view.
 *   ẏ = view(ẋ)                  view(x̄) = ȳ, 0 elsewhere
 */
export function viewRule<S extends readonly unknown[]>(name: string, view: ViewOf<S>): AnyFunction {
  return linearRule(
    (x: NdArray, ...rest: S) => fresh(view(arrayFor(name, x), ...rest)),
    (ybar: NdArray, x: NdArray, ...rest: S) =>
      inplaceable(
        (acc) => addInto(view(acc, ...rest), ybar),
        () => {
          const xbar = zerosOf(x.shape, floatDType(x.dtype));
          assign(view(xbar, ...rest), ybar);
          return xbar;
        },
      ),
    { name, view: view as never },
  ) as AnyFunction;
}
