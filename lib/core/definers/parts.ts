import {
  type FloatDType,
  floatDType,
  forEachPosition,
  isRowMajor,
  type NdArray,
  packed,
  packedData,
  rowMajor,
  sameStore,
  takeZeros,
} from "../../nd/index.js";
import type { AnyArray } from "../level.js";
import type { OfArray } from "../lifted.js";
import { linearMap } from "../tangents/linear-map.js";

type Floats = Float64Array | Float32Array;

/** Where the entries of a part lie in a flat array. */
export interface Place {
  readonly length: number;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
}

/** Puts parts, one after another along a first axis, each into a flat array of zeros. */
function put(parts: NdArray, count: number, place: Place, dtype: FloatDType): Floats {
  const { length } = place;
  const out = takeZeros(dtype, count * length);
  const { data, start } = inRow(parts);
  if (place.shape.length === 1 && place.stride[0] === 1) {
    const run = place.shape[0] as number;
    for (let k = 0, from = start; k < count; k++) {
      for (let i = 0, base = k * length + place.offset; i < run; i++) out[base + i] = data[from++] as number;
    }
    return out;
  }
  const positions = new Int32Array(parts.size / count);
  let n = 0;
  forEachPosition(place, (at) => {
    positions[n++] = at;
  });
  for (let k = 0, from = start; k < count; k++) {
    for (let i = 0, base = k * length; i < n; i++) out[base + (positions[i] as number)] = data[from++] as number;
  }
  return out;
}

/** The entries of an array one after another. */
function inRow(x: NdArray): { data: ArrayLike<number>; start: number } {
  return isRowMajor(x.shape, x.stride) && x.dtype !== "generic" ? { data: x.data, start: x.offset } : { data: packedData(x), start: 0 };
}

/**
 * A flat array of zeros with the entries of x at a place: the transpose of `taken`.
 *   ẏ = placed(ẋ)                x̄ = taken(ȳ)
 * @param x of the place's shape
 */
export const placed: OfArray<[place: Place]> = linearMap(
  "placed",
  {
    primal: (x: NdArray, place: Place) => rowMajor(put(x, 1, place, floatDType(x.dtype)), [place.length]),
    stacked: (stack, [, place]) => {
      const columns = stack.shape[0] as number;
      return rowMajor(put(stack, columns, place as Place, floatDType(stack.dtype)), [columns, (place as Place).length]);
    },
    direct: true,
  },
  (_: unknown, place: Place) => (ybar: AnyArray) => taken(ybar, place),
);

/**
 * The entries of a flat array at a place.
 *   ẏ = taken(ẋ)                 x̄ = placed(ȳ)
 * @returns shape of the place
 */
export const taken: OfArray<[place: Place]> = linearMap(
  "taken",
  {
    primal: (x: NdArray, { shape, stride, offset }: Place) =>
      packed(
        sameStore(
          x,
          shape,
          stride.map((step) => step * (x.stride[0] as number)),
          x.offset + offset * (x.stride[0] as number),
        ),
      ),
    direct: true,
  },
  (_: unknown, place: Place) => (ybar: AnyArray) => placed(ybar, place),
);
