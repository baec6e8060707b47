import { packedData } from "../loops.js";
import { addProduct } from "../products/matmul-kernel.js";
import type { NdArray } from "../types.js";
import { allocate, floatDType, rowMajor } from "../view.js";
import { type Block, blockAt, halfOf, rowsAtOnce, turnedBlock } from "./blocks.js";
import { safeUnit } from "./finite-matrix.js";
import { substitute } from "./triangular.js";

/** So many columns of a square of a block are made by one product: what lies below the diagonal is wasted there. */
const squareCols = 64;

/** Row by row, each taken from those below. Whether all pivots are positive. */
function factorRows({ data, offset, row }: Block, n: number): boolean {
  for (let k = 0; k < n; k++) {
    const line = offset + k * row;
    const pivot = data[line + k] as number;
    if (!(pivot > 0)) return false;
    const root = Math.sqrt(pivot);
    data[line + k] = root;
    for (let j = k + 1; j < n; j++) (data[line + j] as number) /= root;
    for (let i = k + 1; i < n; i++) {
      const factor = data[line + i] as number;
      for (let j = i, to = offset + i * row; j < n; j++) (data[to + j] as number) -= factor * (data[line + j] as number);
    }
  }
  return true;
}

/** By halves: the upper left block, the rows beside it, and what they leave of the lower right block. */
function factorHalves(a: Block, n: number): boolean {
  if (n <= rowsAtOnce) return factorRows(a, n);
  const half = halfOf(n);
  const rest = n - half;
  if (!factorHalves(a, half)) return false;
  const beside = blockAt(a, 0, half);
  substitute(turnedBlock(a), half, beside, rest, { lower: true, unitDiagonal: false });
  for (let j = 0; j < rest; j += squareCols) {
    const cols = Math.min(squareCols, rest - j);
    addProduct(blockAt(a, half, half + j), j + cols, half, cols, turnedBlock(beside), blockAt(beside, 0, j), -1);
  }
  return factorHalves(blockAt(a, half, half), rest);
}

/**
 * The upper triangular r with positive diagonal for which rᵀ r = a, in place of the upper triangle of a. The lower one is not read, and
 * holds nothing of use after. O(n³ / 3).
 * @param a row-major
 * @returns whether a is positive definite; r is made where it is
 */
function factorPositive(a: Float64Array, n: number): boolean {
  return factorHalves({ data: a, offset: 0, row: n, col: 1 }, n);
}

/**
 * The lower triangular l with positive diagonal for which l lᵀ = (x + xᵀ) / 2.
 * @param x shape [n, n]; only its symmetric part counts
 * @throws {RangeError} when x has an entry that is not finite, or is not positive definite
 */
export function choleskyFactor(who: string, x: NdArray): NdArray {
  const n = x.shape[0] as number;
  const data = packedData(x, "float64") as Float64Array;
  const unit = safeUnit(who, { data, shape: x.shape });
  const share = 0.5 / unit;
  for (let i = 0; i < n; i++) {
    for (let j = i, at = i * (n + 1), across = at; j < n; j++, at++, across += n)
      data[at] = share * (data[at] as number) + share * (data[across] as number);
  }
  if (!factorPositive(data, n)) {
    throw new RangeError(`${who}: the matrix is not positive definite; a small multiple of the identity, added to it, may make it so`);
  }
  const root = Math.sqrt(unit);
  const l = allocate(floatDType(x.dtype), n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0, at = i * n, across = i; j <= i; j++, at++, across += n) l[at] = root * (data[across] as number) + 0; // no −0
  }
  return rowMajor(l, [n, n]);
}
