import { type AnyArray, bilinearRule, describe, type Operand, type Scalar } from "../lib/core/index.js";
import {
  floatDType,
  formatShape,
  isNdArray,
  matmulPlain,
  type NdArray,
  type NumericData,
  packed,
  rowMajor,
  sameStore,
  sizeOf,
  sumToShape,
} from "../lib/nd/index.js";
import { fresh } from "./view-rule.js";

/** A product of two arrays. Whether it is a number depends on their axes; where it is not what stands here, say so: `dot<NdArray>(a, b)`. */
export interface Product<Plain extends number | NdArray, Traced extends Operand> {
  (a: NdArray, b: NdArray): Plain;
  (a: AnyArray, b: AnyArray): Traced;
  <Y extends Operand>(a: AnyArray, b: AnyArray): Y;
}

function operandsFor(who: string, ...operands: readonly [a: NdArray, b: NdArray]): void {
  operands.forEach((x, k) => {
    if (!isNdArray(x)) throw new TypeError(`${who}: argument ${k + 1} is ${describe(x)}; an array is needed (mul multiplies by numbers)`);
  });
}

/** A vector on the left counts as one row. */
function asRows(a: NdArray): NdArray {
  return a.dimension > 1 ? a : sameStore(a, [1, ...a.shape], [0, ...a.stride], a.offset);
}

/** A vector on the right counts as one column. */
function asColumns(b: NdArray): NdArray {
  return b.dimension > 1 ? b : sameStore(b, [...b.shape, 1], [...b.stride, 0], b.offset);
}

/** The matrices in the last two axes, transposed. */
function turned(x: NdArray): NdArray {
  const last = x.dimension - 1;
  return x.transpose(...Array.from({ length: last - 1 }, (_, k) => k), last, last - 1);
}

/** A cotangent with the axes that `matmul` leaves out put back. */
function asMatrices(ybar: number | NdArray, a: NdArray, b: NdArray): NdArray {
  if (typeof ybar === "number") return rowMajor([ybar], [1, 1]);
  if (b.dimension === 1) return sameStore(ybar, [...ybar.shape, 1], [...ybar.stride, 0], ybar.offset);
  if (a.dimension > 1) return ybar;
  const at = ybar.dimension - 1;
  return sameStore(ybar, ybar.shape.toSpliced(at, 0, 1), ybar.stride.toSpliced(at, 0, 0), ybar.offset);
}

/** Entries in an operand's shape and kind. */
function inFormOf(x: NdArray, entries: NumericData): NdArray {
  const array = rowMajor(entries, x.shape);
  const dtype = floatDType(x.dtype);
  return array.dtype === dtype ? array : packed(array, dtype);
}

/** A sum of products of matrices, brought to the shape of an operand. */
function backTo(x: NdArray, matrices: readonly number[], product: NdArray): NdArray {
  return inFormOf(x, sumToShape(product, matrices).data);
}

/**
 * The matrix product over the last two axes, y[…, i, j] = Σ a[…, i, p] b[…, p, j]; axes before them broadcast. A vector counts as a row on
 * the left and as a column on the right, and that axis is missing in y; of two vectors it is a number. Adds up in double precision.
 *   ẏ = matmul(ȧ, b) + matmul(a, ḃ)     ā = ȳ bᵀ,  b̄ = aᵀ ȳ, summed over axes that broadcast
 * @throws {RangeError} when an operand has no axes, the inner extents differ, or leading axes do not broadcast
 */
export const matmul: Product<NdArray, AnyArray> = bilinearRule(
  (a: NdArray, b: NdArray) => {
    operandsFor("matmul", a, b);
    const y = matmulPlain(a, b);
    return y.dimension === 0 ? y.get() : y;
  },
  (ybar: number | NdArray, a: NdArray, b: NdArray) => backTo(a, asRows(a).shape, matmulPlain(asMatrices(ybar, a, b), turned(asColumns(b)))),
  (ybar: number | NdArray, a: NdArray, b: NdArray) => backTo(b, asColumns(b).shape, matmulPlain(turned(asRows(a)), asMatrices(ybar, a, b))),
  { name: "matmul" },
) as unknown as Product<NdArray, AnyArray>;

/** b with its second-last axis in front. */
function summedFirst(b: NdArray): NdArray {
  const rank = b.dimension;
  return rank < 3 ? b : b.transpose(rank - 2, ...Array.from({ length: rank - 2 }, (_, k) => k), rank - 1);
}

