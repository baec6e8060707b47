import type { AnyArray, NdArray, Ranges, Scalar } from "../../../../lib/index.js";
import type { Library } from "../library.js";

/** What is made of the pooled sums: their sum, the sum of their squares, or the greatest of them. */
export type PoolingLoss = "sum" | "squares" | "greatest";

export interface PoolingResult {
  readonly value: number;
  /** Blocks down and across. */
  readonly shape: readonly number[];
  readonly pooled: Float64Array;
  /** Of the shape of the picture. */
  readonly gradient: Float64Array;
}

export function poolingResult(
  { array, createRange, max, square, sum, withGradient }: Library,
  { poolSum }: { poolSum: (x: AnyArray, rows: Ranges, cols: Ranges) => AnyArray },
  { x, height, down, across, loss }: { x: Float64Array; height: number; down: number; across: number; loss: string },
): PoolingResult {
  const width = x.length / height;
  const matrix = array(Array.from({ length: height }, (_, i) => [...x.subarray(i * width, (i + 1) * width)]));
  const [rows, cols] = [createRange(height, down), createRange(width, across)];
  const total = (y: AnyArray): Scalar => (loss === "squares" ? sum(square(y)) : loss === "greatest" ? max(y) : sum(y)) as Scalar;
  const entries = (y: NdArray): Float64Array => {
    const [m = 0, n = 0] = y.shape;
    return Float64Array.from({ length: m * n }, (_, k) => y.get(Math.floor(k / n), k % n));
  };
  const { value, gradient } = withGradient((x: AnyArray) => total(poolSum(x, rows, cols)), matrix);
  return {
    value,
    shape: [rows.length, cols.length],
    pooled: entries(poolSum(matrix, rows, cols) as NdArray),
    gradient: entries(gradient[0] as NdArray),
  };
}
