import type { FloatArray, FloatData } from "../float-array.js";
import { commonDType, forEachEntry, forEachRow, packed } from "../loops.js";
import { broadcastShapes, expectSize, formatShape, isRowMajor, sizeOf } from "../shape.js";
import type { FloatDType, NdArray } from "../types.js";
import { allocate, broadcastView, rowMajor, sameStore } from "../view.js";
import { type Matrix, multiplyInto } from "./matmul-kernel.js";
import { dotProducts } from "./matmul-vectors.js";

/** x itself when it is of that kind, else a copy. */
function ofKind(x: NdArray, dtype: FloatDType): FloatArray {
  return (x.dtype === dtype ? x : packed(x, dtype)) as FloatArray;
}

/** The first matrix in the last two axes of an array that has them; it can be moved to the others. */
function matrixAt(x: FloatArray): Matrix & { offset: number } {
  const last = x.dimension - 1;
  return { data: x.data, offset: x.offset, row: x.stride[last - 1] as number, col: x.stride[last] as number };
}

function refuseShapes(who: string, a: NdArray, b: NdArray, why: string): never {
  throw new RangeError(`${who}: shapes ${formatShape(a.shape)} and ${formatShape(b.shape)} do not fit: ${why}`);
}

/**
 * The matrix product: y[i, j] = Σ a[i, p] b[p, j]. Adds up as `addProduct` says; float32 operands give a float32 result.
 * @param a shape [m, k], any strides
 * @param b shape [k, n], any strides
 * @param who names the caller in errors
 * @returns shape [m, n], row-major
 * @throws {RangeError} when an operand is not a matrix, or the inner extents differ
 */
export function matmulData(a: NdArray, b: NdArray, who: string = "matmul"): NdArray {
  if (a.dimension !== 2 || b.dimension !== 2) refuseShapes(who, a, b, "matrices have two axes; reshape them");
  return matmulPlain(a, b, who);
}

/**
 * The matrix product over the last two axes, as NumPy's `matmul`: axes before them broadcast; a one-axis operand counts as a row on the
 * left and as a column on the right, and that axis is missing in the result. Adds up as `addProduct` says; NaN and infinities propagate
 * as IEEE 754 says; float32 operands give a float32 result.
 * @param a shape [..., m, k] or [k], any strides
 * @param b shape [..., k, n] or [k], any strides
 * @param who names the caller in errors
 * @returns shape [..., m, n] without the axes that were added; row-major
 * @throws {RangeError} when an operand has no axes, the inner extents differ, or the leading axes do not broadcast
 */
export function matmulPlain(a: NdArray, b: NdArray, who: string = "matmul"): NdArray {
  if (a.dimension === 0 || b.dimension === 0) refuseShapes(who, a, b, "both need at least one axis; multiply by a scalar with mul");
  const left = a.dimension > 1 ? a : sameStore(a, [1, ...a.shape], [0, ...a.stride], a.offset);
  const right = b.dimension > 1 ? b : sameStore(b, [...b.shape, 1], [...b.stride, 0], b.offset);
  const [m, k] = left.shape.slice(-2) as [number, number];
  const [depth, n] = right.shape.slice(-2) as [number, number];
  if (k !== depth) {
    refuseShapes(
      who,
      a,
      b,
      `axis ${a.dimension - 1} of the first has ${k} entries, axis ${right.dimension - 2} of the second has ${depth}; make them equal`,
    );
  }
  const lead = leadingShape(who, left, right);
  expectSize(who, [...lead, m, n]);
  const dtype = commonDType([a, b]);
  const out = allocate(dtype, sizeOf(lead) * m * n) as FloatData;
  multiplyAll(out, lead, m, k, n, ofKind(left, dtype), ofKind(right, dtype));
  const shape = [...lead, ...(a.dimension > 1 ? [m] : []), ...(b.dimension > 1 ? [n] : [])];
  return rowMajor(out, shape);
}

function leadingShape(who: string, a: NdArray, b: NdArray): number[] {
  if (a.dimension === 2 && b.dimension === 2) return [];
  return broadcastShapes(
    `${who}: axes before the last two of shapes ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
    a.shape.slice(0, -2),
    b.shape.slice(0, -2),
  );
}

function multiplyAll(out: FloatData, lead: readonly number[], m: number, k: number, n: number, a: FloatArray, b: FloatArray): void {
  const left = matrixAt(a);
  const right = matrixAt(b);
  if (b.dimension === 2 && (a.dimension === 2 || isRowMajor(a.shape, a.stride))) {
    // Rows of all matrices of a lie evenly: one product. The stride of an axis with one entry says nothing about how far apart they are.
    multiplyInto(out, 0, sizeOf(lead) * m, k, n, a.dimension === 2 ? left : { ...left, row: k, col: 1 }, right);
    return;
  }
  const starts = [a, b].map((x) => broadcastView(sameStore(x, x.shape.slice(0, -2), x.stride.slice(0, -2), x.offset), lead));
  if (m === 1 && n === 1) {
    const [x, y] = starts as [NdArray, NdArray];
    const last = lead.length - 1;
    const [xRow, yRow, count] = [x.stride[last] as number, y.stride[last] as number, lead[last] as number];
    let at = 0;
    forEachRow(lead, [x.stride, y.stride], [x.offset, y.offset], ([startA, startB]) => {
      const xs = { data: a.data, offset: startA as number, row: xRow, col: left.col };
      dotProducts(out, at, count, k, xs, { data: b.data, offset: startB as number, row: yRow, col: right.row });
      at += count;
    });
    return;
  }
  forEachEntry(starts, lead, (count, [startA, startB]) => {
    left.offset = startA as number;
    right.offset = startB as number;
    multiplyInto(out, count * m * n, m, k, n, left, right);
  });
}
