import { floatResult } from "../float-array.js";
import { commonDType, packedData } from "../loops.js";
import { matmulPlain } from "../products/matmul.js";
import type { NdArray } from "../types.js";
import { floatDType, rowMajor } from "../view.js";
import { multiplyEntries, writeInverse } from "./inverses.js";
import { isSingular, type LuSystems, luSystems } from "./linear-systems.js";
import { solveTriangle } from "./triangular.js";

// Cofactors without division: with rows and columns in the order of the largest pivots, a matrix is l d u, l and u unit triangular and well
// conditioned, d diagonal. Cofactors of products are products of cofactors, and those of d are products of its entries, zeros or not.

/** g = l diag(d) u, where g[i, j] = a[rows[i], cols[j]]. */
interface Ldu {
  readonly n: number;
  readonly rows: Int32Array;
  readonly cols: Int32Array;
  /** The sign of both orders together. */
  readonly sign: number;
  readonly d: Float64Array;
  /** The inverse of l, unit lower triangular. */
  readonly lowerInverse: NdArray;
  /** The inverse of u, unit upper triangular. */
  readonly upperInverse: NdArray;
}

function swap(order: Int32Array, i: number, j: number): void {
  const kept = order[i] as number;
  order[i] = order[j] as number;
  order[j] = kept;
}

/** Gaussian elimination with the largest entry that is left as pivot, in place of `g`: multipliers below the diagonal, u scaled above it. */
function eliminate(g: Float64Array, n: number): Ldu {
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const cols = rows.slice();
  const d = new Float64Array(n);
  let sign = 1;
  for (let k = 0; k < n; k++) {
    let best = k * n + k;
    for (let i = k; i < n; i++) {
      for (let at = i * n + k; at < (i + 1) * n; at++) if (Math.abs(g[at] as number) > Math.abs(g[best] as number)) best = at;
    }
    const row = Math.floor(best / n);
    const col = best % n;
    if (row !== k) {
      sign = -sign;
      swap(rows, row, k);
      for (let j = 0; j < n; j++) exchange(g, row * n + j, k * n + j);
    }
    if (col !== k) {
      sign = -sign;
      swap(cols, col, k);
      for (let i = 0; i < n; i++) exchange(g, i * n + col, i * n + k);
    }
    const pivot = g[k * n + k] as number;
    d[k] = pivot;
    if (pivot === 0) continue; // nothing but zeros is left
    for (let j = k + 1; j < n; j++) (g[k * n + j] as number) /= pivot;
    for (let i = k + 1; i < n; i++) {
      const entry = g[i * n + k] as number;
      for (let j = k + 1; j < n; j++) (g[i * n + j] as number) -= entry * (g[k * n + j] as number);
      g[i * n + k] = entry / pivot;
    }
  }
  return { n, rows, cols, sign, d, lowerInverse: inverseOf(g, n, true), upperInverse: inverseOf(g, n, false) };
}

function exchange(g: Float64Array, a: number, b: number): void {
  const kept = g[a] as number;
  g[a] = g[b] as number;
  g[b] = kept;
}

function inverseOf(g: Float64Array, n: number, lower: boolean): NdArray {
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) inverse[i * (n + 1)] = 1;
  solveTriangle(g, 0, n, inverse, 0, n, { lower, transposed: false, unitDiagonal: true });
  return rowMajor(inverse, [n, n]);
}

/** For each i, the product of all entries of d but d[i]. */
function productsWithoutOne(d: Float64Array): Float64Array {
  const products = new Float64Array(d.length).fill(1);
  for (let i = 0, before = 1; i < d.length; i++) {
    (products[i] as number) *= before;
    before *= d[i] as number;
  }
  for (let i = d.length - 1, after = 1; i >= 0; i--) {
    (products[i] as number) *= after;
    after *= d[i] as number;
  }
  return products;
}

/** At [i, j], the product of all entries of d but d[i] and d[j]; 0 on the diagonal. */
function productsWithoutTwo(d: Float64Array): Float64Array {
  const n = d.length;
  const products = new Float64Array(n * n);
  const after = new Float64Array(n + 1).fill(1);
  for (let i = n - 1; i >= 0; i--) after[i] = (after[i + 1] as number) * (d[i] as number);
  for (let i = 0, before = 1; i < n; i++) {
    for (let j = i + 1, between = before; j < n; j++) {
      products[i * n + j] = products[j * n + i] = between * (after[j + 1] as number);
      between *= d[j] as number;
    }
    before *= d[i] as number;
  }
  return products;
}

const turned = (x: NdArray): NdArray => x.transpose(1, 0);

/** Writes a multiple of l⁻ᵀ m u⁻ᵀ to `out`, with rows and columns where they belong. */
function writeBack(out: Float64Array, start: number, ldu: Ldu, m: Float64Array, weight = 1): void {
  const { n, rows, cols, sign, lowerInverse, upperInverse } = ldu;
  const { data } = matmulPlain(matmulPlain(turned(lowerInverse), rowMajor(m, [n, n])), turned(upperInverse));
  for (let i = 0, at = 0; i < n; i++) {
    const row = start + (rows[i] as number) * n;
    for (let j = 0; j < n; j++) out[row + (cols[j] as number)] = weight * sign * (data[at++] as number);
  }
}

