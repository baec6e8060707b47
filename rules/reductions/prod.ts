import { type AnyArray, strongProduct } from "../../lib/core/index.js";
import { type LineKernel, sizeOf } from "../../lib/nd/index.js";
import { mul } from "../elementwise/field.js";
import { flip, transpose } from "../shaping/axes.js";
import { reshape } from "../shaping/reshape.js";
import { type FoldState, scaledAbout } from "../support/fold-lines.js";
import { type Reduction, reducedBy } from "../support/reduce-options.js";
import { cumprod, productsBefore } from "./cumulative.js";
import { type Folding, reductionRule } from "./reduction-rule.js";

const products: LineKernel<FoldState> = ({ y }, count, length, first, x, start) => {
  for (let n = 0, at = start; n < count; n++, at += length) {
    let product = 1;
    for (let k = at, end = at + length; k < end; k++) product *= x[k] as number;
    y[first + n] = product;
  }
};

/**
 * x̄ = p ȳ, p the product of those before times the product of those after. Both go on at once, each in half of the line until they meet:
 * one does not wait for the other.
 */
const othersSpread: LineKernel<FoldState> = ({ t }, count, length, first, x, start, out, to) => {
  const half = length >> 1;
  for (let n = 0, at = 0; n < count; n++, at += length) {
    const seed = t[first + n] as number;
    const last = at + length - 1;
    let before = 1;
    let after = 1;
    for (let k = at, j = last; k < at + half; k++, j--) {
      out[to + k] = before;
      out[to + j] = after;
      before *= x[start + k] as number;
      after *= x[start + j] as number;
    }
    if (length % 2 === 1) {
      out[to + at + half] = before * after;
      before *= x[start + at + half] as number;
      after *= x[start + at + half] as number;
    }
    for (let j = at + half - 1, k = last - half + 1; k <= last; k++, j--) {
      (out[to + j] as number) *= after;
      (out[to + k] as number) *= before;
      after *= x[start + j] as number;
      before *= x[start + k] as number;
    }
    scaledAbout(0, seed, out, to + at, out, to + at, length);
  }
};

const othersAlong: LineKernel<FoldState> = ({ t }, count, length, first, x, start, dx, dxStart) => {
  const after = new Float64Array(length);
  for (let n = 0, at = 0; n < count; n++, at += length) {
    let product = 1;
    for (let k = length - 1; k >= 0; k--) {
      after[k] = product;
      product *= x[start + at + k] as number;
    }
    let total = 0;
    product = 1;
    for (let k = 0; k < length; k++) {
      total += strongProduct(product * (after[k] as number), dx[dxStart + at + k] as number);
      product *= x[start + at + k] as number;
    }
    t[first + n] = total;
  }
};

const productFold: Folding = { fold: { value: products, spread: othersSpread, along: othersAlong } };

/** For each entry of the last axis the product of the others, in differentiable functions. */
function others(x: AnyArray): AnyArray {
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
  () => productFold,
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
