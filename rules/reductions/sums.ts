import {
  type AnyArray,
  add,
  describe,
  inplaceable,
  isDifferentiable,
  linearRule,
  type Operand,
  type Scalar,
  storeOf,
} from "../../lib/core/index.js";
import { resultLike } from "../../lib/nd/float-array.js";
import { addLines, fillLines, isNdArray, type NdArray, sizeOf, sumAxes, sumData } from "../../lib/nd/index.js";
import { div } from "../elementwise/field.js";
import { mapOver } from "../higher-order/map.js";
import { linedNumbers } from "../support/lined-numbers.js";
import { arrayFor, isWhole, type ReduceOptions, type Reduction, reducedBy, refuseEmpty } from "../support/reduce-options.js";
import { runPair } from "../support/run-rule.js";

/** `sum`, of entries or of what a function makes of them. */
export interface Sum extends Reduction {
  (f: (x: Scalar) => Scalar, x: NdArray): number;
  (f: (x: Scalar) => Scalar, x: AnyArray): Scalar;
  (f: (x: Scalar) => Scalar, x: AnyArray, options: ReduceOptions): Scalar | AnyArray;
  <X, Y extends Operand>(f: (x: X) => Y, xs: readonly X[]): Y | number;
}

type Mapped = (x: never) => unknown;

/** Σ f(x) over axes, or over the elements of a list. */
function totalOf(f: Mapped, x: unknown, options?: ReduceOptions): unknown {
  const ys = mapOver("sum", f, [x]);
  if (isNdArray(ys)) return sum(ys as AnyArray, options);
  if (options !== undefined) throw new TypeError(`sum: options stand beside ${describe(x)}; they go with arrays, whose axes they name`);
  if (!Array.isArray(ys)) return ys;
  let sofar: Operand = 0;
  ys.forEach((y: unknown, k) => {
    if (!isDifferentiable(y)) throw new TypeError(`sum: f returned ${describe(y)} for element ${k}; a number or an array is needed`);
    sofar = add(sofar, y);
  });
  return sofar;
}

/** Σ x over axes, without rule; the other form has another list of arguments. */
function total(f: (x: Scalar) => Scalar, x: NdArray): number;
function total<X>(f: (x: X) => Operand, xs: readonly X[]): Operand;
function total(x: NdArray, options?: ReduceOptions): number | NdArray;
function total(x: NdArray | Mapped, ...rest: unknown[]): unknown {
  if (typeof x === "function") return totalOf(x, ...(rest as [unknown, ReduceOptions?]));
  const options = rest[0] as ReduceOptions | undefined;
  if (options === undefined) return sumData(arrayFor("sum", x));
  const { axes, shape } = reducedBy("sum", arrayFor("sum", x).shape, options);
  return shape === undefined ? sumData(x) : sumAxes(x, axes, options.keepDims);
}

/** Σ x / n over axes, without rule. */
function average(x: NdArray, options?: ReduceOptions): number | NdArray {
  const { axes, shape } = reducedBy("mean", arrayFor("mean", x).shape, options);
  refuseEmpty("mean", x.shape, axes);
  const n = countOf(x.shape, axes);
  if (shape === undefined) return sumData(x) / n;
  const y = sumAxes(x, axes, options?.keepDims);
  const means = y.data as Float64Array;
  for (let k = 0; k < means.length; k++) (means[k] as number) /= n;
  return y;
}

/** How many entries go into each result. */
function countOf(shape: readonly number[], axes: readonly number[]): number {
  return sizeOf(axes.map((axis) => shape[axis] as number));
}

/** x̄ where each entry of x goes into its result with one weight: the cotangent of that result, times the weight. */
function spread(who: string, ybar: number | NdArray, x: NdArray, options: ReduceOptions | undefined, weight: number): unknown {
  if (typeof ybar === "number") {
    const entry = weight * ybar;
    return inplaceable(
      (acc) => addLines(acc, Float64Array.of(entry), reducedBy(who, x.shape, options).axes),
      () => {
        const xbar = resultLike(x);
        (xbar.data as Float64Array).fill(entry);
        return xbar;
      },
    );
  }
  const { axes } = reducedBy(who, x.shape, options);
  const seeds = (): Float64Array => (weight === 1 ? linedNumbers(ybar) : linedNumbers(ybar).map((seed) => weight * seed));
  return inplaceable(
    (acc) => addLines(acc, seeds(), axes),
    () => {
      const xbar = resultLike(x);
      fillLines(xbar, seeds(), axes);
      return xbar;
    },
  );
}

/**
 * Σ x over axes, 0 for none; added up in double precision.
 *   ẏ = sum(ẋ)                   x̄ = ȳ, repeated along the summed axes
 * `sum(f, x)` is Σ f(x), f being applied as by `map`: to entries, or to the elements of a list (where f may return arrays of one shape).
 *   ẏ = Σ ḟ(ẋ)                   x̄ = f̄(ȳ), and what f's own parameters receive
 * @throws {RangeError} when an axis does not exist or is named twice
 */
export const sum: Sum = linearRule(
  total,
  (ybar: number | NdArray, x: NdArray | Mapped, options?: ReduceOptions) => spread("sum", ybar, x as NdArray, options, 1),
  {
    name: "sum",
    weight: (_, options) => (isWhole(options) ? 1 : undefined),
    otherForm: { takes: (first) => typeof first === "function", pair: (ad) => runPair(ad, totalOf, 2) },
  },
);

/**
 * The mean over axes, Σ x / n; added up in double precision.
 *   ẏ = mean(ẋ)                  x̄ = ȳ / n, repeated along the reduced axes
 * @throws {RangeError} when an axis does not exist, is named twice, or is empty
 */
export const mean: Reduction = linearRule(
  average,
  (ybar: number | NdArray, x: NdArray, options?: ReduceOptions) =>
    spread("mean", ybar, x, options, 1 / countOf(x.shape, reducedBy("mean", x.shape, options).axes)),
  {
    name: "mean",
    dispatch: (general, rule) =>
      ((x: AnyArray, options?: ReduceOptions) =>
        rule.stepsAside === undefined && isWhole(options) && isTraced(x)
          ? div(sum(x), x.size)
          : general(x as never, options)) as typeof general,
  },
);

/** The mean of all entries of a traced array goes the way of its sum, which is the faster one. */
function isTraced(x: AnyArray): boolean {
  return isNdArray(x) && storeOf(x) !== undefined && x.size > 0;
}
