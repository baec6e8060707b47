import type { FloatData } from "./float-array.js";
import { commonDType, packedData } from "./loops.js";
import { addProduct } from "./matmul-kernel.js";
import { sizeOf } from "./shape.js";
import type { NdArray } from "./types.js";
import { rowMajor } from "./view.js";

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
  const [left, right] = [packedData(u, dtype), packedData(v, dtype)];
  const out = dtype === "float32" ? new Float32Array(sizeOf(lead) * n * n) : new Float64Array(sizeOf(lead) * n * n);
  const step = part === "all" ? n : columnsAtOnce;
  for (let start = 0, from = 0; start < out.length; start += n * n, from += n * k) {
    for (let j = 0; j < n; j += step) {
      const cols = Math.min(step, n - j);
      const [first, end] = part === "all" ? [0, n] : part.endsWith("lower") ? [j, n] : [0, j + cols];
      const rows = { data: left, offset: from + first * k, row: k, col: 1 };
      const columns = { data: right, offset: from + j * k, row: 1, col: k };
      addProduct({ data: out, offset: start + first * n + j, row: n }, end - first, k, cols, rows, columns, -1);
    }
    cut(out, start, n, part);
  }
  return rowMajor(out, [...lead, n, n]);
}
