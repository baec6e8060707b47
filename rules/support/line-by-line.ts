import { resultLike } from "../../lib/nd/float-array.js";
import { type Lined, type LineKernel, type NdArray, overLines } from "../../lib/nd/index.js";

/** The array of the shape and kind of x that a loop over lines along an axis writes from these. */
export function lineByLine<S>(kernel: LineKernel<S>, state: S, x: NdArray, axis: number, reads: readonly Lined[] = [x]): NdArray {
  const y = resultLike(x);
  overLines(kernel, state, x.shape, [axis], reads, [y]);
  return y;
}

/** Two such arrays, from one loop: a value and its tangent. */
export function twoLineByLine<S>(
  kernel: LineKernel<S>,
  state: S,
  x: NdArray,
  axis: number,
  reads: readonly Lined[],
): readonly [y: NdArray, dy: NdArray] {
  const y = resultLike(x);
  const dy = resultLike(x);
  overLines(kernel, state, x.shape, [axis], reads, [y, dy]);
  return [y, dy];
}
