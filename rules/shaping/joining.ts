import {
  type AnyArray,
  type AnyFunction,
  describe,
  fromElements,
  linearRule,
  type Operand,
  optionsFor,
  type Scalar,
  TracedScalar,
} from "../../lib/core/index.js";
import {
  commonDType,
  copyStrided,
  expectSize,
  formatShape,
  isNdArray,
  isRowMajor,
  type NdArray,
  normalizeAxis,
  numbersFor,
  packed,
  rowMajor,
  sameShape,
  sameStore,
  sizeOf,
  takeFloats,
  zerosOf,
} from "../../lib/nd/index.js";
import { arrayFor } from "../support/reduce-options.js";
import { part } from "../support/view-rule.js";

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

/** The parts of x, one after another along an axis: views. */
function cut(x: NdArray, axis: number, lengths: readonly number[]): NdArray[] {
  let start = 0;
  return lengths.map((length) => {
    start += length;
    return part(x, axis, start - length, length);
  });
}

/** The arrays one after another along an axis of theirs. */
function joined(xs: readonly NdArray[], axis: number): NdArray {
  const length = xs.reduce((sum, x) => sum + (x.shape[axis] as number), 0);
  const shape = (xs[0] as NdArray).shape.with(axis, length);
  expectSize("concat", shape);
  const y = rowMajor(takeFloats(commonDType(xs), sizeOf(shape)), shape);
  const { data, stride } = y;
  let start = 0;
  for (const x of xs) {
    copyStrided(data, stride, start, x.data, x.stride, x.offset, x.shape);
    start += (x.shape[axis] as number) * (stride[axis] as number);
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
  listFor("concat", xs).forEach((x, k) => {
    if (!isNdArray(x)) throw new TypeError(`concat: entry ${k} of the list is ${describe(x)}; an array is needed (stack takes numbers)`);
  });
  const { shape } = xs[0] as NdArray;
  const axis = normalizeAxis("concat", axisOf("concat", options), shape.length);
  xs.forEach((x, k) => {
    if (x.dimension !== shape.length || !x.shape.every((extent, j) => j === axis || extent === shape[j])) {
      throw new RangeError(
        `concat: entry ${k} has shape ${formatShape(x.shape)}, entry 0 has ${formatShape(shape)}; they may differ along axis ${axis} only`,
      );
    }
  });
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
    const lengths = xs.map((x) => x.shape[axis] as number);
    return cut(ybar, axis, lengths);
  },
  { name: "concat", fresh: true },
);

/** The level of one of the numbers of a list; undefined where none is traced, or something else is among them. */
function levelOfNumbers(list: readonly Operand[]): TracedScalar["level"] | undefined {
  if (!Array.isArray(list)) return undefined;
  let level: TracedScalar["level"] | undefined;
  for (let k = 0; k < list.length; k++) {
    const x = list[k] as Operand;
    if (x instanceof TracedScalar) level = x.level;
    else if (typeof x !== "number") return undefined;
  }
  return level;
}

/** Checks what is to be stacked. */
function layerShape(list: readonly (NdArray | number)[]): readonly number[] {
  const first = listFor("stack", list as readonly NdArray[])[0] as NdArray | number;
  list.forEach((x, k) => {
    if (typeof x !== "number" && !isNdArray(x))
      throw new TypeError(`stack: entry ${k} of the list is ${describe(x)}; a number or an array is needed`);
  });
  const shape = typeof first === "number" ? [] : first.shape;
  list.forEach((x, k) => {
    const own = typeof x === "number" ? [] : x.shape;
    if (!sameShape(own, shape)) {
      throw new RangeError(`stack: entry ${k} has shape ${formatShape(own)}, entry 0 has ${formatShape(shape)}; make them equal`);
    }
  });
  return shape;
}

/** Entries of each layer that are copied in turn, where layers lie between each other: what they fill stays in the nearest cache. */
const chunk = 1024;

/** Arrays of one shape or numbers side by side along a new axis. */
function stacked(list: readonly (NdArray | number)[], options: AxisOptions | undefined): NdArray {
  const shape = layerShape(list);
  const axis = normalizeAxis("stack", axisOf("stack", options), shape.length + 1);
  expectSize("stack", shape.toSpliced(axis, 0, list.length));
  const y = zerosOf(
    shape.toSpliced(axis, 0, list.length),
    list.some((x) => typeof x === "number") ? "float64" : commonDType(list as readonly NdArray[]),
  );
  const data = y.data as Float64Array;
  const apart = y.stride[axis] as number;
  const stride = y.stride.toSpliced(axis, 1);
  const size = sizeOf(shape);
  const between = apart === 1 && list.length > 1 && size > chunk && list.every((x) => isRowMajor(shape, (x as NdArray).stride));
  const step = between ? chunk : size;
  for (let start = 0; start < size; start += step) {
    list.forEach((x, k) => {
      if (typeof x === "number") data[k * apart] = x;
      else if (between)
        copyStrided(data, [list.length], start * list.length + k, x.data, [1], x.offset + start, [Math.min(chunk, size - start)]);
      else copyStrided(data, stride, k * apart, x.data, x.stride, x.offset, shape);
    });
  }
  return y;
}

/**
 * Arrays of one shape, or numbers, along a new axis.
 *   ẏ = stack(ẋs)                x̄s = the entries of ȳ along that axis
 * @throws {RangeError} when the shapes differ, or the list is empty
 */
export const stack: Joining<Operand> = linearRule(
  stacked,
  (ybar: NdArray, list: readonly (NdArray | number)[], options?: AxisOptions) => {
    const axis = normalizeAxis("stack", axisOf("stack", options), ybar.dimension);
    const { data, offset } = ybar;
    const apart = ybar.stride[axis] as number;
    const shape = ybar.shape.toSpliced(axis, 1);
    const stride = ybar.stride.toSpliced(axis, 1);
    return list.map((x, k) => {
      const start = offset + k * apart;
      return typeof x === "number" ? data[start] : sameStore(ybar, shape, stride, start);
    });
  },
  {
    name: "stack",
    // An array of traced numbers is gathered: each entry knows where it comes from, and nothing is recorded.
    dispatch: (general, rule) =>
      ((list: readonly Operand[], options?: AxisOptions) => {
        const level = options === undefined && rule.stepsAside === undefined ? levelOfNumbers(list) : undefined;
        if (level === undefined || level.checked)
          return options === undefined ? (general as AnyFunction)(list) : general(list as never, options);
        return fromElements(list as readonly Scalar[], [list.length]);
      }) as never,
  },
);

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
    return cut(x, axis, lengths).map((piece) => packed(piece));
  },
  (ybars: readonly NdArray[], x: NdArray, sizes: number | readonly number[], options?: AxisOptions) =>
    joined(ybars, pieces(x, sizes, options).axis),
  { name: "split" },
);
