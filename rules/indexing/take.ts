import { type AnyArray, type Operand, optionsFor, type Scalar } from "../../lib/core/index.js";
import {
  broadcastShapes,
  broadcastView,
  formatShape,
  type NdArray,
  normalizeAxis,
  offsetsOf,
  rowMajor,
  sameShape,
  sameStore,
} from "../../lib/nd/index.js";
import type { AxisOptions } from "../shaping/joining.js";
import { type Blocks, blockRule, entriesAt } from "../support/blocks.js";
import { extentOf, type IndexList, type Indices, indicesFor } from "./indices.js";

/** The blocks that indices take along an axis: x without that axis, once for each index. */
export function blocksAlong(who: string, x: NdArray, indices: Indices, options: AxisOptions | undefined): Blocks {
  const { axis: named = 0 } = optionsFor(who, options, "axis");
  const axis = normalizeAxis(who, named, x.dimension);
  return blocksOver(x, axis, indicesFor(who, "indices", indices, extentOf(x.shape, axis)));
}

/** The blocks of x at these places along an axis, which their shape replaces. */
export function blocksOver(x: NdArray, axis: number, { list, shape }: IndexList): Blocks {
  return {
    list,
    offset: x.offset,
    step: x.stride[axis] as number,
    shape: x.shape.toSpliced(axis, 1),
    stride: x.stride.toSpliced(axis, 1),
    before: axis,
    result: x.shape.toSpliced(axis, 1, ...shape),
  };
}

/** `take`: one index drops the axis, and of a vector takes a number. */
export interface Take {
  (x: NdArray, indices: number, options?: AxisOptions): number | NdArray;
  (x: AnyArray, indices: Scalar, options?: AxisOptions): Operand;
  (x: NdArray, indices: Exclude<Indices, number>, options?: AxisOptions): NdArray;
  (x: AnyArray, indices: Exclude<Indices, number>, options?: AxisOptions): AnyArray;
  (x: NdArray, indices: Indices, options?: AxisOptions): number | NdArray;
  (x: AnyArray, indices: Indices, options?: AxisOptions): Operand;
}

/**
 * The entries of x at these indices of an axis, in their order; indices may repeat. The axis gives way to those of the indices: none for
 * one number.
 *   ẏ = take(ẋ, indices)         x̄ has each ȳ added at its index, 0 elsewhere
 * @param indices integers of any shape, negative ones count from the end
 * @param options the axis; 0 when absent
 * @throws {RangeError} when an index leaves the axis, or the axis does not exist
 */
export const take: Take = blockRule("take", (x, indices: Indices, options?: AxisOptions) => blocksAlong("take", x, indices, options));

/** The entries that indices take along an axis, each at its own place along the others. */
function entriesAlong(x: NdArray, given: Indices, options: AxisOptions | undefined): Blocks {
  const who = "takeAlongAxis";
  const { axis: named = -1 } = optionsFor(who, options, "axis");
  const axis = normalizeAxis(who, named, x.dimension);
  const { list, shape } = indicesFor(who, "indices", given, extentOf(x.shape, axis));
  if (shape.length !== x.dimension) {
    throw new RangeError(
      `${who}: indices of shape ${formatShape(shape)} for an array of shape ${formatShape(x.shape)}; give as many axes (take takes the same indices everywhere)`,
    );
  }
  const result = broadcastShapes(who, x.shape.with(axis, shape[axis] as number), shape);
  const across = broadcastView(sameStore(x, x.shape.with(axis, 1), x.stride, x.offset), result);
  return entriesAt(placesAlong(across, rowMajor(list, shape), x.stride[axis] as number, axis === x.dimension - 1), result);
}

/** Where entries lie that are `list` steps away from those of a view; along the last axis that view stands still. */
function placesAlong(across: NdArray, indices: NdArray, step: number, alongLast: boolean): Int32Array {
  const { shape } = across;
  const list = indices.data as Int32Array;
  if (alongLast && sameShape(indices.shape, shape)) {
    const starts = offsetsOf({ shape: shape.slice(0, -1), stride: across.stride, offset: across.offset });
    const length = shape.at(-1) as number;
    const places = new Int32Array(list.length);
    for (let i = 0, n = 0; i < starts.length; i++) {
      const start = starts[i] as number;
      for (const end = n + length; n < end; n++) places[n] = start + Math.imul(list[n] as number, step);
    }
    return places;
  }
  const places = offsetsOf(across);
  const chosen = offsetsOf(broadcastView(indices, shape));
  for (let n = 0; n < places.length; n++) (places[n] as number) += Math.imul(list[chosen[n] as number] as number, step);
  return places;
}

/**
 * One entry of x along an axis for each index: y[i, k] = x[i, indices[i, k]] for the last axis. What `argsort` gives sorts, what `argmax`
 * gives with its axis kept finds the largest.
 *   ẏ = takeAlongAxis(ẋ, indices)          x̄[i, indices[i, k]] += ȳ[i, k]
 * @param indices as many axes as x has; along the others they broadcast with it, negative ones count from the end
 * @param options the axis; the last one when absent
 * @throws {RangeError} when an index leaves the axis, the axis does not exist, or the shapes do not broadcast
 */
export const takeAlongAxis: {
  (x: NdArray, indices: Indices, options?: AxisOptions): NdArray;
  (x: AnyArray, indices: Indices, options?: AxisOptions): AnyArray;
} = blockRule("takeAlongAxis", entriesAlong);
