import { type AnyArray, addedTo, describe, linearRule, type Scalar } from "../../lib/core/index.js";
import { addInto, formatShape, type NdArray, packed, sameStore, shown } from "../../lib/nd/index.js";
import { arrayFor } from "../support/reduce-options.js";

/**
 * What to take of one axis: null for all of it, an integer for one entry (the axis is then left out), or [start, stop, step], half-open, of
 * which each part may be undefined or absent. Negative numbers count from the end.
 */
export type SliceEntry = null | number | readonly [start?: number | undefined, stop?: number | undefined, step?: number | undefined];

/**
 * `slice`: entries for all axes that are integers select one number. How many axes there are, no type says: one integer of a matrix gives a
 * row, and is typed as one when null stands for the other axis.
 */
export interface Slice {
  (x: NdArray, index: readonly number[]): number;
  (x: AnyArray, index: readonly number[]): Scalar;
  (x: NdArray, index: readonly (null | SliceEntry)[]): NdArray;
  (x: AnyArray, index: readonly (null | SliceEntry)[]): AnyArray;
}

/** Start and length of what a [start, stop, step] takes of an axis, as NumPy clips it. */
function runOf(entry: Exclude<SliceEntry, null | number>, axis: number, extent: number): { start: number; step: number; length: number } {
  const [, , step = 1] = entry;
  if (entry.length > 3 || step === 0 || !entry.every((part) => part === undefined || Number.isInteger(part))) {
    throw new RangeError(
      `slice: index[${axis}] = [${entry.map((part) => (part === undefined ? "" : shown(part))).join(", ")}]; give [start, stop, step], integers or undefined, with a step other than 0`,
    );
  }
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? extent : extent - 1;
  const clipped = (part: number | undefined, absent: number): number =>
    part === undefined ? absent : Math.min(high, Math.max(low, part < 0 ? part + extent : part));
  const start = clipped(entry[0], step > 0 ? low : high);
  const stop = clipped(entry[1], step > 0 ? high : low);
  return { start, step, length: Math.max(0, Math.ceil((stop - start) / step)) };
}

/** The view that an index takes of an array, on whatever store. */
function sliceView(x: NdArray, index: readonly SliceEntry[]): NdArray {
  const { shape: extents, stride: steps } = x;
  if (!Array.isArray(index) || index.length > extents.length) {
    const count = Array.isArray(index) ? `has ${index.length} entries` : `is ${describe(index)}`;
    throw new RangeError(
      `slice: the index ${count} for an array of shape ${formatShape(extents)}; give at most one entry for each axis, null for all of it`,
    );
  }
  const shape: number[] = [];
  const stride: number[] = [];
  let { offset } = x;
  for (let axis = 0; axis < extents.length; axis++) {
    const entry = axis < index.length ? (index as readonly SliceEntry[])[axis] : null;
    const extent = extents[axis] as number;
    const step = steps[axis] as number;
    if (typeof entry === "number") {
      if (!Number.isInteger(entry) || entry < -extent || entry >= extent) {
        throw new RangeError(
          `slice: index[${axis}] = ${entry} leaves axis ${axis} of length ${extent}; use an integer from ${-extent} to ${extent - 1}`,
        );
      }
      offset += (entry < 0 ? entry + extent : entry) * step;
      continue;
    }
    if (entry !== null && !Array.isArray(entry)) {
      throw new TypeError(`slice: index[${axis}] is ${describe(entry)}; give null, an integer, or [start, stop, step]`);
    }
    const run = runOf(entry ?? [], axis, extent);
    offset += run.start * step;
    shape.push(run.length);
    stride.push(run.step * step);
  }
  return sameStore(x, shape, stride, offset);
}

/**
 * The part of x that an index takes: one entry for each axis; axes at the end that have none stay whole, as in NumPy. Integers for all axes
 * give a number.
 *   ẏ = slice(ẋ, index)          x̄ has ȳ at these places, 0 elsewhere
 * @throws {RangeError} when an integer leaves its axis, a step is 0, or there are more entries than axes
 */
export const slice: Slice = linearRule(
  (x: NdArray, index: readonly SliceEntry[]) => {
    const view = sliceView(arrayFor("slice", x), index);
    return view.dimension === 0 ? (view.data[view.offset] as number) : packed(view);
  },
  (ybar: number | NdArray, x: NdArray, index: readonly SliceEntry[]) => {
    return addedTo(x, (acc) => {
      const view = sliceView(acc, index);
      if (typeof ybar === "number") (view.data[view.offset] as number) += ybar;
      else addInto(view, ybar);
    });
  },
  {
    name: "slice",
    view: (x, index) => {
      const view = sliceView(x as NdArray, index as readonly SliceEntry[]);
      return view.dimension === 0 ? undefined : view;
    },
  },
);
