import type { AnyArray, Operand } from "../../lib/core/index.js";
import { broadcastShapes, broadcastView, formatShape, type NdArray, offsetsOf, rowMajor, sameShape, sizeOf } from "../../lib/nd/index.js";
import { type Blocks, blockRule } from "../support/blocks.js";
import { extentOf, type Indices, indicesFor } from "./indices.js";

/**
 * The blocks at places given axis by axis, as NumPy's x[rows, cols]: entries of a matrix for two lists, its rows for one.
 * @param name the argument that the lists came in
 */
export function blocksAt(who: string, x: NdArray, lists: readonly Indices[], name: string): Blocks {
  const { shape, stride, offset } = x;
  const count = lists.length;
  if (count === 0 || count > shape.length) {
    throw new RangeError(
      `${who}: ${count} lists of indices for an array of shape ${formatShape(shape)}; give one for each axis, or for the first ones`,
    );
  }
  const places = lists.map((list, axis) => indicesFor(who, `${name}[${axis}]`, list, extentOf(shape, axis)));
  const common = broadcastShapes(who, ...places.map((list) => list.shape));
  const positions = new Int32Array(sizeOf(common));
  places.forEach(({ list, shape: own }, axis) => {
    const step = stride[axis] as number;
    const indices = sameShape(own, common) ? list : offsetsOf(broadcastView(rowMajor(list, own), common)).map((at) => list[at] as number);
    if (axis === 0) for (let n = 0; n < positions.length; n++) positions[n] = offset + Math.imul(indices[n] as number, step);
    else for (let n = 0; n < positions.length; n++) (positions[n] as number) += Math.imul(indices[n] as number, step);
  });
  const [rest, steps] = [shape.slice(count), stride.slice(count)];
  return { list: positions, offset: 0, step: 1, shape: rest, stride: steps, before: 0, result: [...common, ...rest] };
}

/**
 * The entries of x at places given axis by axis: y[k] = x[rows[k], cols[k]]. Fewer lists than axes take whole rows, as NumPy's x[rows] does;
 * numbers stand for all places alike. Places may repeat.
 *   ẏ = gather(ẋ, …)             x̄[rows[k], cols[k]] += ȳ[k], 0 elsewhere
 * @param indexLists integers, one list for each axis; their shapes broadcast. Negative ones count from the end
 * @returns shape of the lists, followed by the axes that have none; a number for numbers alone
 * @throws {RangeError} when an index leaves its axis, the lists do not fit together, or are more than the axes
 */
export const gather: {
  (x: NdArray, ...indexLists: number[]): number | NdArray;
  (x: NdArray, ...indexLists: Exclude<Indices, number>[]): NdArray;
  (x: NdArray, ...indexLists: Indices[]): number | NdArray;
  (x: AnyArray, ...indexLists: Exclude<Indices, number>[]): AnyArray;
  (x: AnyArray, ...indexLists: Indices[]): Operand;
} = blockRule("gather", (x, ...lists: Indices[]) => blocksAt("gather", x, lists, "indexLists"));
