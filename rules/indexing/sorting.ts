import { type AnyArray, defineRule, describe, optionsFor, primal } from "../../lib/core/index.js";
import { type LineKernel, type NdArray, normalizeAxis, overLines } from "../../lib/nd/index.js";
import { type LineSelection, positionsOf, selectionAlong } from "../support/line-selection.js";
import { type Selection, selectionOf, selectionRule } from "../support/positions.js";
import { decreasing, increasing, leadingOrder } from "../support/ranks.js";
import { arrayFor, flagOf } from "../support/reduce-options.js";

/** How to sort. */
export interface SortOptions {
  /** The last one when absent; negative ones count from the end. */
  readonly axis?: number | undefined;
  /** From the largest to the smallest. */
  readonly descending?: boolean | undefined;
}

/** The options of `topk`. */
export interface TopkOptions {
  /** The last one when absent; negative ones count from the end. */
  readonly axis?: number | undefined;
  /** Whether the largest entries are wanted (the default), or the smallest. */
  readonly largest?: boolean | undefined;
}

/** Reads x; writes its lines in order, and where their entries stood. */
const sorted =
  (ranked: typeof increasing): LineKernel<Int32Array> =>
  (places, count, length, first, x, start, y, to) => {
    for (let n = 0, at = 0, note = first * length; n < count; n++, at += length, note += length) {
      const { numbers, indices } = ranked(x, start + at, length);
      for (let k = 0; k < length; k++) {
        y[to + at + k] = numbers[k] as number;
        places[note + k] = indices[k] as number;
      }
    }
  };

const upwards = sorted(increasing);
const downwards = sorted(decreasing);

function inOrder(x: NdArray, options: SortOptions | undefined): LineSelection {
  const { axis: named = -1, descending = false } = optionsFor("sort", options, "axis, descending");
  const axis = normalizeAxis("sort", named, arrayFor("sort", x).dimension);
  return { axis, kernel: flagOf("sort", "descending", descending) ? downwards : upwards };
}

/**
 * The entries along an axis in increasing order, or in decreasing order; equal entries keep their order. NaN counts as larger than all
 * numbers: it comes last in increasing order, as in NumPy, and first in decreasing order.
 *   ẏ = ẋ in the same order      x̄ = ȳ put back in its places
 * At ties each entry of y goes with the entry of x that keeps its order.
 * @throws {RangeError} when the axis does not exist
 */
export const sort: {
  (x: NdArray, options?: SortOptions): NdArray;
  (x: AnyArray, options?: SortOptions): AnyArray;
} = selectionAlong("sort", inOrder);

/** `topk`: a traced array gives a traced one. */
export interface Topk {
  (x: NdArray, k: number, options?: TopkOptions): NdArray;
  (x: AnyArray, k: number, options?: TopkOptions): AnyArray;
}

/** The places of the first entries of lines, in order. */
interface FirstOnes {
  readonly places: Int32Array;
  /** How many of each line. */
  readonly extent: number;
  readonly descending: boolean;
}

const firstOnes: LineKernel<FirstOnes> = ({ places, extent, descending }, count, length, first, x, start) => {
  for (let n = 0, at = start; n < count; n++, at += length)
    places.set(leadingOrder(x.subarray(at, at + length), extent, descending), (first + n) * extent);
};

function leading(x: NdArray, k: number, options: TopkOptions | undefined): Selection {
  const { axis: named = -1, largest = true } = optionsFor("topk", options, "axis, largest");
  const axis = normalizeAxis("topk", named, arrayFor("topk", x).dimension);
  const length = x.shape[axis] as number;
  const count = primal(k);
  if (typeof count !== "number") throw new TypeError(`topk: k is ${describe(k)}; give the number of entries wanted`);
  if (!Number.isInteger(count) || count < 0 || count > length)
    throw new RangeError(`topk: k = ${count} of axis ${axis} of length ${length}; give an integer from 0 to ${length}`);
  const first = {
    places: new Int32Array((x.size / length || 0) * count),
    extent: count,
    descending: flagOf("topk", "largest", largest),
  };
  overLines(firstOnes, first, x.shape, [axis], [x], []);
  return { positions: positionsOf(first.places, x.shape, axis, count), shape: x.shape.with(axis, count) };
}

/**
 * The k largest entries along an axis from the largest on, or the k smallest from the smallest on. Among equal entries the first ones are
 * taken; NaN counts as larger than all numbers.
 *   ẏ = ẋ at the same places     x̄ = ȳ put back in its places, 0 elsewhere
 * @throws {RangeError} when the axis does not exist, or has fewer than k entries
 */
export const topk: Topk = defineRule(selectionOf(leading) as Topk, selectionRule(leading), { name: "topk", still: [1, 2] });
