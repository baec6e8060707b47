import {
  type ArrayOptions,
  type ArraySource,
  arange as arangeOfNumbers,
  arrayOf,
  checkDType,
  checkedShape,
  type DType,
  type FloatDType,
  full as fullOfNumber,
  isFloating,
  type NdArray,
  type TypedRow,
} from "../../nd/index.js";
import { type AnyArray, type AnyFloats, type Scalar, TracedScalar } from "../level.js";
import { isTracedFloats } from "../structures/floats.js";
import { add, scale } from "../tangents/arithmetic.js";
import { broadcastTo, cast } from "../tangents/broadcasting.js";
import { primal } from "../traced/ground.js";
import { fromElements } from "../traced/store.js";

/** As `ArraySource`, with traced numbers among the numbers. */
export type TracedSource = Scalar | TypedRow | AnyFloats | readonly TracedSource[];

function floatKind(who: string, dtype: DType): FloatDType {
  if (isFloating(dtype)) return dtype as FloatDType;
  throw new TypeError(
    `${who}: an array of ${dtype} numbers cannot hold a traced one: they do not move; leave dtype out, or give primal(x)`,
  );
}

/**
 * A new row-major array from numbers: `array([[1, 2], [3, 4]])` has shape [2, 2], `array(5)` no axes. Numbers are stored as the kind
 * `dtype` stores them: integer kinds cut off the fraction. With traced numbers among them the array is traced, and differentiates by each.
 * @param nested a number, lists of lists of one depth and length, or a typed array, which is copied
 * @throws {RangeError} when rows differ in length or depth; names the row
 * @throws {TypeError} when an entry is not a number; names the entry
 */
export function array(nested: ArraySource, options?: ArrayOptions): NdArray;
export function array(nested: TracedSource, options?: ArrayOptions): AnyArray;
export function array(nested: unknown, options: ArrayOptions = {}): AnyArray {
  if (isTracedFloats(nested)) return cast(nested.view, floatKind("array", checkDType("array", options)));
  const found: [position: number, x: TracedScalar][] = [];
  const numbers = arrayOf(nested, options, (entry, position) => {
    if (!(entry instanceof TracedScalar)) return undefined;
    found.push([position, entry]);
    return 0;
  });
  if (found.length === 0) return numbers;
  const dtype = floatKind("array", numbers.dtype as DType);
  const elements: Scalar[] = Array.from(numbers.data as ArrayLike<number>);
  for (const [position, x] of found) elements[position] = x;
  return fromElements(elements, numbers.shape, dtype);
}

/**
 * A new array that has this value everywhere, which may be traced; otherwise like `zeros`.
 *   ẏ[i] = v̇                     v̄ = Σ ȳ[i]
 */
export function full(shape: number | readonly number[], value: number, options?: ArrayOptions): NdArray;
export function full(shape: number | readonly number[], value: Scalar, options?: ArrayOptions): AnyArray;
export function full(shape: number | readonly number[], value: Scalar, options: ArrayOptions = {}): AnyArray {
  if (!(value instanceof TracedScalar)) return fullOfNumber(shape, value, options);
  const extents = checkedShape("full", shape);
  const dtype = floatKind("full", checkDType("full", options));
  const y = broadcastTo(value, extents);
  return dtype === "float64" ? y : cast(y, dtype);
}

/**
 * The numbers start, start + step, … before stop, on one axis. Their count is ⌈(stop − start) / step⌉, which rounding may move by one
 * when the step is not an integer: `linspace` takes a count instead. start and step may be traced; stop decides on the count alone.
 *   ẏ[i] = ṡtart + i ṡtep        s̄tart = Σ ȳ[i],  s̄tep = Σ i ȳ[i]
 * @throws {RangeError} when step is 0 or a bound is not finite
 * @throws {TypeError} when stop is traced
 */
export function arange(stop: number, options?: ArrayOptions): NdArray;
export function arange(start: number, stop: number, options?: ArrayOptions): NdArray;
export function arange(start: number, stop: number, step: number, options?: ArrayOptions): NdArray;
export function arange(start: Scalar, stop: number, options?: ArrayOptions): AnyArray;
export function arange(start: Scalar, stop: number, step: Scalar, options?: ArrayOptions): AnyArray;
export function arange(...args: (Scalar | ArrayOptions | undefined)[]): AnyArray {
  const ofNumbers = arangeOfNumbers as (...xs: unknown[]) => NdArray;
  if (!args.some((arg) => arg instanceof TracedScalar)) return ofNumbers(...args);
  const [first, second, third] = args;
  const oneNumber = second === undefined || (typeof second === "object" && !(second instanceof TracedScalar));
  if ((oneNumber ? first : second) instanceof TracedScalar) {
    throw new TypeError(
      "arange: stop is a traced number, but it decides only how many numbers there are; give primal(stop), or linspace(start, stop, num), which differentiates by both ends",
    );
  }
  const numbers = ofNumbers(...args.map((arg) => (arg instanceof TracedScalar ? primal(arg) : arg)));
  const dtype = floatKind("arange", numbers.dtype as DType);
  const step = third instanceof TracedScalar ? third : typeof third === "number" ? third : 1;
  const y = add(scale(step, arangeOfNumbers(numbers.size)), first as Scalar);
  return dtype === "float64" ? y : cast(y, dtype);
}
