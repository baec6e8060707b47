import { type AnyArray, cotangentOf, describe, linearRule, type Operand, type PlainOperand, thunk } from "../../lib/core/index.js";
import { type FloatData, inOrder } from "../../lib/nd/float-array.js";
import { expectSound, formatShape, isNdArray, isRowMajor, type NdArray, offsetsOf, packed, sameShape } from "../../lib/nd/index.js";
import { type Condition, where } from "../elementwise/where.js";
import { type Blocks, blockRule, entriesAt } from "../support/blocks.js";
import { arrayFor } from "../support/reduce-options.js";

/** The entries of a mask in row-major order; in its own memory where they are bytes that lie so. */
function entriesOf({ data, shape, stride, offset, size }: NdArray): Uint8Array {
  if (data instanceof Uint8Array && isRowMajor(shape, stride)) return data.length === size ? data : data.subarray(offset, offset + size);
  const holds = new Uint8Array(size);
  offsetsOf({ shape, stride, offset }).forEach((at, n) => {
    holds[n] = data[at] === 0 ? 0 : 1;
  });
  return holds;
}

/** The row-major positions where a mask holds. */
function positionsWhere(mask: NdArray): Int32Array {
  const holds = entriesOf(mask);
  const positions = new Int32Array(holds.length);
  let count = 0;
  for (let n = 0; n < holds.length; n++) {
    // Written in any case, and overwritten where the mask does not hold; 1 is added for any byte but 0. A branch that cannot be foreseen
    // takes longer.
    positions[count] = n;
    count += ((holds[n] as number) + 255) >> 8;
  }
  return count === positions.length ? positions : positions.subarray(0, count);
}

/** The entries where a mask holds, one after another. */
function selected(x: NdArray, mask: NdArray): Blocks {
  if (!isNdArray(mask)) throw new TypeError(`maskSelect: mask is ${describe(mask)}; give an array of 1 and 0, such as greater(x, 0)`);
  expectSound("maskSelect", "mask", mask);
  if (!sameShape(mask.shape, x.shape)) {
    throw new RangeError(`maskSelect: mask has shape ${formatShape(mask.shape)}, x has ${formatShape(x.shape)}; make them equal`);
  }
  const list = positionsWhere(mask);
  const result = [list.length];
  if (isRowMajor(x.shape, x.stride)) return { list, offset: x.offset, step: 1, shape: [], stride: [], before: 0, result };
  const offsets = offsetsOf(x);
  return entriesAt(
    list.map((position) => offsets[position] as number),
    result,
  );
}

/**
 * The entries of x where the mask holds, in row-major order, along one axis. Anything but 0 holds.
 *   ẏ = maskSelect(ẋ, mask)      x̄ = ȳ in the places where the mask holds, 0 elsewhere
 * @param mask an array of 1 and 0 of the shape of x, as the comparisons make it; not differentiated
 * @throws {RangeError} when the shapes differ
 */
export const maskSelect: {
  (x: NdArray, mask: AnyArray): NdArray;
  (x: AnyArray, mask: AnyArray): AnyArray;
} = blockRule("maskSelect", selected);

/** Whether the mask goes over x entry by entry and fills in a number: this has a loop of its own. */
function isPlainFill(x: NdArray, mask: Condition, value: PlainOperand): mask is NdArray {
  return typeof value === "number" && isNdArray(mask) && sameShape(mask.shape, x.shape);
}

/** x with a number where the mask holds. */
function filled(x: NdArray, mask: NdArray, value: number): NdArray {
  const y = packed(x);
  const data = y.data as FloatData;
  const positions = positionsWhere(mask);
  for (let k = 0; k < positions.length; k++) data[positions[k] as number] = value;
  return y;
}

/** The sum of x where the mask holds. */
function sumWhere(x: NdArray, mask: NdArray): number {
  const { data, offset } = inOrder(x);
  const positions = positionsWhere(mask);
  let total = 0;
  for (let k = 0; k < positions.length; k++) total += data[offset + (positions[k] as number)] as number;
  return total;
}

/**
 * x with `value` where the mask holds: where(mask, value, x). The mask and the value broadcast with x. The entries that are filled get a
 * derivative of exactly 0, even where their own one is infinite or NaN; so does the value where the mask does not hold.
 *   ẏ = where(mask, valuė, ẋ)    x̄ = where(mask, 0, ȳ),  value̅ = Σ ȳ where the mask holds
 * @param mask  true or false, or an array of 1 and 0; not differentiated
 * @param value a number, or an array
 * @throws {RangeError} when the shapes do not broadcast
 */
export const maskFill: {
  (x: NdArray, mask: boolean | AnyArray, value: PlainOperand): NdArray;
  (x: AnyArray, mask: boolean | AnyArray, value: Operand): AnyArray;
} = linearRule(
  (x: NdArray, mask: boolean | NdArray, value: PlainOperand): NdArray => {
    arrayFor("maskFill", x);
    if (typeof mask !== "boolean" && !isNdArray(mask))
      throw new TypeError(`maskFill: mask is ${describe(mask)}; give an array of 1 and 0, such as greater(x, 0)`);
    if (typeof value !== "number" && !isNdArray(value))
      throw new TypeError(`maskFill: value is ${describe(value)}; a number or an array is needed`);
    if (isNdArray(mask)) expectSound("maskFill", "mask", mask);
    return isPlainFill(x, mask, value) ? filled(x, mask, value as number) : (where(mask, value, x) as NdArray);
  },
  (ybar: NdArray, x: NdArray, mask: Condition, value: PlainOperand) =>
    isPlainFill(x, mask, value)
      ? [thunk(() => filled(ybar, mask, 0)), thunk(() => sumWhere(ybar, mask))]
      : [thunk(() => cotangentOf(x as Operand, where(mask, 0, ybar))), thunk(() => cotangentOf(value as Operand, where(mask, ybar, 0)))],
  { name: "maskFill", linearIn: [0, 2] },
);
