import { operandsDType, type PlainOperand } from "../../lib/core/calls/elementwise.js";
import { type AnyArray, cotangentOf, describe, linearRule, type Operand, optionsFor, thunk } from "../../lib/core/index.js";
import {
  broadcastsTo,
  expectSize,
  expectSound,
  floatDType,
  formatShape,
  isNdArray,
  type NdArray,
  packed,
  shown,
  sizeOf,
  zerosOf,
} from "../../lib/nd/index.js";
import type { AxisOptions } from "../shaping/joining.js";
import { addBlocks, type Blocks, readBlocks, writeBlocks } from "../support/blocks.js";
import { arrayFor } from "../support/reduce-options.js";
import { blocksAt } from "./gather.js";
import { type Indices, indicesFor } from "./indices.js";
import { blocksAlong, blocksOver } from "./take.js";

/** Updates brought to places of an array. */
export interface Scatter {
  (base: NdArray, indices: Indices, updates: PlainOperand, options?: AxisOptions): NdArray;
  (base: AnyArray, indices: Indices, updates: Operand, options?: AxisOptions): AnyArray;
}

/** One list for each axis, of lists that may stand place by place, [[row, col], …], where they cannot be meant axis by axis. */
function axisByAxis(x: NdArray, lists: readonly Indices[], updates: PlainOperand): readonly Indices[] {
  const [length, ...others] = lists.map((list) => (list as ArrayLike<unknown>).length);
  const count = typeof updates === "number" ? undefined : updates.shape[0];
  const fits = length !== undefined && length <= x.dimension && others.every((other) => other === length);
  const byPlace = fits && (lists.length > x.dimension || (count === lists.length && count !== length));
  return byPlace ? Array.from({ length }, (_, axis) => lists.map((list) => (list as readonly Indices[])[axis] as Indices)) : lists;
}

/** Where updates go: along an axis for a list of indices, at places for a list of lists. */
function places(who: string, x: NdArray, indices: Indices, updates: PlainOperand, options: AxisOptions | undefined): Blocks {
  const lists = Array.isArray(indices) && indices.length > 0 && indices.every((list) => typeof list === "object" && list !== null);
  if (!lists) return blocksAlong(who, x, indices, options);
  const { axis = 0 } = optionsFor(who, options, "axis");
  if (axis !== 0)
    throw new RangeError(
      `${who}: axis = ${shown(axis)} with a list of lists, one for each axis from 0 on; leave the axis out, or give one list of indices`,
    );
  return blocksAt(who, x, axisByAxis(x, indices as readonly Indices[], updates), "indices");
}

/** A copy of the base in the kind of the result, after a look at all arguments. */
function startOf(who: string, base: NdArray, updates: PlainOperand): NdArray {
  if (!isNdArray(base)) throw new TypeError(`${who}: base is ${describe(base)}; an array is needed`);
  expectSound(who, "base", base);
  if (typeof updates !== "number") {
    if (!isNdArray(updates)) throw new TypeError(`${who}: updates is ${describe(updates)}; a number or an array is needed`);
    expectSound(who, "updates", updates);
  }
  return packed(base, operandsDType([base, updates]));
}

function expectUpdates(who: string, updates: PlainOperand, { result }: Blocks): void {
  if (typeof updates === "number" || broadcastsTo(updates.shape, result)) return;
  throw new RangeError(
    `${who}: updates has shape ${formatShape(updates.shape)} for places of shape ${formatShape(result)}; make them equal, or one that broadcasts`,
  );
}

/** The function that brings updates to places of a copy of base. */
function scattered(
  who: string,
  bring: typeof addBlocks | typeof writeBlocks,
): (base: NdArray, indices: Indices, updates: PlainOperand, options?: AxisOptions) => NdArray {
  return (base, indices, updates, options) => {
    const y = startOf(who, base, updates);
    const blocks = places(who, y, indices, updates, options);
    expectUpdates(who, updates, blocks);
    bring(who, y, blocks, updates);
    return y;
  };
}

/**
 * base with updates added at indices of an axis: y[indices[k]] += updates[k]. All updates of an index that repeats add up.
 *   ẏ = scatterAdd(ḃase, indices, u̇pdates)    base̅ = ȳ,  updates̅ = take(ȳ, indices)
 * @param indices integers as `take` has them, along the axis; or a list of lists as `gather` has them, one for each axis from 0 on:
 *                [rows, cols] adds updates[k] to the entry at rows[k], cols[k]. Lists that cannot be meant so, more of them than axes or as many
                as updates, are places: [[row, col], …]
 * @param updates the shape that `take` or `gather` gives at these indices, or one that broadcasts to it
 * @param options the axis; 0 when absent
 * @throws {RangeError} when an index leaves its axis, the axis does not exist, or the updates do not fit
 */
