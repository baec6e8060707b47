import { linearRule, optionsFor } from "../../lib/core/index.js";
import {
  copyInto,
  floatDType,
  formatShape,
  isRowMajor,
  type NdArray,
  normalizeAxis,
  numbersFor,
  packed,
  packedData,
  rowMajor,
  sameStore,
  zerosOf,
} from "../../lib/nd/index.js";
import { type Axes, arrayFor } from "../support/reduce-options.js";
import { part } from "../support/view-rule.js";
import type { Rearrangement } from "./axes.js";

/** Along which axes to roll. */
export interface RollOptions {
  /** Absent: the entries of the whole array in row-major order. */
  readonly axis?: Axes | undefined;
}

/** Entries moved along one axis; what leaves at its end comes in at its start. */
function rolledAlong(x: NdArray, axis: number, shift: number): NdArray {
  const extent = x.shape[axis] as number;
  if (extent === 0) return packed(x);
  const by = ((shift % extent) + extent) % extent;
  const y = zerosOf(x.shape, floatDType(x.dtype));
  copyInto(part(y, axis, by, extent - by), part(x, axis, 0, extent - by));
  copyInto(part(y, axis, 0, by), part(x, axis, extent - by, by));
  return y;
}

/** The entries of x, in row-major order, along one axis: x itself where they lie so. */
function asVector(x: NdArray): NdArray {
  return isRowMajor(x.shape, x.stride) ? sameStore(x, [x.size], [1], x.offset) : rowMajor(packedData(x), [x.size]);
}

function rolled(x: NdArray, shift: Axes, options: RollOptions | undefined, direction: 1 | -1): NdArray {
  const shifts = numbersFor("roll", "shift", shift);
  if (shifts.some((by) => !Number.isInteger(by))) throw new RangeError(`roll: shift = ${formatShape(shifts)}; give integers`);
  const { axis } = optionsFor("roll", options, "axis");
  if (axis === undefined) {
    const by = shifts.reduce((sum, entry) => sum + entry, 0);
    return rowMajor(rolledAlong(asVector(x), 0, direction * by).data, x.shape);
  }
  const axes = numbersFor("roll", "axis", axis);
  if (shifts.length !== 1 && shifts.length !== axes.length) {
    throw new RangeError(`roll: ${shifts.length} shifts for ${axes.length} axes; give one shift for each axis, or one for all`);
  }
  return axes.reduce(
    (y, entry, k) => rolledAlong(y, normalizeAxis("roll", entry, x.dimension), direction * (shifts[shifts.length === 1 ? 0 : k] as number)),
    axes.length === 0 ? packed(x) : x,
  );
}

/**
 * x with its entries moved along axes by `shift` places; those that leave at the end come in at the start. Without an axis the entries of
 * the whole array move, in row-major order.
 *   ẏ = roll(ẋ, shift)           x̄ = roll(ȳ, −shift)
 * @param shift towards the end; negative ones move towards the start; one for each axis, or one for all
 * @throws {RangeError} when a shift is not an integer, their number does not fit, or an axis does not exist
 */
export const roll: Rearrangement<[shift: Axes, options?: RollOptions]> = linearRule(
  (x: NdArray, shift: Axes, options?: RollOptions) => rolled(arrayFor("roll", x), shift, options, 1),
  (ybar: NdArray, _: NdArray, shift: Axes, options?: RollOptions) => rolled(ybar, shift, options, -1),
  { name: "roll" },
);