/** All axes of a but the last as one. */
function rowsOf(a: NdArray): NdArray {
  return a.dimension < 3 ? asRows(a) : rowMajor(fresh(a).data, [sizeOf(a.shape.slice(0, -1)), a.shape.at(-1) as number]);
}

/** All axes of b but the summed one as one. */
function columnsOf(b: NdArray): NdArray {
  if (b.dimension < 3) return asColumns(b);
  const first = summedFirst(b);
  return rowMajor(fresh(first).data, [first.shape[0] as number, sizeOf(first.shape.slice(1))]);
}

function dotOf(a: NdArray, b: NdArray): number | NdArray {
  operandsFor("dot", a, b);
  const refuse = (why: string): never => {
    throw new RangeError(`dot: shapes ${formatShape(a.shape)} and ${formatShape(b.shape)} do not fit: ${why}`);
  };
  if (a.dimension === 0 || b.dimension === 0) return refuse("both need at least one axis; multiply by a scalar with mul");
  const k = a.shape.at(-1) as number;
  const axis = Math.max(0, b.dimension - 2);
  if (b.shape[axis] !== k) {
    return refuse(
      `axis ${a.dimension - 1} of the first has ${k} entries, axis ${axis} of the second has ${b.shape[axis]}; make them equal`,
    );
  }
  const y = matmulPlain(rowsOf(a), columnsOf(b));
  if (a.dimension === 1 && b.dimension === 1) return y.get(0, 0);
  return rowMajor(y.data, [...a.shape.slice(0, -1), ...b.shape.filter((_, j) => j !== axis)]);
}

/** A cotangent of `dot` as a matrix of the rows of a and the columns of b. */
function asMatrix(ybar: number | NdArray, a: NdArray, b: NdArray): NdArray {
  const shape = [rowsOf(a).shape[0] as number, columnsOf(b).shape[1] as number];
  return rowMajor(typeof ybar === "number" ? [ybar] : fresh(ybar).data, shape);
}

/**
 * The inner product of two vectors, a number; in general the sum over the last axis of a and the second-last of b (its only one, for a
 * vector), as NumPy's `dot`: y[…, i, …, j] = Σ a[…, i, p] b[…, p, j]. Nothing broadcasts.
 *   ẏ = dot(ȧ, b) + dot(a, ḃ)           ā = Σ ȳ b,  b̄ = Σ ȳ a, over the axes of the other one
 * @throws {RangeError} when an operand has no axes, or the summed extents differ
 */
export const dot: Product<number, Scalar> = bilinearRule(
  dotOf,
  (ybar: number | NdArray, a: NdArray, b: NdArray) => inFormOf(a, matmulPlain(asMatrix(ybar, a, b), turned(columnsOf(b))).data),
  (ybar: number | NdArray, a: NdArray, b: NdArray) => {
    const { data } = matmulPlain(turned(rowsOf(a)), asMatrix(ybar, a, b));
    const rank = b.dimension;
    if (rank < 3) return inFormOf(b, data);
    const order = [...Array.from({ length: rank - 2 }, (_, k) => k + 1), 0, rank - 1];
    return inFormOf(b, fresh(rowMajor(data, summedFirst(b).shape).transpose(...order)).data);
  },
  { name: "dot" },
) as unknown as Product<number, Scalar>;

/** The entries along one axis. */
function flat(x: NdArray): NdArray {
  return x.dimension === 1 ? x : rowMajor(fresh(x).data, [x.size]);
}

/**
 * All products of an entry of a with one of b: y[i, j] = a[i] b[j]. Arrays that are not vectors are flattened first.
 *   ẏ = outer(ȧ, b) + outer(a, ḃ)       ā = ȳ b,  b̄ = ȳᵀ a
 */
export const outer: Product<NdArray, AnyArray> = bilinearRule(
  (a: NdArray, b: NdArray) => {
    operandsFor("outer", a, b);
    return matmulPlain(asColumns(flat(a)), asRows(flat(b)));
  },
  (ybar: NdArray, a: NdArray, b: NdArray) => inFormOf(a, matmulPlain(ybar, flat(b)).data),
  (ybar: NdArray, a: NdArray, b: NdArray) => inFormOf(b, matmulPlain(flat(a), ybar).data),
  { name: "outer" },
) as unknown as Product<NdArray, AnyArray>;
