import type { NdArray } from "../lib/index.js";
import { rowMajor } from "../lib/nd/index.js";
import { seededRandom } from "../lib/testing/random.js";

/** Normally distributed numbers, the same for the same seed. Source: Box and Muller (1958). */
export function normal(size: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: size }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
}

/** A row-major matrix of them. */
export function normalMatrix(rows: number, cols: number, seed: number): NdArray {
  return rowMajor(normal(rows * cols, seed), [rows, cols]);
}

/** The angles of a rotary embedding: 10000^(−k/n). Source: Vaswani et al., Attention Is All You Need (2017), section 3.5. */
export function angles(n: number): NdArray {
  return rowMajor(
    Float64Array.from({ length: n }, (_, k) => 10_000 ** (-k / n)),
    [n],
  );
}
