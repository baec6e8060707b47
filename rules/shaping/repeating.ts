import { addedTo, linearRule, optionsFor } from "../../lib/core/index.js";
import { type FloatData, inOrder } from "../../lib/nd/float-array.js";
import {
  addStrided,
  allocate,
  copyStrided,
  expectSize,
  floatDType,
  formatShape,
  type NdArray,
  normalizeAxis,
  numbersFor,
  packedData,
  rowMajor,
  sameStore,
  sizeOf,
  sumAxes,
} from "../../lib/nd/index.js";
import { arrayFor } from "../support/reduce-options.js";
import type { Rearrangement } from "./axes.js";

/** An array read copy by copy: for each axis of the result one axis of copies, then its own. */
function copies(x: NdArray, reps: number | readonly number[]): { shape: number[]; stride: number[]; result: number[] } {
  const list = numbersFor("tile", "reps", reps);
  if (list.some((count) => !Number.isInteger(count) || count < 0)) {
    throw new RangeError(`tile: reps = ${formatShape(list)}; give how often to repeat along each axis, integers, 0 or more`);
  }
  const rank = Math.max(list.length, x.dimension);
  const lead = rank - x.dimension;
  const shape: number[] = [];
  const stride: number[] = [];
  const result: number[] = [];
  for (let k = 0; k < rank; k++) {
    const count = list[k - rank + list.length] ?? 1;
    const extent = k < lead ? 1 : (x.shape[k - lead] as number);
    shape.push(count, extent);
    stride.push(0, k < lead ? 0 : (x.stride[k - lead] as number));
    result.push(count * extent);
  }
  return { shape, stride, result };
}

/**
 * Copies of x side by side: `reps[k]` of them along axis k of the result. Axes missing in x or in `reps` are added in front.
 *   ẏ = tile(ẋ, reps)            x̄ = Σ ȳ over the copies
 * @throws {RangeError} when a count is not an integer, 0 or more
 */
export const tile: Rearrangement<[reps: number | readonly number[]]> = linearRule(
  (x: NdArray, reps: number | readonly number[]) => {
    const { shape, stride, result } = copies(arrayFor("tile", x), reps);
    expectSize("tile", result);
    return rowMajor(packedData(sameStore(x, shape, stride, x.offset)), result);
  },
  (ybar: NdArray, x: NdArray, reps: number | readonly number[]) => {
    const { shape } = copies(x, reps);
    const every: number[] = [];
    for (let k = 0; k < shape.length; k += 2) every.push(k);
    return rowMajor(sumAxes(rowMajor(packedData(ybar), shape), every).data, x.shape);
  },
  { name: "tile" },
);

/** Along which axis entries are repeated. */
export interface RepeatOptions {
  /** Absent: the entries of the whole array in row-major order, along one axis. */
  readonly axis?: number | undefined;
}

type Repeats = number | readonly number[];

/** A packed array as `outer` groups of entries along the axis, each `inner` numbers long. */
interface Repeating {
  readonly counts: readonly number[];
  /** The count of all entries, where many single numbers have few copies each: these go copy by copy, in long loops. */
  readonly few: number | undefined;
  readonly outer: number;
  readonly inner: number;
  readonly shape: readonly number[];
}

const fewCopies = 8;
const manyEntries = 64;

function repeating(x: NdArray, repeats: Repeats, options: RepeatOptions | undefined): Repeating {
  const { axis: named } = optionsFor("repeat", options, "axis");
  const full = named === undefined ? [x.size] : x.shape;
  const axis = normalizeAxis("repeat", named === undefined ? 0 : named, full.length);
  const extent = full[axis] as number;
  const list = numbersFor("repeat", "repeats", repeats);
  const counts = typeof repeats === "number" ? new Array<number>(extent).fill(repeats) : list;
  if (counts.length !== extent || counts.some((count) => !Number.isInteger(count) || count < 0)) {
    throw new RangeError(
      `repeat: repeats = ${typeof repeats === "number" ? repeats : formatShape(list)} for ${extent} entries; give one integer, 0 or more, or one for each`,
    );
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  expectSize("repeat", full.with(axis, total));
  const inner = sizeOf(full.slice(axis + 1));
  const few = typeof repeats === "number" && repeats <= fewCopies && inner === 1 && x.size >= manyEntries ? repeats : undefined;
  return { counts, few, outer: sizeOf(full.slice(0, axis)), inner, shape: full.with(axis, total) };
}

/** From this many numbers on an entry along the axis is copied by `set`. */
const runFrom = 48;

/** out = data with its entries repeated. */
function copyRepeated(out: FloatData, data: FloatData, start: number, { counts, few, outer, inner }: Repeating): void {
  if (few !== undefined) {
    for (let c = 0; c < few; c++) copyStrided(out, [few], c, data, [1], start, [outer * counts.length]);
    return;
  }
  let to = 0;
  let from = start;
  for (let group = 0; group < outer; group++) {
    for (let k = 0; k < counts.length; k++, from += inner) {
      const end = to + (counts[k] as number) * inner;
      if (inner === 1) {
        for (const entry = data[from] as number; to < end; to++) out[to] = entry;
      } else if (inner >= runFrom) {
        for (; to < end; to += inner) out.set(data.subarray(from, from + inner), to);
      } else {
        for (; to < end; to += inner) for (let j = 0; j < inner; j++) out[to + j] = data[from + j] as number;
      }
    }
  }
}

/** sums += data with the copies of each entry added up. */
function addRepeated(sums: FloatData, first: number, data: FloatData, start: number, { counts, few, outer, inner }: Repeating): void {
  if (few !== undefined) {
    for (let c = 0; c < few; c++) addStrided(sums, [1], first, data, [few], start + c, [outer * counts.length]);
    return;
  }
  let to = first;
  let from = start;
  for (let group = 0; group < outer; group++) {
    for (let k = 0; k < counts.length; k++, to += inner) {
      const end = from + (counts[k] as number) * inner;
      if (inner === 1) {
        let total = 0;
        for (; from < end; from++) total += data[from] as number;
        (sums[to] as number) += total;
      } else {
        for (; from < end; from += inner) for (let j = 0; j < inner; j++) (sums[to + j] as number) += data[from + j] as number;
      }
    }
  }
}

/**
 * x with each entry along an axis repeated in place; without an axis the entries of the whole array along one.
 *   ẏ = repeat(ẋ, repeats)       x̄ = Σ ȳ over the copies of each entry
 * @param repeats how often, for all entries or for each
 * @throws {RangeError} when counts do not fit the axis, or one is not an integer, 0 or more
 */
export const repeat: Rearrangement<[repeats: number | readonly number[], options?: RepeatOptions]> = linearRule(
  (x: NdArray, repeats: Repeats, options?: RepeatOptions) => {
    const plan = repeating(arrayFor("repeat", x), repeats, options);
    const { data, offset } = inOrder(x);
    const out = allocate(floatDType(x.dtype), sizeOf(plan.shape)) as FloatData;
    copyRepeated(out, data, offset, plan);
    return rowMajor(out, plan.shape);
  },
  (ybar: NdArray, x: NdArray, repeats: Repeats, options?: RepeatOptions) => {
    const plan = repeating(x, repeats, options);
    const { data, offset } = inOrder(ybar);
    return addedTo(x, (acc) => addRepeated(acc.data as FloatData, acc.offset, data, offset, plan), { rowMajor: true });
  },
  { name: "repeat" },
);
