import {
  type AnyArray,
  add,
  defineRule,
  describe,
  isZero,
  NoTangent,
  nonDifferentiable,
  type Operand,
  optionsFor,
  primal,
  type Scalar,
  scale,
} from "../lib/core/index.js";
import { floatDType, type LineKernel, type NdArray, normalizeAxis, overLines, rowMajor, shown, zerosOf } from "../lib/nd/index.js";
import type { AxisOptions } from "./joining.js";
import { inArrayOrder } from "./line-selection.js";
import { putPositions, takePositions } from "./positions.js";
import { increasing } from "./ranks.js";
import { type Axes, arrayFor, type ReduceOptions, type Reduction, reducedBy, refuseEmpty } from "./reduce-options.js";
import { slicesOf } from "./slices.js";

/** What interpolates between two entries of each slice: y = (1 − t) x[below] + t x[above]. */
interface Interpolation {
  readonly below: Int32Array;
  readonly above: Int32Array;
  /** 1 − t and t: numbers, or arrays along the first axis of the result. */
  readonly weights: readonly [Operand, Operand];
  /** The shape of the result; undefined when it is a number. */
  readonly shape: readonly number[] | undefined;
}

function checkedProbabilities(who: string, q: number | readonly number[]): readonly number[] {
  const list = typeof q === "number" ? [q] : q;
  if (!Array.isArray(list)) throw new TypeError(`${who}: q is ${describe(q)}; give a number from 0 to 1, or a list of them`);
  for (const p of list)
    if (!(p >= 0 && p <= 1)) throw new RangeError(`${who}: q = ${shown(p)} is not a probability; give numbers from 0 to 1`);
  return list;
}

/**
 * Where the quantiles lie: between two order statistics, each of them the first entry, in row-major order, that equals it. Two neighbours
 * that are equal are the first two: each takes its own share.
 */
function interpolation(who: string, x: NdArray, q: number | readonly number[], options: ReduceOptions | undefined): Interpolation {
  const probabilities = checkedProbabilities(who, q);
  const { axes, shape } = reducedBy(who, arrayFor(who, x).shape, options);
  refuseEmpty(who, x.shape, axes);
  const { data, start, count, length } = slicesOf(x, axes);
  const places = slicesOf(
    rowMajor(
      Float64Array.from({ length: x.size }, (_, position) => position),
      x.shape,
    ),
    axes,
  ).data;
  const below = new Int32Array(probabilities.length * count);
  const above = new Int32Array(below.length);
  const fractions = probabilities.map((p) => (p * (length - 1)) % 1);
  for (let n = 0; n < count; n++) {
    const slice = data.subarray(start + n * length, start + (n + 1) * length);
    const sorted = slice.slice().sort(); // NaN comes last
    const spoilt = Number.isNaN(sorted[length - 1]);
    const find = (entry: number, from: number): number => (spoilt ? slice.findIndex(Number.isNaN) : slice.indexOf(entry, from));
    probabilities.forEach((p, k) => {
      const low = Math.floor(p * (length - 1));
      const high = Math.min(low + 1, length - 1);
      const [lower, upper] = [sorted[low] as number, sorted[high] as number];
      const first = find(lower, 0);
      below[k * count + n] = places[n * length + first] as number;
      above[k * count + n] = places[n * length + find(upper, high > low && upper === lower ? first + 1 : 0)] as number;
    });
  }
  if (typeof q === "number") {
    const [t] = fractions as [number];
    return { below, above, weights: [1 - t, t], shape };
  }
  const inner = shape ?? [];
  const along = (weights: readonly number[]): NdArray => {
    const array = zerosOf([weights.length, ...inner.map(() => 1)], floatDType(x.dtype));
    weights.forEach((weight, k) => {
      array.data[k] = weight;
    });
    return array;
  };
  return { below, above, weights: [along(fractions.map((t) => 1 - t)), along(fractions)], shape: [probabilities.length, ...inner] };
}

function interpolate(x: AnyArray, { below, above, weights, shape }: Interpolation): Operand {
  return add(scale(weights[0], takePositions(x, below, shape)), scale(weights[1], takePositions(x, above, shape)));
}

