import { type AnyArray, nonDifferentiable, optionsFor } from "../../lib/core/index.js";
import { type LineKernel, type NdArray, normalizeAxis, overLines, rowMajor } from "../../lib/nd/index.js";
import type { AxisOptions } from "../shaping/joining.js";
import { inArrayOrder } from "../support/line-selection.js";
import { increasing } from "../support/ranks.js";
import { arrayFor } from "../support/reduce-options.js";

const orders: LineKernel<Int32Array> = (places, count, length, first, x, start) => {
  for (let n = 0, at = start, note = first * length; n < count; n++, at += length, note += length) {
    const { indices } = increasing(x, at, length);
    for (let k = 0; k < length; k++) places[note + k] = indices[k] as number;
  }
};

/**
 * The indices that sort x along an axis in increasing order, an int32 array; equal entries keep their order, NaN comes last. Not
 * differentiable: indices do not move.
 * @param options the axis; the last one when absent
 * @throws {RangeError} when the axis does not exist
 */
export const argsort: (x: AnyArray, options?: AxisOptions) => NdArray = nonDifferentiable(
  (x: NdArray, options?: AxisOptions): NdArray => {
    const { dimension } = arrayFor("argsort", x);
    const { axis: named = -1 } = optionsFor("argsort", options, "axis");
    const axis = normalizeAxis("argsort", named, dimension);
    const { shape } = x;
    const places = new Int32Array(x.size);
    overLines(orders, places, shape, [axis], [x], []);
    return rowMajor(
      inArrayOrder(places, shape, axis, shape[axis] as number, (place) => place),
      shape,
    );
  },
  { name: "argsort" },
);
