import { linearRule, optionsFor } from "../lib/core/index.js";
import {
  allocate,
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
  zerosOf,
} from "../lib/nd/index.js";
import type { Rearrangement } from "./axes.js";
import { arrayFor } from "./reduce-options.js";

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
    return rowMajor(packedData(sameStore(x, shape, stride, x.offset)), result);
  },
  (ybar: NdArray, x: NdArray, reps: number | readonly number[]) => {
    const { shape } = copies(x, reps);
    const every = shape.flatMap((_, k) => (k % 2 === 0 ? [k] : []));
    return rowMajor(sumAxes(rowMajor(packedData(ybar), shape), every).data, x.shape);
  },
  { name: "tile" },
) as unknown as Rearrangement<[reps: number | readonly number[]]>;

/** Along which axis entries are repeated. */
export interface RepeatOptions {
  /** Absent: the entries of the whole array in row-major order, along one axis. */
  readonly axis?: number | undefined;
}

type Repeats = number | readonly number[];

/** A packed array as `outer` groups of entries along the axis, each `inner` numbers long. */
interface Repeating {
  readonly counts: readonly number[];
  readonly outer: number;
  readonly inner: number;
  readonly shape: readonly number[];
}

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
  return { counts, outer: sizeOf(full.slice(0, axis)), inner: sizeOf(full.slice(axis + 1)), shape: full.with(axis, total) };
}

/** Runs `copy(from, to)` for the positions of each number and of each of its copies, packed both. */
function forEachCopy({ counts, outer, inner }: Repeating, copy: (from: number, to: number) => void): void {
  let to = 0;
  let from = 0;
  for (let group = 0; group < outer; group++) {
    for (const count of counts) {
      for (let c = 0; c < count; c++) for (let k = 0; k < inner; k++) copy(from + k, to++);
      from += inner;
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
    const data = packedData(x);
    const out = allocate(floatDType(x.dtype), sizeOf(plan.shape));
    forEachCopy(plan, (from, to) => {
      out[to] = data[from] as number;
    });
    return rowMajor(out, plan.shape);
  },
  (ybar: NdArray, x: NdArray, repeats: Repeats, options?: RepeatOptions) => {
    const xbar = zerosOf(x.shape, floatDType(x.dtype));
    const data = packedData(ybar);
    forEachCopy(repeating(x, repeats, options), (from, to) => {
      (xbar.data[from] as number) += data[to] as number;
    });
    return xbar;
  },
  { name: "repeat" },
) as unknown as Rearrangement<[repeats: number | readonly number[], options?: RepeatOptions]>;
