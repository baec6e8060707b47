import {
  type AnyArray,
  add,
  describe,
  type Inplaceable,
  inplaceable,
  isDifferentiable,
  linearRule,
  type Operand,
  type Scalar,
  storeOf,
} from "../../lib/core/index.js";
import { resultLike } from "../../lib/nd/float-array.js";
import { addLines, fillLines, isNdArray, type NdArray, refuseEmpty, rowMajor, sizeOf, sumAxes, sumData } from "../../lib/nd/index.js";
import { div } from "../elementwise/field.js";
import { mapOver } from "../higher-order/map.js";
import { linedNumbers } from "../support/lined-numbers.js";
import { arrayFor, isWhole, type Reduced, type ReduceOptions, type Reduction, reducedBy } from "../support/reduce-options.js";
import { runPair } from "../support/run-rule.js";
import { type MaskedOptions, masked, maskIn, onesOver } from "./masked.js";

/** `sum`, of entries or of what a function makes of them. */
export interface Sum extends Reduction<MaskedOptions> {
  (f: (x: Scalar) => Scalar, x: NdArray): number;
  (f: (x: Scalar) => Scalar, x: AnyArray): Scalar;
  (f: (x: Scalar) => Scalar, x: AnyArray, options: MaskedOptions): Scalar | AnyArray;
  <X, Y extends Operand>(f: (x: X) => Y, xs: readonly X[]): Y | number;
}

type Mapped = (x: never) => unknown;

const maskedNames = "axis, keepDims, where";

const reducedOf = (who: string, shape: readonly number[], options: MaskedOptions | undefined): Reduced =>
  reducedBy(who, shape, options, maskedNames);

/** Σ f(x) over axes, or over the elements of a list. */
function totalOf(f: Mapped, x: unknown, options?: MaskedOptions): unknown {
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
function total(x: NdArray, options?: MaskedOptions): number | NdArray;
function total(x: NdArray | Mapped, ...rest: unknown[]): unknown {
  if (typeof x === "function") return totalOf(x, ...(rest as [unknown, MaskedOptions?]));
  const options = rest[0] as MaskedOptions | undefined;
  if (options === undefined) return sumData(arrayFor("sum", x));
  const { axes, shape } = reducedOf("sum", arrayFor("sum", x).shape, options);
  const mask = maskIn("sum", options, x.shape);
  return sumOver(mask === undefined ? x : masked(x, mask), axes, shape, options);
}

function sumOver(
  x: NdArray,
  axes: readonly number[],
  shape: readonly number[] | undefined,
  options: ReduceOptions | undefined,
): number | NdArray {
  return shape === undefined ? sumData(x) : sumAxes(x, axes, options?.keepDims);
}

/**
 * How many entries go into each result: a number, or one for each in row-major order.
 * @throws {RangeError} when there are none
 */
function countsOf(x: NdArray, axes: readonly number[], options: MaskedOptions | undefined): number | Float64Array {
  refuseEmpty("mean", x.shape, axes);
  const mask = maskIn("mean", options, x.shape);
  if (mask === undefined) return sizeOf(axes.map((axis) => x.shape[axis] as number));
  const counts = linedNumbers(sumAxes(onesOver(mask, x.shape), axes));
  if (counts.includes(0)) throw new RangeError("mean: where leaves no entry to take the mean of; give a mask that holds in each line");
  return counts;
}

/** Σ x / n over axes, without rule. */
function average(x: NdArray, options?: MaskedOptions): number | NdArray {
  const { axes, shape } = reducedOf("mean", arrayFor("mean", x).shape, options);
  const counts = countsOf(x, axes, options);
  const mask = maskIn("mean", options, x.shape);
  const y = sumOver(mask === undefined ? x : masked(x, mask), axes, shape, options);
  if (typeof y === "number") return y / (typeof counts === "number" ? counts : (counts[0] as number));
  const means = y.data as Float64Array;
  for (let k = 0; k < means.length; k++) (means[k] as number) /= typeof counts === "number" ? counts : (counts[k] as number);
  return y;
}

/** x̄ where each entry of x goes into its result with one weight: the cotangent of that result, times the weight. */
function spread(ybar: number | NdArray, x: NdArray, axes: readonly number[], weight: number): Inplaceable {
  if (typeof ybar === "number") {
    const entry = weight * ybar;
    return inplaceable(
      (acc) => addLines(acc, Float64Array.of(entry), axes),
      () => {
        const xbar = resultLike(x);
        (xbar.data as Float64Array).fill(entry);
        return xbar;
      },
    );
  }
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

/** Cotangents of means, as those of the sums over the entries that a mask lets take part. */
function perEntry(ybar: number | NdArray, counts: Float64Array): number | NdArray {
  if (typeof ybar === "number") return ybar / (counts[0] as number);
  return rowMajor(
    linedNumbers(ybar).map((seed, k) => seed / (counts[k] as number)),
    ybar.shape,
  );
}

/**
 * Σ x over axes, 0 for none; added up in double precision. With a mask `where` only the entries at which it holds take part: what stands in
 * the others does not count, be it NaN.
 *   ẏ = sum(ẋ)                   x̄ = ȳ, repeated along the summed axes; 0 where the mask does not hold
 * `sum(f, x)` is Σ f(x), f being applied as by `map`: to entries, or to the elements of a list (where f may return arrays of one shape).
 *   ẏ = Σ ḟ(ẋ)                   x̄ = f̄(ȳ), and what f's own parameters receive
 * @throws {RangeError} when an axis does not exist or is named twice, or the mask does not broadcast to x
 */
export const sum: Sum = linearRule(
  total,
  (ybar: number | NdArray, x: NdArray | Mapped, options?: MaskedOptions) => {
    const { shape } = x as NdArray;
    const xbar = spread(ybar, x as NdArray, reducedOf("sum", shape, options).axes, 1);
    const mask = maskIn("sum", options, shape);
    return mask === undefined ? xbar : masked(xbar.value() as NdArray, mask);
  },
  {
    name: "sum",
    weight: (_, options) => (isWhole(options) && options?.where === undefined ? 1 : undefined),
    otherForm: { takes: (first) => typeof first === "function", pair: (ad) => runPair(ad, totalOf, 2) },
  },
);

/**
 * The mean over axes, Σ x / n; added up in double precision. With a mask `where` n counts the entries at which it holds, and only these take
 * part.
 *   ẏ = mean(ẋ)                  x̄ = ȳ / n, repeated along the reduced axes; 0 where the mask does not hold
 * @throws {RangeError} when an axis does not exist, is named twice, or is empty, or the mask does not broadcast to x or leaves nothing
 */
export const mean: Reduction<MaskedOptions> = linearRule(
  average,
  (ybar: number | NdArray, x: NdArray, options?: MaskedOptions) => {
    const { axes } = reducedOf("mean", x.shape, options);
    const counts = countsOf(x, axes, options);
    if (typeof counts === "number") return spread(ybar, x, axes, 1 / counts);
    return masked(spread(perEntry(ybar, counts), x, axes, 1).value() as NdArray, maskIn("mean", options, x.shape) as NdArray);
  },
  {
    name: "mean",
    dispatch: (general, rule) =>
      ((x: AnyArray, options?: MaskedOptions) =>
        rule.stepsAside === undefined && isWhole(options) && options?.where === undefined && isTraced(x)
          ? div(sum(x), x.size)
          : general(x as never, options)) as typeof general,
  },
);

/** The mean of all entries of a traced array goes the way of its sum, which is the faster one. */
function isTraced(x: AnyArray): boolean {
  return isNdArray(x) && storeOf(x) !== undefined && x.size > 0;
}
