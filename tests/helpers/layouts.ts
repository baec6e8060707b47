import { allocate, forEachPosition, type NdArray, packed, packedData, rowMajor, rowMajorStride, viewOn } from "../../lib/nd/index.js";
import { seeded } from "./random.js";

/** An array of short decimals between −9 and 9, no two alike. */
export function decimals(shape: readonly number[], seed: number = 1): NdArray {
  const random = seeded(seed);
  const size = shape.reduce((product, extent) => product * extent, 1);
  const data = new Float64Array(size);
  const seen = new Set<number>();
  for (let i = 0; i < size; i++) {
    do data[i] = (Math.floor(random() * 1800) - 900) / 100;
    while (data[i] === 0 || seen.has(data[i] as number));
    seen.add(data[i] as number);
  }
  return rowMajor(data, shape);
}

/** The same entries read through a view whose store is strange around them (NaN, so that a stray read shows). */
function readThrough(x: NdArray, stride: readonly number[], offset: number, room: number): NdArray {
  const view = viewOn(new Float64Array(room).fill(Number.NaN), x.shape, stride, offset);
  const data = packedData(x, "float64");
  let n = 0;
  forEachPosition(view, (at) => {
    view.data[at] = data[n++] as number;
  });
  return view;
}

/** The same array laid out in other ways: transposed memory, negative steps, a block with an offset, a JavaScript list. */
export const layouts: Readonly<Record<string, (x: NdArray) => NdArray>> = {
  "row-major": (x) => packed(x),
  transposed: (x) => {
    const stride = rowMajorStride([...x.shape].reverse()).reverse();
    return readThrough(x, stride, 0, x.size);
  },
  "with negative steps": (x) => {
    const stride = rowMajorStride(x.shape);
    return readThrough(
      x,
      stride.map((step) => -step),
      Math.max(0, x.size - 1),
      x.size,
    );
  },
  "a block with an offset": (x) => {
    const room = x.shape.map((extent) => 2 * extent + 3);
    const stride = rowMajorStride(room);
    return readThrough(
      x,
      stride.map((step) => 2 * step),
      stride.reduce((sum, step) => sum + step, 0),
      room.reduce((product, extent) => product * extent, 1),
    );
  },
  "on a list": (x) => viewOn([...packedData(x, "float64")], x.shape, rowMajorStride(x.shape), 0),
};

/** The same numbers in single precision. */
export function single(x: NdArray): NdArray {
  return packed(x, "float32");
}

/** The entries rounded, as integers. */
export function integral(x: NdArray): NdArray {
  const data = allocate("int32", x.size);
  packedData(x, "float64").forEach((entry, n) => {
    data[n] = Math.round(entry);
  });
  return rowMajor(data, x.shape);
}

/** The array with these entries, found from their indices. */
export function build(shape: readonly number[], entry: (...indices: number[]) => number): NdArray {
  const data: number[] = [];
  const fill = (head: number[]): void => {
    if (head.length === shape.length) data.push(entry(...head));
    else for (let i = 0; i < (shape[head.length] as number); i++) fill([...head, i]);
  };
  fill([]);
  return rowMajor(Float64Array.from(data), shape);
}
