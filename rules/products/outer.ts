import { type AnyArray, bilinearRule } from "../../lib/core/index.js";
import { type FloatData, floatResult, inOrder } from "../../lib/nd/float-array.js";
import { allocate, commonDType, type FloatDType, type NdArray, rowMajor } from "../../lib/nd/index.js";
import { operandsFor } from "./contraction-rule.js";
import type { Product } from "./matmul.js";

/** y[i · n + j] = a[i] b[j], in a new typed array. */
function productsOf(a: NdArray, b: NdArray): FloatData {
  const { data: x, offset: first, size: rows } = inOrder(a);
  const { data: y, offset: start, size: cols } = inOrder(b);
  const out = allocate(commonDType([a, b]), rows * cols) as FloatData;
  for (let i = 0, n = 0; i < rows; i++) {
    const entry = x[first + i] as number;
    for (let j = 0, q = start; j < cols; j++, q++) out[n++] = entry * (y[q] as number);
  }
  return out;
}

/** Σⱼ y[i · n + j] b[j], of the shape of a: adds up in double precision. */
function alongRows(y: NdArray, b: NdArray, shape: readonly number[], dtype: FloatDType): NdArray {
  const { data, offset, size } = inOrder(y);
  const { data: weights, offset: start, size: cols } = inOrder(b);
  const rows = cols === 0 ? 0 : size / cols;
  const out = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
  for (let i = 0, p = offset; i < rows; i++) {
    // Four running sums: the additions need not wait for each other.
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let q = start;
    for (const end = start + cols - 3; q < end; q += 4, p += 4) {
      s0 += (data[p] as number) * (weights[q] as number);
      s1 += (data[p + 1] as number) * (weights[q + 1] as number);
      s2 += (data[p + 2] as number) * (weights[q + 2] as number);
      s3 += (data[p + 3] as number) * (weights[q + 3] as number);
    }
    for (const end = start + cols; q < end; q++, p++) s0 += (data[p] as number) * (weights[q] as number);
    out[i] = s0 + s1 + (s2 + s3);
  }
  return floatResult(out, shape, dtype);
}

/** Σᵢ a[i] y[i · n + j], of the shape of b: adds up in double precision. */
function acrossRows(y: NdArray, a: NdArray, shape: readonly number[], dtype: FloatDType): NdArray {
  const { data, offset, size } = inOrder(y);
  const { data: weights, offset: start, size: rows } = inOrder(a);
  const cols = rows === 0 ? 0 : size / rows;
  const out = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
  let i = 0;
  let p = offset;
  // Four rows at a time: each sum is read and written a quarter as often.
  for (; i + 3 < rows; i += 4, p += 3 * cols) {
    const w0 = weights[start + i] as number;
    const w1 = weights[start + i + 1] as number;
    const w2 = weights[start + i + 2] as number;
    const w3 = weights[start + i + 3] as number;
    for (let j = 0; j < cols; j++, p++) {
      (out[j] as number) +=
        w0 * (data[p] as number) +
        w1 * (data[p + cols] as number) +
        (w2 * (data[p + 2 * cols] as number) + w3 * (data[p + 3 * cols] as number));
    }
  }
  for (; i < rows; i++) {
    const weight = weights[start + i] as number;
    for (let j = 0; j < cols; j++, p++) (out[j] as number) += weight * (data[p] as number);
  }
  return floatResult(out, shape, dtype);
}

/**
 * All products of an entry of a with one of b: y[i, j] = a[i] b[j]. Arrays that are not vectors are flattened first.
 *   ẏ = outer(ȧ, b) + outer(a, ḃ)       ā = ȳ b,  b̄ = ȳᵀ a
 */
export const outer: Product<NdArray, AnyArray> = bilinearRule(
  (a: NdArray, b: NdArray) => {
    operandsFor("outer", [a, b]);
    return rowMajor(productsOf(a, b), [a.size, b.size]);
  },
  (ybar: NdArray, a: NdArray, b: NdArray) => alongRows(ybar, b, a.shape, commonDType([ybar, b])),
  (ybar: NdArray, a: NdArray, b: NdArray) => acrossRows(ybar, a, b.shape, commonDType([ybar, a])),
  { name: "outer" },
) as Product<NdArray, AnyArray>;
