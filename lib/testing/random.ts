import { describe, isDifferentiable, isScalar, mapTangents, NoTangent } from "../core/index.js";
import { floatDType, isNdArray, type NdArray, zerosOf } from "../nd/index.js";

/** A source of numbers in [0, 1). */
export type Random = () => number;

/** A seeded source of numbers in [0, 1): mulberry32, a 32-bit generator of T. Ettinger (public domain). */
export function seededRandom(seed: number): Random {
  if (typeof seed !== "number") throw new TypeError(`seededRandom: the seed is ${describe(seed)}; give a number`);
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A short decimal between −9 and 9, never 0, so that failures print readably. */
function decimal(random: Random): number {
  const hundredths = Math.floor(random() * 1800) - 900;
  return (hundredths === 0 ? 1 : hundredths) / 100;
}

/** As many short decimals, in order. */
export function randomVector(size: number, random: Random): Float64Array {
  const vector = new Float64Array(size);
  for (let k = 0; k < size; k++) vector[k] = decimal(random);
  return vector;
}

/**
 * A random tangent of a value: of its structure, short decimals from −9 to 9 in its numbers and arrays, `NoTangent` where it cannot move.
 * @param random where the numbers come from; a source of its own, seeded with 1, when absent
 */
export function randTangent(x: unknown, random: Random = seededRandom(1)): unknown {
  if (typeof random !== "function")
    throw new TypeError(`randTangent: the source of numbers is ${describe(random)}; give a function, such as seededRandom(1)`);
  return mapTangents((leaf) => {
    if (isScalar(leaf)) return decimal(random);
    if (!isDifferentiable(leaf) || !isNdArray(leaf)) return NoTangent;
    const tangent: NdArray = zerosOf(leaf.shape, floatDType(leaf.dtype));
    for (let k = 0; k < tangent.size; k++) tangent.data[k] = decimal(random);
    return tangent;
  }, x);
}
