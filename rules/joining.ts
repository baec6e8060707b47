import { type AnyArray, describe, linearRule, type Operand, optionsFor } from "../lib/core/index.js";
import {
  commonDType,
  formatShape,
  isNdArray,
  type NdArray,
  normalizeAxis,
  numbersFor,
  rowMajor,
  sameShape,
  sameStore,
  viewOn,
  zerosOf,
} from "../lib/nd/index.js";
import { assign } from "../lib/nd/ops.js";
import { arrayFor } from "./reduce-options.js";
import { fresh, part } from "./view-rule.js";

/** Along which axis. */
export interface AxisOptions {
  /** 0 when absent; negative ones count from the end. */
  readonly axis?: number | undefined;
}

/** The axis that the options name. */
function axisOf(who: string, options: AxisOptions | undefined): number {
  const { axis = 0 } = optionsFor(who, options, "axis");
  return axis;
}

/** Copies of the parts of x, one after another along an axis. */
function cut(x: NdArray, axis: number, lengths: readonly number[]): NdArray[] {
  let start = 0;
  return lengths.map((length) => {
    start += length;
    return fresh(part(x, axis, start - length, length));
  });
}

/** The arrays one after another along an axis of theirs. */
function joined(xs: readonly NdArray[], axis: number): NdArray {
  const [first] = xs as readonly [NdArray, ...NdArray[]];
  const length = xs.reduce((sum, x) => sum + (x.shape[axis] as number), 0);
  const y = zerosOf(
    first.shape.map((extent, k) => (k === axis ? length : extent)),
    commonDType(xs),
  );
  let start = 0;
  for (const x of xs) {
    assign(part(y, axis, start, x.shape[axis] as number), x);
    start += x.shape[axis] as number;
  }
  return y;
}

function listFor(who: string, xs: readonly NdArray[]): readonly NdArray[] {
  if (!Array.isArray(xs)) throw new TypeError(`${who}: the first argument is ${describe(xs)}; give a list of arrays`);
  if (xs.length === 0) throw new RangeError(`${who}: the list is empty; give at least one array`);
  return xs;
}

/** The axis along which arrays are joined, which must agree along all others. */
function joint(xs: readonly NdArray[], options: AxisOptions | undefined): number {
  for (const [k, x] of listFor("concat", xs).entries()) {
    if (!isNdArray(x)) throw new TypeError(`concat: entry ${k} of the list is ${describe(x)}; an array is needed (stack takes numbers)`);
  }
  const { shape } = xs[0] as NdArray;
  const axis = normalizeAxis("concat", axisOf("concat", options), shape.length);
  for (const [k, x] of xs.entries()) {
    if (x.dimension !== shape.length || !x.shape.every((extent, j) => j === axis || extent === shape[j])) {
      throw new RangeError(
        `concat: entry ${k} has shape ${formatShape(x.shape)}, entry 0 has ${formatShape(shape)}; they may differ along axis ${axis} only`,
      );
    }
  }
  return axis;
}

/** `concat`: traced arrays give a traced one. */
interface Joining<T> {
  (xs: readonly (T extends AnyArray ? NdArray : NdArray | number)[], options?: AxisOptions): NdArray;
  (xs: readonly T[], options?: AxisOptions): AnyArray;
}

/**
 * Arrays one after another along an axis that they have.
 *   ẏ = concat(ẋs)               x̄s = ȳ cut where they meet
 * @param xs arrays that differ along that axis only
 * @throws {RangeError} when they differ along another one, or the list is empty
 */
export const concat: Joining<AnyArray> = linearRule(
  (xs: readonly NdArray[], options?: AxisOptions) => joined(xs, joint(xs, options)),
  (ybar: NdArray, xs: readonly NdArray[], options?: AxisOptions) => {
    const axis = joint(xs, options);
    return cut(
      ybar,
      axis,
      xs.map((x) => x.shape[axis] as number),
    );
  },
  { name: "concat" },
) as unknown as Joining<AnyArray>;

/** An array with one more axis, of extent 1, at this place. */
function withAxis(x: NdArray, axis: number): NdArray {
  return sameStore(x, x.shape.toSpliced(axis, 0, 1), x.stride.toSpliced(axis, 0, 0), x.offset);
}

