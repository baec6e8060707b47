import type { NdArray } from "../lib/index.js";
import { rowMajor } from "../lib/nd/index.js";
import { seededRandom } from "../lib/testing/random.js";
import type { Domain } from "./by-hand/elementwise/index.js";

const drawnBefore = new Map<string, unknown>();

/** What `draw` gives, drawn once for each name: programs share their inputs, which nobody writes to. */
function once<T>(name: string, draw: () => T): T {
  if (!drawnBefore.has(name)) drawnBefore.set(name, draw());
  return drawnBefore.get(name) as T;
}

/** Normally distributed numbers, the same array for the same seed. Source: Box and Muller (1958). */
export function normal(size: number, seed: number): Float64Array {
  return once(`normal ${size} ${seed}`, () => {
    const random = seededRandom(seed);
    return Float64Array.from({ length: size }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
  });
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

/** Numbers from a domain, the same array for the same seed. */
export function drawn(domain: Domain, size: number, seed: number): Float64Array | Uint8Array {
  if (domain === "normal") return normal(size, seed);
  return once(`${domain} ${size} ${seed}`, () => {
    const random = seededRandom(seed);
    if (domain === "mask") return Uint8Array.from({ length: size }, () => (random() < 0.5 ? 0 : 1));
    const [low, high] = domain;
    return Float64Array.from({ length: size }, () => low + (high - low) * random());
  });
}

/** Integers from 0 to below `limit`. */
export function integers(size: number, limit: number, seed: number): Int32Array {
  const random = seededRandom(seed);
  return Int32Array.from({ length: size }, () => Math.floor(random() * limit));
}

/** A row-major array of normally distributed numbers. */
export function normalArray(shape: readonly number[], seed: number): NdArray {
  return rowMajor(
    normal(
      shape.reduce((size, extent) => size * extent, 1),
      seed,
    ),
    shape,
  );
}
