/** What a line of the published table says. */
export interface Line {
  readonly where: string;
  readonly convention: string;
}

/** The lines that hold for functions of several files, or have a number by which they are known, in the order of the table. */
export const lines = {
  corners: { where: "`abs`, `sign`, `relu` at 0", convention: "0" },
  ties: {
    where: "`max`, `min`, `median`, max pooling at ties",
    convention:
      "the first in row-major order (the lab's Julia counts column by column); of two equal ones in the middle, the first two, half each",
  },
  tiesInOrder: { where: "`quantile`, `cummax`, `cummin`, `mymaximum` at ties", convention: "the first in row-major order" },
  directions: { where: "`copysign(0, y)`, `atan2(0, 0)`", convention: "0" },
  jumps: { where: "`mod`, `rem` at the jumps", convention: "the slope on the side of the value: 1 for x" },
  sinc: { where: "`sinc` at 0", convention: "0, and the limits of all higher derivatives" },
  tiesOfOperands: { where: "`maximum`, `minimum` at ties", convention: "the first argument" },
  tiesOfDistances: {
    where: "`hausdorffDistance`, `chamferDistance` at ties",
    convention: "column minima before row minima; in each the first index, then the first minimum",
  },
  bounds: { where: "`clip` at a bound", convention: "1 for x" },
  infiniteSlopes: {
    where: "`sqrt`, `log`, `cbrt` at 0, `pow(0, p)` with p < 1; `log1p asin acos acosh atanh` at the end of their domain",
    convention: "the one-sided limit, ±∞; times a zero tangent, cotangent or partial it is 0, never NaN",
  },
  hiddenSlopes: {
    where: "`square(sqrt(x))`, `exp(log(x))`, `div(1, div(1, x))` at 0",
    convention: "0, though all three are x: [a zero meets an infinite slope](limits.md#zeros-that-meet-infinite-slopes)",
  },
  hiddenCurvatures: {
    where: "second derivatives of what is smooth in `norm`, `hypot`, `std`, `cdist` where these are 0, such as `square(norm(x))`",
    convention: "0, as the slopes of these are: write `sum(square(x))`, `variance(x)`, `pairwiseSqdist(a, b)`",
  },
  powers: {
    where: "`pow(x, 0)`, `pow(0, 0)`, `pow(0, n)`",
    convention: "by x: 0; 0; n·0ⁿ⁻¹ exactly. By the exponent, at x = 0 and an exponent above 0: 0",
  },
  zeroVector: { where: "`norm` and `normalize` at the zero vector, `hypot(0, 0)`", convention: "0" },
  zeroFactors: { where: "`prod`, `cumprod` with zeros", convention: "exact: nothing is divided" },
  steps: { where: "`floor ceil round trunc`, and `fround`", convention: "0; `fround`: 1" },
  branches: {
    where: "`where(c, a, b)`",
    convention: "the branch that is not taken gets exactly 0, even when its own derivative is infinite",
  },
  ofNothing: { where: "`sum prod norm logsumexp` of nothing", convention: "0, 1, 0, −∞" },
  refusedOfNothing: { where: "`max min mean argmax` of nothing", convention: "RangeError" },
  notANumber: { where: "NaN in the input", convention: "propagates; never a silent skip, an endless loop or a wrong index" },
  repeatedValues: {
    where: "`svd`, `eigh` at repeated values",
    convention: "finite: a pair of equal values adds nothing to what the vectors receive; the values' own derivatives are right",
  },
  farOut: { where: "`sigmoid softplus logsumexp tanh` at ±800", convention: "finite, full precision, no overflow" },
} as const;
