import {
  type AnyArray,
  add,
  defineRule,
  describe,
  isZero,
  NoTangent,
  type Operand,
  primal,
  type Scalar,
  scale,
  strongProduct,
} from "../../lib/core/index.js";
import { floatResult, resultLike } from "../../lib/nd/float-array.js";
import {
  extentsOf,
  floatDType,
  type LineKernel,
  type NdArray,
  overLines,
  positionsInLines,
  refuseEmpty,
  shown,
} from "../../lib/nd/index.js";
import { isPlain } from "../support/fused.js";
import { linedNumbers } from "../support/lined-numbers.js";
import { entriesAt, putPositions, takePositions } from "../support/positions.js";
import { type Axes, arrayFor, type ReduceOptions, type Reduction, reducedBy } from "../support/reduce-options.js";
import { resultOf } from "./reduction-rule.js";

/** What interpolates between two entries of each slice: y = (1 − t) x[below] + t x[above]; each probability has its own part of the lists. */
interface Interpolation {
  readonly below: Int32Array;
  readonly above: Int32Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** t of each probability. */
  readonly fractions: readonly number[];
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

/** What the search for quantiles along lines knows: ranks that are wanted, and for each of them what was found in each line. */
interface Search {
  readonly ranks: readonly number[];
  /** How many lines there are in all. */
  readonly lines: number;
  readonly sorted: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly below: Int32Array;
  readonly above: Int32Array;
}

/** The place from `from` on of an entry, or of the first NaN, in a line that has it. */
function placeOf(entry: number, from: number, x: Float64Array, at: number): number {
  let k = from;
  if (Number.isNaN(entry)) while (!Number.isNaN(x[at + k])) k++;
  else while (x[at + k] !== entry) k++;
  return k;
}

const search: LineKernel<Search> = ({ ranks, lines, sorted, lower, upper, below, above }, count, length, first, x, start) => {
  for (let n = 0, at = start; n < count; n++, at += length) {
    for (let k = 0; k < length; k++) sorted[k] = x[at + k] as number;
    sorted.sort(); // NaN comes last
    const spoilt = Number.isNaN(sorted[length - 1]);
    for (let q = 0, to = first + n; q < ranks.length; q++, to += lines) {
      const low = ranks[q] as number;
      const high = Math.min(low + 1, length - 1);
      const [a, b] = spoilt ? [Number.NaN, Number.NaN] : [sorted[low] as number, sorted[high] as number];
      const place = placeOf(a, 0, x, at);
      lower[to] = a;
      upper[to] = b;
      below[to] = place;
      above[to] = placeOf(b, !spoilt && high > low && a === b ? place + 1 : 0, x, at);
    }
  }
};

/**
 * Where the quantiles lie: between two order statistics, each of them the first entry, in row-major order, that equals it. Two neighbours
 * that are equal are the first two: each takes its own share.
 */
function interpolation(who: string, x: NdArray, q: number | readonly number[], options: ReduceOptions | undefined): Interpolation {
  const probabilities = checkedProbabilities(who, q);
  const { axes, shape } = reducedBy(who, arrayFor(who, x).shape, options);
  refuseEmpty(who, x.shape, axes);
  const { count: lines, length } = extentsOf(x.shape, axes);
  const size = probabilities.length * lines;
  const found: Search = {
    ranks: probabilities.map((p) => Math.floor(p * (length - 1))),
    lines,
    sorted: new Float64Array(length),
    lower: new Float64Array(size),
    upper: new Float64Array(size),
    below: new Int32Array(size),
    above: new Int32Array(size),
  };
  overLines(search, found, x.shape, axes, [x], []);
  const { lower, upper, below, above } = found;
  for (const places of [below, above])
    for (let to = 0; to < size; to += lines) places.set(positionsInLines(places.subarray(to, to + lines), x.shape, axes), to);
  const fractions = probabilities.map((p) => (p * (length - 1)) % 1);
  return { lower, upper, below, above, fractions, shape: typeof q === "number" ? shape : [probabilities.length, ...(shape ?? [])] };
}

/** (1 − t) a + t b, entry by entry, t by the part of the lists. */
function between({ fractions }: Interpolation, a: Float64Array, b: Float64Array): Float64Array {
  const lines = a.length / fractions.length;
  return a.map((entry, n) => {
    const t = fractions[Math.floor(n / lines)] as number;
    return strongProduct(1 - t, entry) + strongProduct(t, b[n] as number);
  });
}

/** 1 − t and t: numbers, or arrays along the first axis of the result. */
function weightsOf({ fractions, shape }: Interpolation, x: NdArray): readonly [Operand, Operand] {
  if (shape === undefined || fractions.length === 1) return [1 - (fractions[0] as number), fractions[0] as number];
  const along = (weights: readonly number[]): AnyArray =>
    floatResult(Float64Array.from(weights), [weights.length, ...shape.slice(1).map(() => 1)], floatDType(x.dtype)) as AnyArray;
  return [along(fractions.map((t) => 1 - t)), along(fractions)];
}

/** As `between`, in differentiable functions. */
function interpolate(x: AnyArray, plan: Interpolation): Operand {
  const [own, other] = weightsOf(plan, primal(x));
  return add(scale(own, takePositions(x, plan.below, plan.shape)), scale(other, takePositions(x, plan.above, plan.shape)));
}

/** Both halves of a function that interpolates: it is linear in x while the order of the entries stays. */
function interpolating<R extends readonly unknown[]>(
  planFor: (x: NdArray, ...rest: R) => Interpolation,
): {
  f: (x: NdArray, ...rest: R) => number | NdArray;
  frule: (tangents: readonly unknown[], x: AnyArray, ...rest: R) => readonly [unknown, unknown];
  rrule: (x: AnyArray, ...rest: R) => readonly [unknown, (ybar: Operand) => unknown[]];
} {
  const valueFrom = (x: NdArray, plan: Interpolation): number | NdArray => resultOf(between(plan, plan.lower, plan.upper), x, plan);
  /** ẏ of plain arrays. */
  const moved = (dx: NdArray, plan: Interpolation): number | NdArray => {
    const at = (positions: Int32Array): Float64Array => linedNumbers(entriesAt(dx, positions, [positions.length]) as NdArray);
    return resultOf(between(plan, at(plan.below), at(plan.above)), dx, plan);
  };
  /** x̄ of plain arrays. */
  const spread = (x: NdArray, ybar: number | NdArray, { below, above, fractions }: Interpolation): NdArray => {
    const seeds = typeof ybar === "number" ? Float64Array.of(ybar) : linedNumbers(ybar);
    const lines = seeds.length / fractions.length;
    const xbar = resultLike(x);
    for (let n = 0; n < seeds.length; n++) {
      const t = fractions[Math.floor(n / lines)] as number;
      (xbar.data[below[n] as number] as number) += strongProduct(1 - t, seeds[n] as number);
      (xbar.data[above[n] as number] as number) += strongProduct(t, seeds[n] as number);
    }
    return xbar;
  };
  return {
    f: (x, ...rest) => valueFrom(x, planFor(x, ...rest)),
    frule: ([, dx], x, ...rest) => {
      const plain = primal(x);
      const plan = planFor(plain, ...rest);
      if (!isZero(dx) && isPlain(x, dx)) return [valueFrom(plain, plan), moved(dx as NdArray, plan)];
      return [interpolate(x, plan), isZero(dx) ? dx : interpolate(dx as AnyArray, plan)];
    },
    rrule: (x, ...rest) => {
      const plain = primal(x);
      const plan = planFor(plain, ...rest);
      return [
        isPlain(x) ? valueFrom(plain, plan) : interpolate(x, plan),
        function interpolationPullback(ybar) {
          const [own, other] = weightsOf(plan, plain);
          const put = (positions: Int32Array, weight: Operand): AnyArray =>
            putPositions(scale(weight, ybar), positions, plain.shape, floatDType(plain.dtype));
          const xbar = isPlain(ybar) ? spread(plain, ybar as number | NdArray, plan) : add(put(plan.below, own), put(plan.above, other));
          return [NoTangent, xbar, ...rest.map(() => NoTangent)];
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
export const median: Reduction = defineRule(half.f, half, { name: "median", still: [1] });

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
export const quantile: Quantile = defineRule(anyPart.f, anyPart, { name: "quantile", still: [1, 2] });
