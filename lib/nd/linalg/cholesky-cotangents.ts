import { floatResult } from "../float-array.js";
import { commonDType, packedData } from "../loops.js";
import { addProduct, type Matrix } from "../products/matmul-kernel.js";
import type { NdArray } from "../types.js";
import { type Block, blockAt, halfOf, rowsAtOnce, turnedBlock } from "./blocks.js";
import { substitute } from "./triangular.js";

/** `factorRows` of cholesky-factor.ts backwards, in reverse order of its statements. */
function pullRows(r: Block, f: Block, n: number): void {
  const { data: x } = r;
  const { data: g } = f;
  for (let k = n - 1; k >= 0; k--) {
    const line = r.offset + k * r.row;
    const to = f.offset + k * f.row;
    for (let j = k + 1; j < n; j++) {
      const factor = x[line + j] as number;
      const below = f.offset + j * f.row;
      let total = 0;
      for (let i = j; i < n; i++) {
        const slope = g[below + i] as number;
        (g[to + i] as number) -= factor * slope;
        total += slope * (x[line + i] as number);
      }
      (g[to + j] as number) -= total;
    }
    const root = x[line + k] as number;
    let pivot = g[to + k] as number;
    for (let j = k + 1; j < n; j++) {
      const slope = (g[to + j] as number) / root;
      g[to + j] = slope;
      pivot -= slope * (x[line + j] as number);
    }
    g[to + k] = pivot / (2 * root);
  }
}

/** x + xᵀ of the upper triangle of a block, in a matrix of its own. */
function symmetric({ data, offset, row }: Block, n: number): Matrix {
  const both = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i, from = offset + i * row + i, at = i * (n + 1), across = at; j < n; j++, from++, at++, across += n) {
      both[at] = both[across] = data[from] as number;
    }
    (both[i * (n + 1)] as number) *= 2;
  }
  return { data: both, offset: 0, row: n, col: 1 };
}

/** `factorHalves` backwards. */
function pullHalves(r: Block, f: Block, n: number): void {
  if (n <= rowsAtOnce) {
    pullRows(r, f, n);
    return;
  }
  const half = halfOf(n);
  const rest = n - half;
  const beside = blockAt(r, 0, half);
  const slopes = blockAt(f, 0, half);
  const last = blockAt(f, half, half);
  pullHalves(blockAt(r, half, half), last, rest);
  addProduct(slopes, half, rest, rest, beside, symmetric(last, rest), -1);
  substitute(r, half, slopes, rest, { lower: false, unitDiagonal: false });
  // Below the diagonal this writes what nothing reads.
  addProduct(f, half, rest, half, beside, turnedBlock(slopes), -1);
  pullHalves(r, f, half);
}

/**
 * The cotangents of the matrices of which `cholesky` made l, symmetric: the steps of the factorization backwards. O(n³), a third more than
 * twice the factorization.
 * @param l    shape [..., n, n], lower triangular
 * @param lbar the same shape; its upper triangle does not count
 * Source: I. Murray, Differentiation of the Cholesky decomposition (2016), section 4; S. P. Smith, Differentiation of the Cholesky algorithm
 * (1995).
 */
export function choleskyCotangents(l: NdArray, lbar: NdArray): NdArray {
  const n = l.shape.at(-1) as number;
  const lower = packedData(l, "float64") as Float64Array;
  const out = packedData(lbar, "float64") as Float64Array;
  const r = new Float64Array(n * n);
  const f = new Float64Array(n * n);
  for (let start = 0; start < out.length; start += n * n) {
    // Rows of the transposes lie together: r = lᵀ, and f goes from r̄ to the cotangents of the upper triangle.
    for (let i = 0, at = start; i < n; i++, at += n) {
      for (let j = 0; j <= i; j++) {
        r[j * n + i] = lower[at + j] as number;
        f[j * n + i] = out[at + j] as number;
      }
    }
    pullHalves({ data: r, offset: 0, row: n, col: 1 }, { data: f, offset: 0, row: n, col: 1 }, n);
    // An entry above the diagonal stands for two.
    for (let i = 0; i < n; i++) {
      out[start + i * (n + 1)] = f[i * (n + 1)] as number;
      for (let j = i + 1; j < n; j++) out[start + i * n + j] = out[start + j * n + i] = (f[i * n + j] as number) / 2;
    }
  }
  return floatResult(out, l.shape, commonDType([l, lbar]));
}
