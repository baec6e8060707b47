import { type AnyArray, describe, isRecord, isScalar, optionsFor, primal, type Scalar } from "../../lib/core/index.js";
import {
  type ArrayView,
  expectSound,
  formatShape,
  isList,
  isNdArray,
  type NdArray,
  normalizeAxes,
  normalizeAxis,
  reducedShape,
} from "../../lib/nd/index.js";

/** One axis or several; negative ones count from the end. */
export type Axes = number | readonly number[];

/** Which axes a reduction goes over. */
export interface ReduceOptions {
  /** The axes to reduce; all of them when absent. */
  readonly axis?: Axes | undefined;
  /** Whether the reduced axes stay, with extent 1. */
  readonly keepDims?: boolean | undefined;
}

/** Options under which everything is reduced to one number. */
interface Whole {
  readonly axis?: undefined;
  readonly keepDims?: false | undefined;
}

/** Options under which an array is left. */
type Partly = { readonly axis: Axes } | { readonly keepDims: true };

/** A reduction: a number without options (a traced one for a traced array), an array when an axis is named or axes are kept. */
export interface Reduction<O extends ReduceOptions = ReduceOptions> {
  (x: NdArray, options?: O & Whole): number;
  (x: AnyArray, options?: O & Whole): Scalar;
  (x: NdArray, options: O & Partly): NdArray;
  (x: AnyArray, options: O & Partly): AnyArray;
  (x: NdArray, options?: O): number | NdArray;
  (x: AnyArray, options?: O): Scalar | AnyArray;
}

/** What a reduction of an array does. */
export interface Reduced {
  /** The reduced axes, counted from the front. */
  readonly axes: readonly number[];
  /** The shape of the result; undefined when it is a number. */
  readonly shape: readonly number[] | undefined;
}

/** All axes of arrays, by how many they have: lists that are made once. */
const allAxes: number[][] = [];

function axesFor(who: string, axis: Axes | undefined, rank: number): readonly number[] {
  if (axis === undefined) {
    allAxes[rank] ??= Array.from({ length: rank }, (_, k) => k);
    return allAxes[rank] as number[];
  }
  return typeof axis === "number" ? [normalizeAxis(who, axis, rank)] : normalizeAxes(who, axis, rank);
}

/** Whether everything is reduced to one number. */
export function isWhole(options: ReduceOptions | undefined): boolean {
  if (options === undefined) return true;
  return isRecord(options) && options["axis"] === undefined && (options["keepDims"] === undefined || options["keepDims"] === false);
}

/**
 * What these options mean for an array of this shape.
 * @param names all that they may hold
 * @throws {RangeError} when an axis does not exist or is named twice
 * @throws {TypeError} when the options are not a record
 */
export function reducedBy(who: string, shape: readonly number[], options: ReduceOptions | undefined, names = "axis, keepDims"): Reduced {
  const { axis, keepDims = false } = optionsFor(who, options, names);
  flagOf(who, "keepDims", keepDims);
  const axes = axesFor(who, axis, shape.length);
  return { axes, shape: isWhole(options) ? undefined : reducedShape(shape, axes, keepDims) };
}

/** x, when it is an array. */
export function arrayFor(who: string, x: NdArray): NdArray {
  if (isNdArray(x)) {
    expectSound(who, "x", x);
    return x;
  }
  const cure = isList(x) ? ": array(x) makes one of lists" : "";
  throw new TypeError(`${who}: x is ${describe(x)}; an array is needed${cure}`);
}

/**
 * What an option says that is true or false.
 * @throws {TypeError} when it is neither
 */
export function flagOf(who: string, name: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new TypeError(`${who}: ${name} is ${describe(value)}; give true or false`);
}

/**
 * An argument, when it is an array whose shape fits.
 * @param needed what it has to be, for messages: "a vector"
 * @throws {TypeError} when it is no array
 * @throws {RangeError} when it has another shape
 */
export function arrayWith<A extends ArrayView<unknown>>(
  who: string,
  name: string,
  x: A,
  fits: (shape: readonly number[]) => boolean,
  needed: string,
): A {
  if (!isNdArray(x)) throw new TypeError(`${who}: ${name} is ${describe(x)}; ${needed} is needed`);
  expectSound(who, name, x);
  if (!fits(x.shape)) throw new RangeError(`${who}: ${name} has shape ${formatShape(x.shape)}; ${needed} is needed`);
  return x;
}

/**
 * What an option says that is a number, traced or not, which holds to some bounds.
 * @param cure for messages: "give a finite number"
 * @throws {TypeError} when it is no number
 * @throws {RangeError} when it does not hold to them
 */
export function numberOf(who: string, name: string, value: Scalar, holds: (x: number) => boolean, cure: string): Scalar {
  if (!isScalar(value)) throw new TypeError(`${who}: ${name} is ${describe(value)}; ${cure}`);
  const x = primal(value);
  if (!holds(x)) throw new RangeError(`${who}: ${name} = ${x}; ${cure}`);
  return value;
}
