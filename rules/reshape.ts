import { inplaceable, linearRule } from "../lib/core/index.js";
import {
  type ArrayView,
  addStrided,
  formatShape,
  isRowMajor,
  type NdArray,
  numbersFor,
  packed,
  rowMajor,
  rowMajorStride,
  sameStore,
  sizeOf,
} from "../lib/nd/index.js";
import type { Rearrangement } from "./axes.js";
import { arrayFor } from "./reduce-options.js";
import { fresh } from "./view-rule.js";

/** The shape meant by one in which a −1 may stand for what is left. */
function completed(shape: readonly number[], x: NdArray): readonly number[] {
  const refuse = (why: string): RangeError =>
    new RangeError(`reshape: shape ${formatShape(shape)} for an array of shape ${formatShape(x.shape)}: ${why}`);
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

/** The row-major entries of x in another shape. */
function reshaped(x: NdArray, shape: readonly number[]): NdArray {
  return rowMajor(fresh(x).data, shape);
}

/** The same in place, where the entries lie in row-major order. */
function reshapedView(x: ArrayView<unknown>, shape: readonly number[]): ArrayView<unknown> | undefined {
  return isRowMajor(x.shape, x.stride) ? sameStore(x, shape, rowMajorStride(shape), x.offset) : undefined;
}

/** The transpose of a function that only changes the shape. */
function shapedBack(ybar: NdArray, x: NdArray): unknown {
  return inplaceable(
    (acc) => {
      const { data, offset } = isRowMajor(ybar.shape, ybar.stride) ? ybar : packed(ybar);
      addStrided(acc.data, acc.stride, acc.offset, data, rowMajorStride(acc.shape), offset, acc.shape);
    },
    () => reshaped(ybar, x.shape),
  );
}

/**
 * The entries of x, in row-major order, in another shape.
 *   ẏ = reshape(ẋ, shape)        x̄ = reshape(ȳ, shape of x)
 * @param shape a number for one axis; one extent may be −1 and is then found from the others
 * @throws {RangeError} when the shape does not hold as many entries
 */
export const reshape: Rearrangement<[shape: number | readonly number[]]> = linearRule(
  (x: NdArray, shape: number | readonly number[]) => reshaped(x, completed(numbersFor("reshape", "shape", shape), arrayFor("reshape", x))),
  shapedBack,
  {
    name: "reshape",
    view: (x, shape) => reshapedView(x, completed(numbersFor("reshape", "shape", shape as number | readonly number[]), x as NdArray)),
  },
) as unknown as Rearrangement<[shape: number | readonly number[]]>;

/**
 * The entries of x, in row-major order, along one axis.
 *   ẏ = ravel(ẋ)                 x̄ = reshape(ȳ, shape of x)
 */
export const ravel: Rearrangement<[]> = linearRule((x: NdArray) => reshaped(arrayFor("ravel", x), [x.size]), shapedBack, {
  name: "ravel",
  view: (x) => reshapedView(x, [x.size]),
}) as unknown as Rearrangement<[]>;
