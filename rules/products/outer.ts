import { bilinearRule, type OfTwoArrays } from "../../lib/core/index.js";
import { type FloatData, floatResult, inOrder } from "../../lib/nd/float-array.js";
import { commonDType, expectSize, matmulPlain, type NdArray, rowMajor, viewOn } from "../../lib/nd/index.js";
import { ownLoops } from "../../lib/nd/loops/own-loops.js";
import { outerProduct } from "../../lib/nd/products/entry-products.js";
import { operandsFor } from "./contraction-rule.js";

/** The entries in row-major order, as a vector. */
function flat(x: NdArray): NdArray {
  if (x.dimension === 1) return x;
  const { data, offset, size } = inOrder(x);
  return viewOn(data, [size], [1], offset);
}

/** oa[i] = Σⱼ y[i, j] b[j], ob[j] += Σᵢ a[i] y[i, j] for vectors and a matrix in order: y is read once. */
function bothWays(
  oa: Float64Array,
  ob: Float64Array,
  y: FloatData,
  at: number,
  a: FloatData,
  first: number,
  b: FloatData,
  start: number,
): void {
  const rows = oa.length;
  const cols = ob.length;
  let i = 0;
  let p = at;
  // Four rows at a time: what does not change from row to row is read and written a quarter as often.
  for (; i + 3 < rows; i += 4, p += 3 * cols) {
    const a0 = a[first + i] as number;
    const a1 = a[first + i + 1] as number;
    const a2 = a[first + i + 2] as number;
    const a3 = a[first + i + 3] as number;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let j = 0; j < cols; j++, p++) {
      const weight = b[start + j] as number;
      const y0 = y[p] as number;
      const y1 = y[p + cols] as number;
      const y2 = y[p + 2 * cols] as number;
      const y3 = y[p + 3 * cols] as number;
      s0 += y0 * weight;
      s1 += y1 * weight;
      s2 += y2 * weight;
      s3 += y3 * weight;
      (ob[j] as number) += a0 * y0 + a1 * y1 + (a2 * y2 + a3 * y3);
    }
    oa[i] = s0;
    oa[i + 1] = s1;
    oa[i + 2] = s2;
    oa[i + 3] = s3;
  }
  for (; i < rows; i++) {
    const factor = a[first + i] as number;
    let total = 0;
    for (let j = 0; j < cols; j++, p++) {
      total += (y[p] as number) * (b[start + j] as number);
      (ob[j] as number) += factor * (y[p] as number);
    }
    oa[i] = total;
  }
}

const none = new Float64Array(0);
const loopsFor = ownLoops({ bothWays }, { bothWays: [none, none, none, 0, none, 0, none, 0] });

/** [ȳ b, ȳᵀ a], of the shapes of a and b: adds up in double precision. */
function bothCotangents(ybar: NdArray, a: NdArray, b: NdArray): readonly [abar: NdArray, bbar: NdArray] {
  const [y, x, z] = [inOrder(ybar), inOrder(a), inOrder(b)];
  const abar = new Float64Array(a.size);
  const bbar = new Float64Array(b.size);
  loopsFor(y.data, x.data).bothWays(abar, bbar, y.data, y.offset, x.data, x.offset, z.data, z.offset);
  return [floatResult(abar, a.shape, commonDType([ybar, b])), floatResult(bbar, b.shape, commonDType([ybar, a]))];
}

/**
 * All products of an entry of a with one of b: y[i, j] = a[i] b[j]. Arrays that are not vectors are flattened first.
 *   ẏ = outer(ȧ, b) + outer(a, ḃ)       ā = ȳ b,  b̄ = ȳᵀ a
 */
export const outer: OfTwoArrays = bilinearRule(
  (a: NdArray, b: NdArray) => {
    operandsFor("outer", [a, b]);
    expectSize("outer", [a.size, b.size]);
    return outerProduct(flat(a), flat(b));
  },
  (ybar: NdArray, a: NdArray, b: NdArray) => rowMajor(matmulPlain(ybar, flat(b)).data, a.shape),
  (ybar: NdArray, a: NdArray, b: NdArray) => rowMajor(matmulPlain(flat(a), ybar).data, b.shape),
  { name: "outer", fresh: true, transposes: bothCotangents },
);