/** Up to this order elimination by the largest entries costs nothing to speak of. */
const smallUpTo = 16;

/**
 * Up to this ‖a‖ ‖a⁻¹‖, in the Frobenius norm, det · a⁻ᵀ takes the place of that elimination: what rounding does to the smallest pivot
 * cancels in the product, which is as exact as cofactors can be.
 */
const largestCondition = 1e6;

function squares(x: Float64Array, start: number, size: number): number {
  let total = 0;
  for (let at = start; at < start + size; at++) total += (x[at] as number) * (x[at] as number);
  return total;
}

/** Writes a multiple of the cofactors of matrix k by its inverse, where that is exact enough; whether it is. */
function writeByInverse(out: Float64Array, entries: Float64Array, systems: LuSystems, k: number, weight: number): boolean {
  const { n, factors, signs } = systems;
  const size = n * n;
  const start = k * size;
  let factor = weight * (signs[k] as number);
  for (let i = 0; i < n; i++) factor *= factors[start + i * (n + 1)] as number;
  if (factor === 0 || !Number.isFinite(factor) || isSingular(systems, k)) return false;
  writeInverse(out, systems, k, true);
  const condition = Math.sqrt(squares(entries, start, size)) * Math.sqrt(squares(out, start, size));
  multiplyEntries(out, start, size, factor);
  return condition <= largestCondition;
}

/**
 * The cofactors of the matrices in the last two axes: the derivative of the determinant by each entry. Exact up to rounding for every
 * matrix, singular ones included; by the inverse where that is as good.
 * @param a       shape [..., n, n], finite
 * @param factors its factors, where they were made before
 * @param weights what the cofactors of each matrix are multiplied by; a weight of 0 leaves zeros
 */
export function cofactorsOf(a: NdArray, factors?: LuSystems, weights?: ArrayLike<number>): NdArray {
  const n = a.shape.at(-1) as number;
  const entries = packedData(a, "float64") as Float64Array;
  const out = new Float64Array(entries.length);
  const systems = n > smallUpTo ? (factors ?? luSystems("det", a)) : undefined;
  for (let start = 0, k = 0; start < entries.length; start += n * n, k++) {
    const weight = weights === undefined ? 1 : (weights[k] as number);
    if (weight === 0 || (systems !== undefined && writeByInverse(out, entries, systems, k, weight))) continue;
    const ldu = eliminate(entries.subarray(start, start + n * n), n);
    const m = new Float64Array(n * n);
    productsWithoutOne(ldu.d).forEach((product, i) => {
      m[i * (n + 1)] = product;
    });
    writeBack(out, start, ldu, m, weight);
  }
  return floatResult(out, a.shape, floatDType(a.dtype));
}

/**
 * The derivative of the cofactors of a in the direction e: linear and symmetric in e, the second derivative of the determinant.
 * @param a shape [..., n, n]
 * @param e the same shape
 */
export function cofactorSlopeOf(a: NdArray, e: NdArray): NdArray {
  const n = a.shape.at(-1) as number;
  const entries = packedData(a, "float64") as Float64Array;
  const direction = packedData(e, "float64") as Float64Array;
  const out = new Float64Array(entries.length);
  for (let start = 0; start < entries.length; start += n * n) {
    const ldu = eliminate(entries.subarray(start, start + n * n), n);
    const permuted = new Float64Array(n * n);
    for (let i = 0, at = 0; i < n; i++) {
      const row = start + (ldu.rows[i] as number) * n;
      for (let j = 0; j < n; j++) permuted[at++] = direction[row + (ldu.cols[j] as number)] as number;
    }
    const f = matmulPlain(matmulPlain(ldu.lowerInverse, rowMajor(permuted, [n, n])), ldu.upperInverse).data;
    const products = productsWithoutTwo(ldu.d);
    const m = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const product = products[i * n + j] as number;
        (m[i * (n + 1)] as number) += product * (f[j * (n + 1)] as number);
        if (i !== j) (m[i * n + j] as number) -= product * (f[j * n + i] as number);
      }
    }
    writeBack(out, start, ldu, m);
  }
  return floatResult(out, a.shape, commonDType([a, e]));
}

/** Whether each matrix is far from singular: no pivot is less than a ten-thousandth of the first. */
export function farFromSingular(a: NdArray): boolean {
  const n = a.shape.at(-1) as number;
  const entries = packedData(a, "float64") as Float64Array;
  for (let start = 0; start < entries.length; start += n * n) {
    const { d } = eliminate(entries.subarray(start, start + n * n), n);
    if (!(Math.abs(d[n - 1] as number) > 1e-4 * Math.abs(d[0] as number))) return false;
  }
  return true;
}
