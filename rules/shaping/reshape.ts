import { inplaceable, linearRule } from "../../lib/core/index.js";
import {
  addInto,
  expectOneShape,
  expectSize,
  formatShape,
  isRowMajor,
  mostAxes,
  type NdArray,
  numbersFor,
  packedData,
  rowMajor,
  rowMajorStride,
  sameStore,
  sizeOf,
} from "../../lib/nd/index.js";
import { arrayFor } from "../support/reduce-options.js";
import type { Rearrangement } from "./axes.js";

/** The shape meant by one in which a −1 may stand for what is left. */
function completed(shape: readonly number[], x: NdArray): readonly number[] {
  const refuse = (why: string): RangeError =>
    new RangeError(`reshape: shape ${formatShape(shape)} for an array of shape ${formatShape(x.shape)}: ${why}`);
  if (shape.length > mostAxes) expectSize("reshape", shape);
  const open = shape.indexOf(-1);
  for (const [k, extent] of shape.entries()) {
    if ((!Number.isInteger(extent) || extent < 0) && k !== open) throw refuse("extents are integers, 0 or more, and one may be −1");
  }
  if (open < 0) {
    if (sizeOf(shape) !== x.size) throw refuse(`it has ${sizeOf(shape)} entries, the array ${x.size}; make them equal`);
    return shape;
  }
  const known = sizeOf(shape.filter((_, k) => k !== open));
  if (known === 0 || x.size % known !== 0)
    throw refuse(`${x.size} entries do not fill it; choose the other extents so that they divide ${x.size}`);
  return shape.map((extent, k) => (k === open ? x.size / known : extent));
}

/** x read in another shape, which has as many entries; undefined where these do not lie in row-major order. */
function readAs(x: NdArray, shape: readonly number[]): NdArray | undefined {
  return isRowMajor(x.shape, x.stride) ? sameStore(x, shape, rowMajorStride(shape), x.offset) : undefined;
}

/** The view that `reshape` copies, on whatever store; undefined where the entries do not lie in row-major order. */
function reshapeView(x: NdArray, shape: number | readonly number[], more?: unknown): NdArray | undefined {
  expectOneShape("reshape", more, "reshape(x, […])");
  return readAs(x, completed(numbersFor("reshape", "shape", shape), x));
}

/** The view that `ravel` copies, on whatever store; undefined where the entries do not lie in row-major order. */
function ravelView(x: NdArray): NdArray | undefined {
  return readAs(x, [x.size]);
}

/** The transpose of a function that only changes the shape. */
function shapedBack(ybar: NdArray, x: NdArray): unknown {
  return inplaceable(
    (acc) => addInto(acc, readAs(ybar, x.shape) ?? rowMajor(packedData(ybar), x.shape)),
    () => rowMajor(packedData(ybar), x.shape),
  );
}

/**
 * The entries of x, in row-major order, in another shape.
 *   ẏ = reshape(ẋ, shape)        x̄ = reshape(ȳ, shape of x)
 * @param shape a number for one axis; one extent may be −1 and is then found from the others
 * @throws {RangeError} when the shape does not hold as many entries
 */
export const reshape: Rearrangement<[shape: number | readonly number[]]> = linearRule(
  (x: NdArray, shape: number | readonly number[], ...more: readonly unknown[]) => {
    expectOneShape("reshape", more[0], "reshape(x, […])");
    const result = completed(numbersFor("reshape", "shape", shape), arrayFor("reshape", x));
    return rowMajor(packedData(x), result);
  },
  shapedBack,
  {
    name: "reshape",
    view: reshapeView as never,
  },
);

/**
 * The entries of x, in row-major order, along one axis.
 *   ẏ = ravel(ẋ)                 x̄ = reshape(ȳ, shape of x)
 */
export const ravel: Rearrangement<[]> = linearRule((x: NdArray) => rowMajor(packedData(arrayFor("ravel", x)), [x.size]), shapedBack, {
  name: "ravel",
  view: ravelView as never,
});
