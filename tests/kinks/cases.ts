import type { AnyArray, Scalar } from "../../lib/core/index.js";
import { array, type NdArray, zeros } from "../../lib/nd/index.js";
import type { Line } from "./lines.js";

/** One point at which a convention holds. */
export interface KinkCase {
  /** As a reader would write it. */
  readonly shown: string;
  /** A function of numbers and arrays with one number as its result; or one that throws. */
  readonly f: (...args: never[]) => unknown;
  readonly args: readonly (number | NdArray)[];
  /** The value; or the error's name, where it throws. */
  readonly y: number | "RangeError";
  /** The derivative by each argument, forward and reverse alike. */
  readonly slopes?: readonly (number | NdArray)[] | "finite";
}

/** A line of the published table, or the part of one that holds for the functions of a file. */
export interface Kink extends Line {
  readonly names: readonly string[];
  readonly cases: readonly KinkCase[];
}

/** What a file beside a test fixes of its functions. */
export type Kinks = readonly Kink[];

export const vector = (...entries: number[]): NdArray => array(entries);
export const no = (length: number): NdArray => zeros([length]);
export const infinity: number = Number.POSITIVE_INFINITY;
export const NaNs: NdArray = vector(1, Number.NaN, 2);
export const tied: NdArray = array([
  [1, 3],
  [1, 1],
]);

/** A case of a function of one number. */
export const at = (shown: string, f: (x: Scalar) => unknown, x: number, y: number, slope: number): KinkCase => ({
  shown,
  f: f as KinkCase["f"],
  args: [x],
  y,
  slopes: [slope],
});

/** A case of a function of two numbers. */
export const at2 = (
  shown: string,
  f: (x: Scalar, y: Scalar) => unknown,
  x: number,
  y: number,
  value: number,
  ...slopes: number[]
): KinkCase => ({ shown, f: f as KinkCase["f"], args: [x, y], y: value, slopes });

/** A case of a function of an array. */
export const on = (shown: string, f: (x: AnyArray) => unknown, x: NdArray, y: KinkCase["y"], slope?: NdArray | "finite"): KinkCase => ({
  shown,
  f: f as KinkCase["f"],
  args: [x],
  y,
  ...(slope === undefined ? {} : { slopes: slope === "finite" ? slope : [slope] }),
});
