import type { FloatDType } from "./types.js";
import { allocate } from "./view.js";

type Floats = Float64Array | Float32Array;

/** How many bytes are kept at most for later arrays. */
const LARGEST = 16 * 2 ** 20;

/**
 * Memory that engines gave back, by kind and length. A new array of 9 doubles costs 0.4 µs, one of 1000 2.3 µs, one that is used again 0.03.
 */
const doubles: Map<number, Floats[]> = new Map();
const singles: Map<number, Floats[]> = new Map();
let held = 0;

/** Memory for an array whose entries will all be written: they may be anything now. */
export function takeFloats(dtype: FloatDType, size: number): Floats {
  const known = (dtype === "float64" ? doubles : singles).get(size)?.pop();
  if (known === undefined) return allocate(dtype, size) as Floats;
  held -= known.byteLength;
  return known;
}

/** As `takeFloats`, of zeros. */
export function takeZeros(dtype: FloatDType, size: number): Floats {
  const known = (dtype === "float64" ? doubles : singles).get(size)?.pop();
  if (known === undefined) return allocate(dtype, size) as Floats;
  held -= known.byteLength;
  return known.fill(0);
}

/** Gives memory back that nothing refers to any more. */
export function giveFloats(data: Floats): void {
  const { length, byteLength } = data;
  if (held + byteLength > LARGEST) {
    // What is kept was for other sizes: it goes, so that what is used now finds room.
    doubles.clear();
    singles.clear();
    held = 0;
    if (byteLength > LARGEST) return;
  }
  const sizes = data instanceof Float64Array ? doubles : singles;
  const list = sizes.get(length);
  if (list === undefined) sizes.set(length, [data]);
  else list.push(data);
  held += byteLength;
}

/** How many bytes are kept. */
export function pooledBytes(): number {
  return held;
}
