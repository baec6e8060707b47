import { type AnyArray, type ByAxes, bilinearRule, describe, isScalar } from "../../lib/core/index.js";
import {
  expectSize,
  floatDType,
  isNdArray,
  isRowMajor,
  largestSize,
  mostAxes,
  type NdArray,
  packedData,
  rowMajor,
  rowMajorStride,
  sameStore,
  sizeOf,
} from "../../lib/nd/index.js";
import { type AxisLabels, contract } from "../../lib/nd/products/contraction.js";

/** A product of two arrays: an array where axes are left, else a number. Say which where it matters, `matmul<NdArray>(a, b)`. */
export interface Product<S extends readonly unknown[] = []>
  extends ByAxes<[a: NdArray, b: NdArray, ...rest: S], [a: AnyArray, b: AnyArray, ...rest: S]> {}

/** Which axes of two arrays run together, and which the result has. */
export interface Contraction {
  readonly left: AxisLabels;
  readonly right: AxisLabels;
  /** Axes that both operands have and the result lacks are summed. */
  readonly out: AxisLabels;
  /** The extents of the result's axes. */
  readonly shape: readonly number[];
  /** The shape in which the result is given, in row-major order; `shape` when absent. */
  readonly as?: readonly number[] | undefined;
}

/** A number as an array without axes, of the kind of the other operand. */
export function asArray(x: number | NdArray, other: number | NdArray): NdArray {
  if (typeof x !== "number") return x;
  const single = typeof other !== "number" && floatDType(other.dtype) === "float32";
  return rowMajor(single ? Float32Array.of(x) : Float64Array.of(x), []);
}

function shapeOf(x: number | NdArray): readonly number[] {
  return typeof x === "number" ? [] : x.shape;
}

/** The cotangent of a contraction with the axes that it has in the plan. */
function unfolded(ybar: number | NdArray, other: number | NdArray, { shape, as }: Contraction): NdArray {
  const array = asArray(ybar, other);
  if (as === undefined) return array;
  if (isRowMajor(array.shape, array.stride)) return sameStore(array, shape, rowMajorStride(shape), array.offset);
  return rowMajor(packedData(array), shape);
}

/** The same function and its transposes by other loops, for operands of few axes; undefined where they do not serve. */
export interface Shortcuts {
  readonly product: (a: NdArray, b: NdArray) => NdArray | undefined;
  readonly left: (ybar: number | NdArray, a: NdArray, b: NdArray) => NdArray | undefined;
  readonly right: (ybar: number | NdArray, a: NdArray, b: NdArray) => NdArray | undefined;
}

/**
 * Throws where an operand is no array.
 * @param numbers whether numbers will do too
 */
export function operandsFor(who: string, operands: readonly unknown[], numbers = false): void {
  operands.forEach((x, k) => {
    if (isNdArray(x) || (numbers && isScalar(x))) return;
    const needed = numbers ? "a number or an array is needed" : "an array is needed";
    throw new TypeError(`${who}: argument ${k + 1} is ${describe(x)}; ${needed}${numbers ? "" : " (mul multiplies by numbers)"}`);
  });
}

/**
 * The rule of a sum of products of two arrays over axes that they share: all such products are each other's transposes.
 *   ẏ = f(ȧ, b) + f(a, ḃ)        ā = Σ ȳ b,  b̄ = Σ ȳ a, over the axes of ȳ that the operand lacks
 * @param plan      the axes, from the shapes of the operands; it throws where they do not fit
 * @param numbers   whether operands may be numbers, which the type does not say
 * @param shortcuts for functions that take no numbers
 */
export function contractionRule<S extends readonly unknown[]>(
  name: string,
  plan: (a: readonly number[], b: readonly number[], ...rest: S) => Contraction,
  { numbers = false, shortcuts }: { numbers?: boolean; shortcuts?: Shortcuts } = {},
): Product<S> {
  const product: (...args: readonly [a: NdArray, b: NdArray, ...rest: S]) => number | NdArray = (a, b, ...rest) => {
    operandsFor(name, [a, b], numbers);
    if (shapeOf(a).length + shapeOf(b).length > mostAxes || sizeOf(shapeOf(a)) * sizeOf(shapeOf(b)) > largestSize)
      expectSize(name, plan(shapeOf(a), shapeOf(b), ...rest).shape);
    const short = shortcuts?.product(a, b);
    if (short !== undefined) return numberOr(short);
    const { left, right, out, shape, as = shape } = plan(shapeOf(a), shapeOf(b), ...rest);
    const y = contract(asArray(a, b), left, asArray(b, a), right, out, shape);
    return numberOr(as === shape ? y : rowMajor(y.data, as));
  };
  return bilinearRule(
    product,
    (ybar: number | NdArray, a: NdArray, b: NdArray, ...rest: S) => {
      const short = shortcuts?.left(ybar, a, b);
      if (short !== undefined) return short;
      const axes = plan(shapeOf(a), shapeOf(b), ...rest);
      return contract(unfolded(ybar, b, axes), axes.out, asArray(b, ybar), axes.right, axes.left, shapeOf(a));
    },
    (ybar: number | NdArray, a: NdArray, b: NdArray, ...rest: S) => {
      const short = shortcuts?.right(ybar, a, b);
      if (short !== undefined) return short;
      const axes = plan(shapeOf(a), shapeOf(b), ...rest);
      return contract(asArray(a, ybar), axes.left, unfolded(ybar, a, axes), axes.out, axes.right, shapeOf(b));
    },
    { name },
  );
}

/** An array without axes as the number that it holds. */
function numberOr(y: NdArray): number | NdArray {
  return y.dimension === 0 ? y.get() : y;
}
