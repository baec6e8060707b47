import { type AnyArray, levelOf } from "../lib/core/index.js";
import { type NdArray, packed, sizeOf } from "../lib/nd/index.js";
import { flip, transpose } from "./axes.js";
import { cumprod, productsBefore } from "./cumulative.js";
import { mul } from "./field.js";
import { forEachLine } from "./lines.js";
import { type ReduceOptions, type Reduction, reducedBy } from "./reduce-options.js";
import { reductionRule } from "./reduction-rule.js";
import { reshape } from "./reshape.js";
import { foldSlices } from "./slices.js";

/** For each entry of the last axis the product of the others, from the products before it and after it. */
function othersOf(x: NdArray): NdArray {
  const y = packed(x, "float64");
  const axis = x.dimension - 1;
  const extent = x.shape[axis] as number;
  const { data } = y;
  const before = new Float64Array(extent);
  forEachLine([y], axis, ([start]) => {
    let product = 1;
    for (let k = 0, at = start as number; k < extent; k++, at++) {
      before[k] = product;
      product *= data[at] as number;
    }
    product = 1;
    for (let k = extent - 1, at = (start as number) + k; k >= 0; k--, at--) {
      const entry = data[at] as number;
      data[at] = (before[k] as number) * product;
      product *= entry;
    }
  });
  return x.dtype === "float32" ? packed(y, "float32") : y;
}

/** As `othersOf`, in differentiable functions where x is traced. */
function others(x: AnyArray): AnyArray {
  if (levelOf(x) === undefined) return othersOf(x as NdArray);
  const axis = x.dimension - 1;
  const back = { axis };
  const before = productsBefore(cumprod(x, back), axis);
  const after = flip(productsBefore(cumprod(flip(x, back), back), axis), back);
  return mul(before, after);
}

/**
 * Π x over axes, 1 for none. No derivative divides, so zeros are exact.
 *   ẏ = Σ p ẋ                    x̄ = p ȳ,  p the product of the other entries
 * @throws {RangeError} when an axis does not exist or is named twice
 */
export const prod: Reduction = reductionRule(
  "prod",
  (x: NdArray, options?: ReduceOptions) =>
    foldSlices("prod", x, options, (data, start, end) => {
      let product = 1;
      for (let at = start; at < end; at++) product *= data[at] as number;
      return product;
    }),
  (x, _, options) => {
    const { axes } = reducedBy("prod", x.shape, options);
    const order = [...x.shape.keys()].filter((axis) => !axes.includes(axis)).concat(axes);
    const slices = transpose(x, order);
    const { shape } = slices;
    const fixed = shape.slice(0, shape.length - axes.length);
    const lined = others(reshape(slices, [...fixed, sizeOf(shape.slice(fixed.length))]));
    return transpose(
      reshape(lined, shape),
      order.map((_, axis) => order.indexOf(axis)),
    );
  },
);