/** Both halves of a function that interpolates: it is linear in x while the order of the entries stays. */
function interpolating<R extends readonly unknown[]>(
  planFor: (x: NdArray, ...rest: R) => Interpolation,
): {
  f: (x: NdArray, ...rest: R) => number | NdArray;
  frule: (tangents: readonly unknown[], x: AnyArray, ...rest: R) => readonly [unknown, unknown];
  rrule: (x: AnyArray, ...rest: R) => readonly [unknown, (ybar: Operand) => unknown[]];
} {
  return {
    f: (x, ...rest) => interpolate(x, planFor(x, ...rest)) as number | NdArray,
    frule: ([, dx], x, ...rest) => {
      const plan = planFor(primal(x) as NdArray, ...rest);
      return [interpolate(x, plan), isZero(dx) ? dx : interpolate(dx as AnyArray, plan)];
    },
    rrule: (x, ...rest) => {
      const plain = primal(x) as NdArray;
      const plan = planFor(plain, ...rest);
      return [
        interpolate(x, plan),
        function interpolationPullback(ybar) {
          const put = (positions: Int32Array, weight: Operand): AnyArray =>
            putPositions(scale(weight, ybar), positions, plain.shape, floatDType(plain.dtype));
          return [NoTangent, add(put(plan.below, plan.weights[0]), put(plan.above, plan.weights[1])), ...rest.map(() => NoTangent)];
        },
      ];
    },
  };
}

const half = interpolating((x, options?: ReduceOptions) => interpolation("median", x, 0.5, options));

/**
 * The median over axes: the entry in the middle, or the mean of the two there. Among equal entries the first in row-major order counts, and
 * where the two in the middle are equal the first two: each has a slope of ½. NaN gives NaN.
 *   ẏ = ½ (ẋ[l] + ẋ[u])          x̄[l] += ½ ȳ,  x̄[u] += ½ ȳ,  l and u the entries in the middle
 * @throws {RangeError} when an axis is empty, does not exist or is named twice
 */
export const median: Reduction = defineRule(half.f, half, { name: "median" }) as unknown as Reduction;

/** `quantile`: a list of probabilities adds an axis in front. */
export interface Quantile {
  (x: NdArray, q: number): number;
  (x: AnyArray, q: number): Scalar;
  (x: NdArray, q: number | readonly number[], options: ReduceOptions & { readonly axis: Axes }): NdArray;
  (x: AnyArray, q: number | readonly number[], options: ReduceOptions & { readonly axis: Axes }): AnyArray;
  (x: NdArray, q: readonly number[], options?: ReduceOptions): NdArray;
  (x: AnyArray, q: readonly number[], options?: ReduceOptions): AnyArray;
  (x: NdArray, q: number | readonly number[], options?: ReduceOptions): number | NdArray;
  (x: AnyArray, q: number | readonly number[], options?: ReduceOptions): Operand;
}

const anyPart = interpolating((x, q: number | readonly number[], options?: ReduceOptions) =>
  interpolation("quantile", x, primal(q), options),
);

/**
 * Quantiles over axes: at h = q (n − 1), linear between the entries that have that rank when sorted, as NumPy's default. Among equal
 * entries the first in row-major order counts, the first two where x[l] and x[u] are equal; NaN gives NaN.
 *   ẏ = (1 − t) ẋ[l] + t ẋ[u]    x̄[l] += (1 − t) ȳ,  x̄[u] += t ȳ;  l and u have ranks ⌊h⌋ and ⌊h⌋ + 1, t = h − ⌊h⌋
 * @param q a probability, or a list of them: the result then has an axis for them in front; not differentiated
 * @throws {RangeError} when q leaves [0, 1], or an axis is empty, does not exist or is named twice
 * Source: R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages (1996), definition 7.
 */
export const quantile: Quantile = defineRule(anyPart.f, anyPart, { name: "quantile" }) as unknown as Quantile;

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
) as (x: AnyArray, options?: AxisOptions) => NdArray;
