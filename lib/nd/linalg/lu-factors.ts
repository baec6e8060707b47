import { packedData } from "../loops.js";
import type { NdArray } from "../types.js";
import { allocate, floatDType, rowMajor } from "../view.js";
import { eliminate, naturalOrder } from "./elimination.js";
import { safeUnit } from "./finite-matrix.js";

/** x with its rows in another order as l u: unit lower triangular (or trapezoidal) and upper. */
export interface LuFactors {
  /** At place i, which row of x stands there. */
  readonly order: Int32Array;
  /** 1 where that order is an even permutation, −1 where it is an odd one. */
  readonly sign: number;
  /** Shape [m, min(m, n)]. */
  readonly l: NdArray;
  /** Shape [min(m, n), n]. A singular matrix has a 0 on its diagonal. */
  readonly u: NdArray;
}

/** Both factors of the matrices of an array, where they stood. */
export interface PackedFactors {
  /** l below the diagonal (its own are ones), u on it and above, matrix after matrix. */
  readonly factors: Float64Array;
  /** Of each matrix: at place i, which row of it stands there. */
  readonly orders: readonly Int32Array[];
  /** Of each order, 1 where it is an even permutation, −1 where it is an odd one. */
  readonly signs: readonly number[];
}

/**
 * LU with the largest entry of each column as pivot (the first one at ties), for the matrices in the last two axes.
 * @param x shape [..., m, n]
 * @throws {RangeError} when an entry is not finite
 */
export function packedLu(who: string, x: NdArray): PackedFactors {
  const [m, n] = x.shape.slice(-2) as [number, number];
  const factors = packedData(x, "float64") as Float64Array;
  const unit = safeUnit(who, { data: factors, shape: x.shape });
  if (unit !== 1) for (let at = 0; at < factors.length; at++) (factors[at] as number) /= unit;
  const count = x.shape.slice(0, -2).reduce((product, extent) => product * extent, 1);
  const orders: Int32Array[] = [];
  const signs: number[] = [];
  for (let k = 0; k < count; k++) {
    const order = naturalOrder(m);
    signs.push(eliminate(factors, k * m * n, m, n, order));
    orders.push(order);
  }
  // l has no unit: it is made of quotients.
  for (let at = 0; unit !== 1 && at < factors.length; at++) {
    if (Math.floor(at / n) % m <= at % n) (factors[at] as number) *= unit;
  }
  return { factors, orders, signs };
}

/**
 * The factors of one matrix: x[order[i], j] = Σ l[i, k] u[k, j], with pivots as in `packedLu`.
 * @param x shape [m, n]
 * @throws {RangeError} when x has an entry that is not finite
 */
export function luFactors(who: string, x: NdArray): LuFactors {
  const [m, n] = x.shape as [number, number];
  const { factors, orders, signs } = packedLu(who, x);
  const least = Math.min(m, n);
  const dtype = floatDType(x.dtype);
  const l = allocate(dtype, m * least);
  const u = allocate(dtype, least * n);
  for (let i = 0, at = 0; i < m; i++) {
    for (let j = 0; j < n; j++, at++) {
      const entry = (factors[at] as number) + 0; // no −0
      if (i > j) l[i * least + j] = entry;
      else u[i * n + j] = entry;
    }
    if (i < least) l[i * least + i] = 1;
  }
  return { order: orders[0] as Int32Array, sign: signs[0] as number, l: rowMajor(l, [m, least]), u: rowMajor(u, [least, n]) };
}
