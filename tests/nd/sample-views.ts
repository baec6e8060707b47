import { allocate, rowMajor, zerosOf } from "../../lib/nd/index.js";
import type { DType, NdArray } from "../../lib/nd/types.js";
import { seeded } from "../helpers/random.js";

/** A row-major array of small integers: sums and products of them are exact. */
export function integers(shape: readonly number[], seed: number = 1, dtype: DType = "float64"): NdArray {
  const random = seeded(seed);
  const size = shape.reduce((product, extent) => product * extent, 1);
  const data = allocate(dtype, size);
  for (let i = 0; i < size; i++) data[i] = Math.floor(random() * 19) - (dtype.startsWith("u") ? 0 : 9);
  return rowMajor(data, shape);
}

/** Views of every make, by name: none is empty. */
export function sampleViews(seed: number = 1, dtype: DType = "float64"): [string, NdArray][] {
  const vector = integers([24], seed, dtype);
  const matrix = integers([7, 9], seed + 1, dtype);
  const cube = integers([4, 5, 6], seed + 2, dtype);
  const tesseract = integers([2, 3, 4, 5], seed + 3, dtype);
  return [
    ["no axes", matrix.pick(3, 4)],
    ["a vector", vector],
    ["a reversed vector", vector.step(-1)],
    ["a vector by threes from 2", vector.lo(2).step(3)],
    ["a column", matrix.pick(null, 5)],
    ["a matrix", matrix],
    ["a transposed matrix", matrix.transpose(1, 0)],
    ["a block with an offset", matrix.lo(2, 3).hi(4, 5)],
    ["a stepped matrix", matrix.step(2, 3)],
    ["a matrix reversed both ways", matrix.step(-1, -1)],
    ["a reversed transposed block", matrix.lo(1, 1).transpose(1, 0).step(-2, 1)],
    ["a 3 × 2 view", matrix.lo(1, 2).hi(3, 2)],
    ["a single row", matrix.lo(3, 0).hi(1, 9)],
    ["a cube", cube],
    ["a turned cube", cube.transpose(2, 0, 1)],
    ["a cube upside down, stepped", cube.transpose(2, 1, 0).step(-2, 1, 3)],
    ["four axes", tesseract],
    ["four axes, reordered", tesseract.transpose(3, 1, 0, 2)],
    ["four axes, reordered, reversed, stepped", tesseract.transpose(1, 3, 2, 0).step(-1, 2, -1, 1)],
  ];
}

/** Views of one matrix's make: packed, transposed, in a block, stepped, reversed. */
export function makes(rows: number, cols: number, seed: number, dtype: DType = "float64"): [string, NdArray][] {
  const room = integers([2 * rows + 3, 2 * cols + 3], seed, dtype);
  return [
    ["packed", integers([rows, cols], seed + 1, dtype)],
    ["transposed", integers([cols, rows], seed + 2, dtype).transpose(1, 0)],
    ["a block", room.lo(1, 2).hi(rows, cols)],
    ["stepped", room.hi(2 * rows, 2 * cols).step(2, 2)],
    ["reversed", room.hi(rows, cols).step(-1, -1)],
  ];
}

/** Runs `visit` for all indices of a shape in row-major order. */
export function forIndices(shape: readonly number[], visit: (indices: number[]) => void, head: number[] = []): void {
  if (head.length === shape.length) visit(head);
  else for (let i = 0; i < (shape[head.length] as number); i++) forIndices(shape, visit, [...head, i]);
}

/** The entries in row-major order, read one by one. */
export function entriesOf(x: NdArray): number[] {
  const entries: number[] = [];
  forIndices(x.shape, (indices) => entries.push(x.get(...indices)));
  return entries;
}

/** The product of matrices, entry by entry. */
export function plainProduct(a: NdArray, b: NdArray): NdArray {
  const [m, k] = a.shape as [number, number];
  const n = b.shape[1] as number;
  const y = zerosOf([m, n]);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let total = 0;
      for (let p = 0; p < k; p++) total += a.get(i, p) * b.get(p, j);
      y.set(i, j, total);
    }
  }
  return y;
}
