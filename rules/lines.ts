import { forEachEntry, type NdArray, sameStore } from "../lib/nd/index.js";

/**
 * Runs `visit(starts)` for each line of arrays of one shape along an axis: `starts[k]` is where array k has its first entry, and its stride
 * along that axis leads on. The list of starts is reused.
 */
export function forEachLine(xs: readonly NdArray[], axis: number, visit: (starts: readonly number[]) => void): void {
  const without = (list: readonly number[]): number[] => list.filter((_, k) => k !== axis);
  const ends = xs.map((x) => sameStore(x, without(x.shape), without(x.stride), x.offset));
  const [first] = ends;
  if (first !== undefined) forEachEntry(ends, first.shape, (_, starts) => visit(starts));
}
