import { floatResult } from "../float-array.js";
import { addProduct, type Matrix } from "../products/matmul-kernel.js";
import type { NdArray } from "../types.js";
import { floatDType } from "../view.js";
import { type Block, blockAt, halfOf, rowsAtOnce } from "./blocks.js";
import { expectRegular, type LuSystems, luSystems } from "./linear-systems.js";
import { substitute } from "./triangular.js";

/**
 * Writes the inverse of a lower triangle to the lower triangle of x, whose entries are 0: by halves, [t 0; s u]⁻¹ = [t⁻¹ 0; −u⁻¹ s t⁻¹ u⁻¹].
 * O(n³ / 3).
 */
function invertLower(t: Matrix, n: number, x: Block, unitDiagonal: boolean): void {
  const triangle = { lower: true, unitDiagonal };
  if (n <= rowsAtOnce) {
    for (let i = 0; i < n; i++) x.data[x.offset + i * (x.row + 1)] = 1;
    substitute(t, n, x, n, triangle);
    return;
  }
  const half = halfOf(n);
  const rest = n - half;
  const last = blockAt(t, half, half);
  const below = blockAt(x, half, 0);
  invertLower(t, half, x, unitDiagonal);
  addProduct(below, rest, half, half, blockAt(t, half, 0), x, -1);
  substitute(last, rest, below, half, triangle);
  invertLower(last, rest, blockAt(x, half, half), unitDiagonal);
}

/** Puts what stands in place i of a row to place order[i], for all rows. */
function moveColumns(x: Float64Array, start: number, order: Int32Array): void {
  const n = order.length;
  const row = new Float64Array(n);
  for (let first = start, end = start + n * n; first < end; first += n) {
    for (let j = 0; j < n; j++) row[order[j] as number] = x[first + j] as number;
    for (let j = 0; j < n; j++) x[first + j] = row[j] as number;
  }
}

/** Puts row i to place order[i], for all rows: cycle by cycle, with one row in hand. */
function moveRows(x: Float64Array, start: number, order: Int32Array): void {
  const n = order.length;
  const hand = new Float64Array(n);
  const moved = new Uint8Array(n);
  for (let first = 0; first < n; first++) {
    if (moved[first] === 1 || order[first] === first) continue;
    for (let j = 0; j < n; j++) hand[j] = x[start + first * n + j] as number;
    for (let to = order[first] as number; moved[to] === 0; to = order[to] as number) {
      moved[to] = 1;
      for (let j = 0, at = start + to * n; j < n; j++, at++) {
        const kept = x[at] as number;
        x[at] = hand[j] as number;
        hand[j] = kept;
      }
    }
  }
}

/** x[start …] times a number, `count` entries. */
export function multiplyEntries(x: Float64Array, start: number, count: number, factor: number): void {
  for (let at = start; at < start + count; at++) (x[at] as number) *= factor;
}

/**
 * Writes the inverse of one matrix, or of its transpose, where that matrix stands in its array.
 * @param out zeros there
 * @param k   which matrix; it must be regular
 */
export function writeInverse(out: Float64Array, { n, factors, orders }: LuSystems, k: number, transposed: boolean): void {
  const start = k * n * n;
  const [row, col] = transposed ? [1, n] : [n, 1];
  const lu: Matrix = { data: factors, offset: start, row, col };
  const x: Block = { data: out, offset: start, row: n, col: 1 };
  // Of uᵀ and lᵀ the first is the lower one.
  invertLower(lu, n, x, !transposed);
  substitute(lu, n, x, n, { lower: false, unitDiagonal: transposed });
  if (transposed) moveRows(out, start, orders[k] as Int32Array);
  else moveColumns(out, start, orders[k] as Int32Array);
}

/** The inverses of the matrices of one array, or of their transposes, each times its weight. A weight of 0 leaves zeros. */
export type Inverter = (transposed: boolean, weights?: ArrayLike<number>) => NdArray;

/**
 * What makes the inverses, of factors that were made before.
 * @param a shape [..., n, n]
 * @throws {RangeError} when a matrix is singular in double precision, or has an entry that is not finite
 */
export function luInverter(who: string, a: NdArray, systems: LuSystems = luSystems(who, a)): Inverter {
  expectRegular(who, systems);
  const { n, factors, orders } = systems;
  return (transposed, weights) => {
    const out = new Float64Array(factors.length);
    for (let k = 0; k < orders.length; k++) {
      const weight = weights === undefined ? 1 : (weights[k] as number);
      if (weight === 0) continue;
      writeInverse(out, systems, k, transposed);
      if (weight !== 1) multiplyEntries(out, k * n * n, n * n, weight);
    }
    return floatResult(out, a.shape, floatDType(a.dtype));
  };
}
