import { type AnyArray, type AnyFunction, linearRule } from "../lib/core/index.js";
import { addStrided, commonDType, map1, type NdArray, zerosOf } from "../lib/nd/index.js";

/** Arrays of one shape, times numbers, added up. */
type WeightedSum = (xs: readonly AnyArray[], weights: readonly number[]) => AnyArray;

const scaled = (x: NdArray, weight: number, xs: readonly NdArray[]): NdArray => map1((entry) => weight * entry, x, commonDType(xs));

/**
 * Σ wₖ xₖ.
 *   ẏ = Σ wₖ ẋₖ                  x̄ₖ = wₖ ȳ
 */
export const weightedSum: WeightedSum = linearRule(
  (xs: readonly NdArray[], weights: readonly number[]) => {
    const y = zerosOf((xs[0] as NdArray).shape, commonDType(xs));
    xs.forEach((x, k) => {
      const term = scaled(x, weights[k] as number, xs);
      addStrided(y.data, y.stride, 0, term.data, term.stride, term.offset, y.shape);
    });
    return y;
  },
  (ybar: NdArray, xs: readonly NdArray[], weights: readonly number[]) => xs.map((x, k) => scaled(ybar, weights[k] as number, [x])),
  { name: "weightedSum" },
) as AnyFunction;
