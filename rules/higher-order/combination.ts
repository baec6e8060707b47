import { type AnyArray, accumulate, defineRule, innerProduct, isZero, NoTangent, type Scalar, scale, thunk } from "../../lib/core/index.js";
import { type NdArray, packedData, rowMajor, zerosOf } from "../../lib/nd/index.js";
import { mul } from "../elementwise/index.js";

/** y + h Σ wₖ kₖ of arrays of one shape. */
interface Combination {
  (y: NdArray, h: number, ks: readonly NdArray[], weights: readonly number[]): NdArray;
  (y: AnyArray, h: Scalar, ks: readonly AnyArray[], weights: readonly number[]): AnyArray;
}

function combined(y: NdArray, h: number, ks: readonly NdArray[], weights: readonly number[]): NdArray {
  const from = packedData(y, "float64");
  const slopes = ks.map((k) => packedData(k, "float64"));
  for (let n = 0; n < from.length; n++) {
    let sum = 0;
    for (let j = 0; j < slopes.length; j++) sum += (weights[j] as number) * ((slopes[j] as Float64Array)[n] as number);
    from[n] = (from[n] as number) + h * sum;
  }
  return rowMajor(from, y.shape);
}

/**
 * y + h Σ wₖ kₖ in double precision: a stage of a Runge–Kutta method.
 *   ẏ + ḣ Σ wₖ kₖ + h Σ wₖ k̇ₖ            ȳ,  h̄ = ⟨Σ wₖ kₖ, ȳ⟩,  k̄ₖ = h wₖ ȳ
 */
export const combination: Combination = defineRule(
  combined,
  {
    frule: ([, dy, dh, dks]: readonly unknown[], y, h, ks, weights) => {
      const origin = zerosOf(y.shape);
      const byStep = isZero(dh) ? dh : combination(origin, dh as Scalar, ks, weights);
      const bySlopes = isZero(dks) ? dks : combination(origin, h, dks as AnyArray[], weights);
      return [combination(y, h, ks, weights), accumulate(dy, accumulate(byStep, bySlopes))];
    },
    rrule: (y, h, ks, weights) => [
      combination(y, h, ks, weights),
      function combinationPullback(ybar: AnyArray) {
        const hbar = thunk(() => innerProduct(combination(zerosOf(y.shape), 1, ks, weights), ybar));
        return [NoTangent, ybar, hbar, ks.map((_, k) => thunk(() => scale(mul(h, weights[k] as number), ybar))), NoTangent];
      },
    ],
  },
  { name: "combination", zeros: "symbolic" },
);
