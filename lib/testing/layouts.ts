import { mapStructure } from "../core/index.js";
import { fillsStore, forEachPosition, isNdArray, type NdArray, type NumericData, rowMajorStride, viewOn } from "../nd/index.js";

/** A store of the same kind with room for as many numbers. */
function storeLike(data: NumericData, size: number): NumericData {
  return Array.isArray(data) ? new Array<number>(size).fill(0) : new (data.constructor as new (size: number) => NumericData)(size);
}

/** The same entries read through these strides, in a store of their own. */
function relaid(x: NdArray, store: NumericData, stride: readonly number[], offset: number): NdArray {
  const view = viewOn(store, x.shape, stride, offset);
  const from: number[] = [];
  forEachPosition(x, (at) => from.push(at));
  let n = 0;
  forEachPosition(view, (at) => {
    store[at] = x.data[from[n++] as number] as number;
  });
  return view;
}

/** The same value with its arrays row-major, each in a store of its own that it fills. */
export function contiguous<T>(x: T): T {
  return overArrays(x, (array) => relaid(array, storeLike(array.data, array.size), rowMajorStride(array.shape), 0));
}

/** Numbers that stand around a view's own: large ones of both signs, so that a stray read or a stray extreme shows. */
function strange(k: number): number {
  return (k % 2 === 0 ? 1 : -1) * (1000 + 0.25 * k);
}

/**
 * The same value with its arrays laid out as badly as views allow: axes in the order of columns first, a gap after each entry, the last axis
 * reversed, an offset, and other numbers in between.
 */
export function strided<T>(x: T): T {
  return overArrays(x, (array) => {
    const last = array.dimension - 1;
    const stride = rowMajorStride([...array.shape].reverse())
      .reverse()
      .map((step) => 2 * step);
    let offset = 3;
    if (last >= 0 && array.size > 0) {
      offset += (stride[last] as number) * ((array.shape[last] as number) - 1);
      stride[last] = -(stride[last] as number);
    }
    const store = storeLike(array.data, 2 * array.size + 5);
    for (let k = 0; k < store.length; k++) store[k] = strange(k);
    return relaid(array, store, stride, offset);
  });
}

/** Which arrays a value has: some at all, and some that do not fill their store in row-major order. */
export function arraysIn(x: unknown): { readonly some: boolean; readonly views: boolean } {
  let some = false;
  let views = false;
  overArrays(x, (array) => {
    some = true;
    views ||= !fillsStore(array);
    return array;
  });
  return { some, views };
}

function overArrays<T>(x: T, change: (array: NdArray) => NdArray): T {
  return mapStructure((leaf) => (isNdArray(leaf) && leaf.dtype !== "generic" ? change(leaf as NdArray) : leaf), x) as T;
}