/** The arrays to be stacked, and the place of the new axis. */
function layers(list: readonly (NdArray | number)[], options: AxisOptions | undefined): { xs: NdArray[]; axis: number } {
  const xs = listFor("stack", list as readonly NdArray[]).map((x, k) => {
    if (typeof x !== "number" && !isNdArray(x))
      throw new TypeError(`stack: entry ${k} of the list is ${describe(x)}; a number or an array is needed`);
    return typeof x === "number" ? viewOn([x], [], [], 0) : x;
  });
  const { shape } = xs[0] as NdArray;
  for (const [k, x] of xs.entries()) {
    if (!sameShape(x.shape, shape)) {
      throw new RangeError(`stack: entry ${k} has shape ${formatShape(x.shape)}, entry 0 has ${formatShape(shape)}; make them equal`);
    }
  }
  return { xs, axis: normalizeAxis("stack", axisOf("stack", options), shape.length + 1) };
}

/**
 * Arrays of one shape, or numbers, along a new axis.
 *   ẏ = stack(ẋs)                x̄s = the entries of ȳ along that axis
 * @throws {RangeError} when the shapes differ, or the list is empty
 */
export const stack: Joining<Operand> = linearRule(
  (list: readonly (NdArray | number)[], options?: AxisOptions) => {
    const { xs, axis } = layers(list, options);
    return joined(
      xs.map((x) => withAxis(x, axis)),
      axis,
    );
  },
  (ybar: NdArray, list: readonly (NdArray | number)[], options?: AxisOptions) => {
    const { xs, axis } = layers(list, options);
    return list.map((x, k) => {
      const layer = part(ybar, axis, k, 1);
      return typeof x === "number" ? layer.data[layer.offset] : rowMajor(fresh(layer).data, (xs[k] as NdArray).shape);
    });
  },
  { name: "stack" },
) as unknown as Joining<Operand>;

/** `split`: a traced array gives traced ones. */
interface Splitting {
  (x: NdArray, sizes: number | readonly number[], options?: AxisOptions): NdArray[];
  (x: AnyArray, sizes: number | readonly number[], options?: AxisOptions): AnyArray[];
}

/** The axis along which an array is cut, and the lengths of its parts. */
function pieces(
  x: NdArray,
  sizes: number | readonly number[],
  options: AxisOptions | undefined,
): { axis: number; lengths: readonly number[] } {
  const axis = normalizeAxis("split", axisOf("split", options), x.dimension);
  const list = numbersFor("split", "sizes", sizes);
  const extent = x.shape[axis] as number;
  if (typeof sizes === "number") {
    if (!Number.isInteger(sizes) || sizes < 1 || extent % sizes !== 0) {
      throw new RangeError(
        `split: axis ${axis} with ${extent} entries does not fall into ${sizes} equal parts; give a divisor, or a list of sizes`,
      );
    }
    return { axis, lengths: new Array<number>(sizes).fill(extent / sizes) };
  }
  const total = list.reduce((sum, size) => sum + size, 0);
  if (total !== extent || list.some((size) => !Number.isInteger(size) || size < 0)) {
    throw new RangeError(
      `split: sizes ${formatShape(list)} add up to ${total}, axis ${axis} has ${extent} entries; make them integers that add up to it`,
    );
  }
  return { axis, lengths: list };
}

/**
 * The parts of x along an axis, in order.
 *   ẏs = split(ẋ)                x̄ = concat(ȳs)
 * @param sizes the extents of the parts, or the number of equal parts
 * @returns a list of arrays
 * @throws {RangeError} when the sizes do not add up to the axis
 */
export const split: Splitting = linearRule(
  (x: NdArray, sizes: number | readonly number[], options?: AxisOptions) => {
    const { axis, lengths } = pieces(arrayFor("split", x), sizes, options);
    return cut(x, axis, lengths);
  },
  (ybars: readonly NdArray[], x: NdArray, sizes: number | readonly number[], options?: AxisOptions) =>
    joined(ybars, pieces(x, sizes, options).axis),
  { name: "split" },
) as unknown as Splitting;
