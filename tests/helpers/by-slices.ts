import type { NdArray } from "../../lib/nd/index.js";
import { build } from "./layouts.js";

/** The entries of x whose indices along other axes than these are `fixed` (−1 stands along these), in row-major order. */
function sliceAt(x: NdArray, axes: readonly number[], fixed: readonly number[]): number[] {
  const entries: number[] = [];
  build(x.shape, (...indices) => {
    if (indices.every((i, k) => axes.includes(k) || i === fixed[k])) entries.push(x.get(...indices));
    return 0;
  });
  return entries;
}

/** What a reduction must give, from what it gives for a list. A number when all axes are reduced and none is kept. */
export function bySlices(
  x: NdArray,
  axes: readonly number[],
  fold: (entries: number[]) => number,
  keepDims: boolean = false,
): NdArray | number {
  const kept = x.shape.flatMap((_, k) => (axes.includes(k) ? [] : [k]));
  if (kept.length === 0 && !keepDims) return fold(sliceAt(x, axes, []));
  const shape = keepDims ? x.shape.map((extent, k) => (axes.includes(k) ? 1 : extent)) : kept.map((k) => x.shape[k] as number);
  return build(shape, (...indices) => {
    const fixed = new Array<number>(x.dimension).fill(-1);
    kept.forEach((k, n) => {
      fixed[k] = indices[keepDims ? k : n] as number;
    });
    return fold(sliceAt(x, axes, fixed));
  });
}

/** The gradient of the sum of a reduction's results, from the slopes for a list; also what a function along an axis must give. */
export function entryBySlices(x: NdArray, axes: readonly number[], each: (entries: number[]) => number[]): NdArray {
  const seen = new Map<string, number>();
  return build(x.shape, (...indices) => {
    const fixed = indices.map((i, k) => (axes.includes(k) ? -1 : i));
    const n = seen.get(String(fixed)) ?? 0;
    seen.set(String(fixed), n + 1);
    return each(sliceAt(x, axes, fixed))[n] as number;
  });
}
