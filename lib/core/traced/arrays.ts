import { checkedShape, expectOneShape, expectSound, forEachPosition, isNdArray, type NdArray, packed, zerosOf } from "../../nd/index.js";
import { describe } from "../errors.js";
import type { AnyArray } from "../level.js";
import { optionsFor } from "../structures/options-for.js";
import { levelOf } from "./dispatch.js";
import { type DifferentiableStore, floatKindOf, storeOf, writable } from "./store.js";

/** Options of `similar`. */
export interface SimilarOptions {
  /** Other values whose kind the array must be able to hold. */
  readonly holds?: readonly unknown[] | undefined;
}

/**
 * A writable array of zeros of the kind of x, and of its shape unless another one is given. It can hold what x and the values named in
 * `holds` hold: traced numbers when one of them is traced.
 */
export function similar(x: NdArray, shape?: readonly number[]): NdArray;
export function similar(x: AnyArray, shape?: readonly number[], options?: SimilarOptions): AnyArray;
export function similar(x: AnyArray, shape?: readonly number[], options?: SimilarOptions): AnyArray {
  if (!isNdArray(x)) throw new TypeError(`similar: x is ${describe(x)}; an array is needed`);
  expectOneShape("similar", options, "similar(x, […])");
  const extents = checkedShape("similar", shape === undefined ? x.shape : shape);
  const { holds = [] } = optionsFor("similar", options, "holds");
  if (!Array.isArray(holds)) throw new TypeError(`similar: holds is ${describe(holds)}; give a list of values, { holds: [theta] }`);
  const store = storeOf(x);
  const traced = store !== undefined || holds.some((value) => levelOf(value) !== undefined);
  const dtype = floatKindOf(x);
  return traced ? writable(extents, dtype) : zerosOf(extents, dtype);
}

/** A writable row-major copy of x; of a traced array it holds the same traced entries. */
export function copy(x: NdArray): NdArray;
export function copy(x: AnyArray): AnyArray;
export function copy(x: AnyArray): AnyArray {
  if (!isNdArray(x)) throw new TypeError(`copy: x is ${describe(x)}; an array is needed`);
  const store = storeOf(x);
  if (store === undefined) {
    expectSound("copy", "x", x);
    return packed(x as unknown as NdArray);
  }
  const y = writable(x.shape, store.dtype);
  const written = storeOf(y) as DifferentiableStore;
  let n = 0;
  forEachPosition(x, (at) => written.set(n++, store.get(at)));
  return y;
}
