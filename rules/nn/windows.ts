import { optionsFor } from "../../lib/core/index.js";
import { type ArrayView, expectSize, formatShape, type NdArray, sameStore, shown } from "../../lib/nd/index.js";
import { arrayWith, flagOf } from "../support/reduce-options.js";

/** One number for both sides of a plane, or a pair, that of the rows first. Along a line, a number. */
export type PerSide = number | readonly [rows: number, columns: number];

/** How windows lie along one axis: window o has the entries o · stride − padding + k · dilation, k < kernel. */
export interface Side {
  /** Extent of the axis. */
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  /** Entries added at each end. */
  readonly padding: number;
  readonly dilation: number;
  /** How many windows there are. */
  readonly output: number;
}

/** A side with nothing to slide over: lines are planes of one row. */
const unit: Side = { input: 1, kernel: 1, stride: 1, padding: 0, dilation: 1, output: 1 };

/**
 * What an option says of each side.
 * @param least the smallest integer that it may be
 */
export function perSide(who: string, name: string, value: unknown, sides: number, least: number): number[] {
  const list: unknown = typeof value === "number" ? new Array<number>(sides).fill(value) : value;
  const cure = `give an integer from ${least} on${sides === 1 ? "" : ", or a pair of them"}`;
  if (!Array.isArray(list)) throw new TypeError(`${who}: ${name} is ${shown(value)}; ${cure}`);
  for (const entry of list as unknown[])
    if (typeof entry !== "number") throw new TypeError(`${who}: ${name} holds ${shown(entry)}; ${cure}`);
  if (list.length !== sides || !(list as number[]).every((entry) => Number.isInteger(entry) && entry >= least))
    throw new RangeError(`${who}: ${name} = ${typeof value === "number" ? value : formatShape(list as number[])}; ${cure}`);
  return list as number[];
}

/**
 * Windows along the last axes of an array, as many as `kernel` has entries.
 * @param over whether the last window may go beyond the padding at the end, as long as it begins before that padding
 * @throws {RangeError} when an axis has no room for one
 */
export function sidesOf(
  who: string,
  shape: readonly number[],
  { kernel, stride, padding, dilation }: Readonly<Record<"kernel" | "stride" | "padding" | "dilation", readonly number[]>>,
  over = false,
): Side[] {
  return kernel.map((width, k) => {
    const axis = shape.length - kernel.length + k;
    const input = shape[axis] as number;
    const around = padding[k] as number;
    const spread = dilation[k] as number;
    const step = stride[k] as number;
    const room = input + 2 * around;
    const reach = (width - 1) * spread + 1;
    const more = Math.floor((room - reach + (over ? step - 1 : 0)) / step);
    if (width < 1 || more < 0) {
      throw new RangeError(
        `${who}: a window of ${width < 1 ? width : reach} entries does not fit axis ${axis}, which has ${room} with its padding; make the kernel smaller, but at least 1`,
      );
    }
    expectSize(`${who}: axis ${axis} with its padding`, [room]);
    return {
      input,
      kernel: width,
      stride: step,
      padding: around,
      dilation: spread,
      output: over && more * step >= input + around ? more : more + 1,
    };
  });
}

/** Windows over lines as windows over planes of one row. */
export function planeOf(sides: readonly Side[]): readonly [rows: Side, columns: Side] {
  return sides.length === 1 ? [unit, sides[0] as Side] : [sides[0] as Side, sides[1] as Side];
}

/** Lines as planes of one row: an array with four axes. */
export function asPlanes(x: NdArray): NdArray {
  return x.dimension === 4 ? x : sameStore(x, x.shape.toSpliced(2, 0, 1), x.stride.toSpliced(2, 0, 0), x.offset);
}

/** The axes of what slides over lines and over planes, for messages. */
export const axesOf = { 1: "[N, C, L]", 2: "[N, C, H, W]" } as const;

/**
 * An argument with a given number of axes.
 * @param axes what they are, for the message
 * @throws {TypeError} when it is no array
 * @throws {RangeError} when it has other axes
 */
export function withAxes<A extends ArrayView<unknown>>(who: string, name: string, x: A, rank: number, axes: string): A {
  return arrayWith(who, name, x, ({ length }) => length === rank, `an array of shape ${axes}`);
}

/** Where windows lie, and how wide they are. */
export interface PoolOptions<P extends PerSide = PerSide> {
  /** How many entries a window has. */
  readonly kernel: P;
  /** How far apart windows begin; as far as they are wide when absent. */
  readonly stride?: P | undefined;
  /** How many entries to add at each end, at most half of a window. 0 when absent. */
  readonly padding?: P | undefined;
  /** Whether what the windows leave over at the end makes one more, which has fewer entries. false when absent. */
  readonly ceilMode?: boolean | undefined;
}

const undilated: readonly number[] = [1, 1];

/**
 * The windows of a pooling.
 * @param names all that the options may hold
 */
export function poolSides(
  who: string,
  x: NdArray,
  options: PoolOptions | undefined,
  sides: 1 | 2,
  names = "kernel, stride, padding, ceilMode",
): readonly [rows: Side, columns: Side] {
  withAxes(who, "x", x, sides + 2, axesOf[sides]);
  const { kernel: width, stride: step = width, padding: around = 0, ceilMode = false } = optionsFor(who, options, names) as PoolOptions;
  flagOf(who, "ceilMode", ceilMode);
  const kernel = perSide(who, "kernel", width, sides, 1);
  const padding = perSide(who, "padding", around, sides, 0);
  padding.forEach((entry, k) => {
    if (2 * entry > (kernel[k] as number))
      throw new RangeError(`${who}: padding = ${entry} is more than half of a window of ${kernel[k]}; make it smaller`);
    if (x.shape[k + 2] === 0)
      throw new RangeError(`${who}: axis ${k + 2} of an array of shape ${formatShape(x.shape)} is empty; give it entries`);
  });
  const stride = perSide(who, "stride", step, sides, 1);
  return planeOf(sidesOf(who, x.shape, { kernel, stride, padding, dilation: undilated }, ceilMode));
}