export const scatterAdd: Scatter = linearRule(
  scattered("scatterAdd", addBlocks),
  (ybar: NdArray, base: NdArray, indices: Indices, updates: PlainOperand, options?: AxisOptions) => [
    thunk(() => cotangentOf(base as Operand, ybar)),
    thunk(() =>
      cotangentOf(
        updates as Operand,
        readBlocks(ybar, (y) => places("scatterAdd", y, indices, updates, options)),
      ),
    ),
  ],
  { name: "scatterAdd", linearIn: [0, 2] },
);

/** Sets what was taken of a block to 0 where a later one stands at the same place: it has hidden what was written there. */
function clearHidden(taken: NdArray, { list, shape, before }: Blocks): void {
  let most = -1;
  for (let k = 0; k < list.length; k++) if ((list[k] as number) > most) most = list[k] as number;
  const last = new Int32Array(most + 1);
  for (let k = 0; k < list.length; k++) last[list[k] as number] = k;
  const data = taken.data as Float64Array;
  const length = sizeOf(shape.slice(before));
  for (let k = 0; k < list.length; k++) {
    if (last[list[k] as number] === k) continue;
    for (let at = k * length; at < data.length; at += list.length * length) data.fill(0, at, at + length);
  }
}

/**
 * base with updates in place of the entries at indices of an axis: y[indices[k]] = updates[k]. Of updates at one place the last one stays,
 * and the others have no derivative.
 *   ẏ = scatterSet(ḃase, indices, u̇pdates)    base̅ = ȳ, 0 at these places;  updates̅ = take(ȳ, indices), 0 where a later one stays
 * @param indices as for `scatterAdd`
 * @param updates the shape that `take` or `gather` gives at these indices, or one that broadcasts to it
 * @param options the axis; 0 when absent
 * @throws {RangeError} when an index leaves its axis, the axis does not exist, or the updates do not fit
 */
export const scatterSet: Scatter = linearRule(
  scattered("scatterSet", writeBlocks),
  (ybar: NdArray, base: NdArray, indices: Indices, updates: PlainOperand, options?: AxisOptions) => {
    const rest = packed(ybar);
    const blocks = places("scatterSet", rest, indices, updates, options);
    const taken = readBlocks(rest, () => blocks);
    if (typeof taken !== "number") clearHidden(taken, blocks);
    writeBlocks("scatterSet", rest, blocks, 0);
    return [cotangentOf(base as Operand, rest), thunk(() => cotangentOf(updates as Operand, taken))];
  },
  { name: "scatterSet", linearIn: [0, 2] },
);

/** The rows of an array of segments that the rows of x go into. */
function segments(y: NdArray, x: NdArray, ids: Indices): Blocks {
  const count = y.shape[0] as number;
  const places = indicesFor("segmentSum", "ids", ids, { of: `${count} segments`, length: count });
  const { shape } = places;
  if (shape.length !== 1 || shape[0] !== x.shape[0]) {
    throw new RangeError(
      `segmentSum: ids has shape ${formatShape(shape)}, axis 0 of x has length ${x.shape[0]}; give one id for each entry along it`,
    );
  }
  return blocksOver(y, 0, places);
}

/**
 * The sums of the entries of x along its first axis that have the same id: y[s] = Σ x[k] over ids[k] = s. A segment without entries is 0.
 *   ẏ = segmentSum(ẋ, ids, count)          x̄[k] = ȳ[ids[k]]
 * @param x     shape [n, …]
 * @param ids   n integers from 0 to count − 1, in any order; negative ones count from the end
 * @param count how many segments there are
 * @returns     shape [count, …]
 * @throws {RangeError} when an id is none of the segments, or there is not one for each entry
 */
export const segmentSum: {
  (x: NdArray, ids: Exclude<Indices, number>, count: number): NdArray;
  (x: AnyArray, ids: Exclude<Indices, number>, count: number): AnyArray;
} = linearRule(
  (x: NdArray, ids: Exclude<Indices, number>, count: number): NdArray => {
    if (arrayFor("segmentSum", x).dimension === 0) throw new RangeError("segmentSum: x has no axes; give an array with one or more");
    if (typeof count !== "number") throw new TypeError(`segmentSum: count is ${describe(count)}; give the number of segments`);
    if (!Number.isInteger(count) || count < 0) throw new RangeError(`segmentSum: count = ${count}; give an integer, 0 or more`);
    expectSize("segmentSum", x.shape.with(0, count));
    const y = zerosOf(x.shape.with(0, count), floatDType(x.dtype));
    addBlocks("segmentSum", y, segments(y, x, ids), x);
    return y;
  },
  (ybar: NdArray, x: NdArray, ids: Indices) => readBlocks(ybar, (y) => segments(y, x, ids)),
  { name: "segmentSum" },
);
