import type { FloatData } from "../float-array.js";
import { commonDType, packedData } from "../loops.js";
import { isRowMajor, sizeOf } from "../shape.js";
import type { FloatDType, NdArray } from "../types.js";
import { allocate, rowMajor } from "../view.js";
import { addProduct, type Matrix } from "./matmul-kernel.js";

/** Which entries of a square matrix count. */
export type Part = "all" | "lower" | "strictly lower" | "upper" | "strictly upper";

/** So many columns of a triangle are made by one product: what lies beyond its diagonal is wasted there. */
const columnsAtOnce = 64;

/** Clears what does not count. */
function cut(out: FloatData, start: number, n: number, part: Part): void {
  if (part === "all") return;
  const kept = part.startsWith("strictly") ? 0 : 1;
  for (let i = 0, row = start; i < n; i++, row += n) {
    if (part.endsWith("lower")) out.fill(0, row + i + kept, row + n);
    else out.fill(0, row, row + i + 1 - kept);
  }
}

/** The matrices in the last two axes, read where they lie if they lie evenly; the first one, and how far it is to the next. */
function matricesIn(x: NdArray, dtype: FloatDType): Matrix & { readonly next: number } {
  const [n, k] = x.shape.slice(-2) as [number, number];
  const data = x.data as FloatData;
  const even = isRowMajor(x.shape, x.stride);
  if (x.dtype !== dtype || !(even || x.dimension === 2)) return { data: packedData(x, dtype), offset: 0, row: k, col: 1, next: n * k };
  const [row, col] = (even ? [k, 1] : x.stride) as [number, number];
  return { data, offset: x.offset, row, col, next: n * k };
}

/**
 * −u vᵀ, or what counts of it, for the matrices in the last two axes.
 * @param u shape [..., n, k]
 * @param v the same shape
 * @returns shape [..., n, n], 0 where entries do not count
 */
export function minusOuter(u: NdArray, v: NdArray, part: Part): NdArray {
  const [n, k] = u.shape.slice(-2) as [number, number];
  const lead = u.shape.slice(0, -2);
  const dtype = commonDType([u, v]);
  const left = matricesIn(u, dtype);
  const right = matricesIn(v, dtype);
  const out = allocate(dtype, sizeOf(lead) * n * n) as FloatData;
  const step = part === "all" ? n : columnsAtOnce;
  for (let start = 0, which = 0; start < out.length; start += n * n, which++) {
    for (let j = 0; j < n; j += step) {
      const cols = Math.min(step, n - j);
      const [first, end] = part === "all" ? [0, n] : part.endsWith("lower") ? [j, n] : [0, j + cols];
      const rows = { ...left, offset: left.offset + which * left.next + first * left.row };
      const columns = { data: right.data, offset: right.offset + which * right.next + j * right.row, row: right.col, col: right.row };
      addProduct({ data: out, offset: start + first * n + j, row: n }, end - first, k, cols, rows, columns, -1);
    }
    cut(out, start, n, part);
  }
  return rowMajor(out, [...lead, n, n]);
}
