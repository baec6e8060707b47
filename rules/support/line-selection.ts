import { type AnyArray, defineRule, NoTangent, type OfArray, primal } from "../../lib/core/index.js";
import { resultLike } from "../../lib/nd/float-array.js";
import { floatDType, type LineKernel, type NdArray, overLines, sizeOf } from "../../lib/nd/index.js";
import { isPlain } from "./fused.js";
import { lineByLine } from "./line-by-line.js";
import { putPositions, takePositions } from "./positions.js";

/** How to select: along which axis, and the loop that reads x, writes y and notes the place in its own line of x of each entry of y. */
export interface LineSelection {
  readonly axis: number;
  readonly kernel: LineKernel<Int32Array>;
  /** Reads ȳ; writes x̄. One that goes by the places when absent. */
  readonly put?: LineKernel<Int32Array>;
}

/** y[k] = x[places[k]] along lines. */
const take: LineKernel<Int32Array> = (places, count, length, first, x, start, y, to) => {
  for (let n = 0, at = 0, from = first * length; n < count; n++, at += length, from += length)
    for (let k = 0; k < length; k++) y[to + at + k] = x[start + at + (places[from + k] as number)] as number;
};

/** x[places[k]] += y[k] along lines. */
const putByPlaces: LineKernel<Int32Array> = (places, count, length, first, y, start, x, to) => {
  x.fill(0, to, to + count * length);
  for (let n = 0, at = 0, from = first * length; n < count; n++, at += length, from += length)
    for (let k = 0; k < length; k++) (x[to + at + (places[from + k] as number)] as number) += y[start + at + k] as number;
};

/**
 * Places in lines, which come line by line, as an array has them along an axis in row-major order.
 * @param shape  of the array they are places in
 * @param extent how many there are for each line
 * @param entry  what to make of a place; `first` is the row-major position of its line's first entry, the next ones are `step` apart
 */
export function inArrayOrder(
  places: Int32Array,
  shape: readonly number[],
  axis: number,
  extent: number,
  entry: (place: number, first: number, step: number) => number,
): Int32Array {
  const arranged = new Int32Array(places.length);
  const length = shape[axis] as number;
  const inner = sizeOf(shape.slice(axis + 1));
  for (let n = 0, line = 0; n < places.length; n += extent, line++) {
    const lane = line % inner;
    const outer = (line - lane) / inner;
    const first = outer * length * inner + lane;
    for (let k = 0; k < extent; k++) arranged[(outer * extent + k) * inner + lane] = entry(places[n + k] as number, first, inner);
  }
  return arranged;
}

/** The row-major positions of places in lines. */
export function positionsOf(places: Int32Array, shape: readonly number[], axis: number, extent: number): Int32Array {
  return inArrayOrder(places, shape, axis, extent, (place, first, step) => first + place * step);
}

/** A differentiable function whose result has, in each line along an axis, entries of that line of x. */
export function selectionAlong<O>(
  name: string,
  selectionFor: (x: NdArray, options: O | undefined) => LineSelection,
): OfArray<[options?: O]> {
  const select = (x: NdArray, options: O | undefined): { y: NdArray; places: Int32Array } & Required<LineSelection> => {
    const { axis, kernel, put = putByPlaces } = selectionFor(x, options);
    const places = new Int32Array(x.size);
    const y = resultLike(x);
    overLines(kernel, places, x.shape, [axis], [x], [y]);
    return { y, places, axis, kernel, put };
  };

  return defineRule(
    (x: NdArray, options?: O) => select(x, options).y,
    {
      frule: ([, dx]: readonly AnyArray[], x: AnyArray, options?: O) => {
        const { y, places, axis } = select(primal(x), options);
        if (isPlain(x, dx)) return [y, lineByLine(take, places, dx as NdArray, axis)];
        const positions = positionsOf(places, x.shape, axis, x.shape[axis] as number);
        return [takePositions(x, positions, x.shape), takePositions(dx as AnyArray, positions, x.shape)];
      },
      rrule: (x: AnyArray, options?: O) => {
        const plain = primal(x);
        const { y, places, axis, put } = select(plain, options);
        const positions = (): Int32Array => positionsOf(places, x.shape, axis, x.shape[axis] as number);
        return [
          isPlain(x) ? y : takePositions(x, positions(), x.shape),
          function selectionPullback(ybar: AnyArray) {
            return [
              NoTangent,
              isPlain(ybar)
                ? lineByLine(put, places, ybar as NdArray, axis)
                : putPositions(ybar, positions(), plain.shape, floatDType(plain.dtype)),
            ];
          },
        ];
      },
    },
    { name, still: [1], fresh: true },
  );
}
