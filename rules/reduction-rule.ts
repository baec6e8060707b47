import { type AnyArray, defineRule, isZero, NoTangent, type Operand, scale } from "../lib/core/index.js";
import { isNdArray, type NdArray, sameShape } from "../lib/nd/index.js";
import { type PlainReduction, type ReduceOptions, type Reduction, reducedBy } from "./reduce-options.js";
import { reshape } from "./reshape.js";
import { sum } from "./sums.js";

/** A reduction's result, or its cotangent, with the reduced axes kept: it broadcasts to the array that was reduced. */
export function kept(y: Operand, x: AnyArray, options: ReduceOptions | undefined): Operand {
  if (!isNdArray(y)) return y;
  const { kept: shape } = reducedBy("kept", x.shape, options, "axis, keepDims, ddof, ord");
  return sameShape(y.shape, shape) ? y : reshape(y as AnyArray, shape);
}

/**
 * The rule of a reduction from its slopes: for each entry of x the derivative of the result it goes into.
 *   ẏ = Σ slopes · ẋ over the axes       x̄ = slopes · ȳ
 * @param f      the reduction of plain arrays
 * @param slopes (x, y, options) => an array of the shape of x, written in differentiable functions; y comes with its axes kept
 */
export function reductionRule<O extends ReduceOptions>(
  name: string,
  f: PlainReduction<O>,
  slopes: (x: AnyArray, y: Operand, options: O | undefined) => Operand,
): Reduction<O> {
  const reduction: Reduction<O> = defineRule(
    f,
    {
      frule: ([, dx]: readonly unknown[], x: NdArray, options?: O) => {
        const y = reduction(x as AnyArray, options);
        if (isZero(dx)) return [y, dx];
        const moved = scale(slopes(x, kept(y, x, options), options), dx as AnyArray);
        return [y, sum(moved, { axis: options?.axis, keepDims: options?.keepDims })];
      },
      rrule: (x: NdArray, options?: O) => {
        const y = reduction(x as AnyArray, options);
        return [
          y,
          function reductionPullback(ybar: Operand) {
            return [NoTangent, scale(slopes(x, kept(y, x, options), options), kept(ybar, x, options))];
          },
        ];
      },
    },
    { name },
  ) as unknown as Reduction<O>;
  return reduction;
}
