import { solveTriangle } from "../lib/nd/triangular.js";

/** Solves a x = b, or aᵀ x = b where transposed. */
export type DenseSolver = (b: Float64Array, transposed: boolean) => Float64Array;

const lower = { lower: true, unitDiagonal: true } as const;
const upper = { lower: false, unitDiagonal: false } as const;

/**
 * The solver of one small matrix of plain numbers, by LU with row pivots; undefined where it is singular in double precision.
 * @param a row-major, n × n; it is overwritten
 */
export function denseSolver(a: Float64Array, n: number): DenseSolver | undefined {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const at = (i: number, j: number): number => a[i * n + j] as number;
  const largest = Float64Array.from({ length: n }, (_, j) => {
    let size = 0;
    for (let i = 0; i < n; i++) size = Math.max(size, Math.abs(at(i, j)));
    return size;
  });
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(at(i, k)) > Math.abs(at(pivot, k))) pivot = i;
    // Written so that NaN is refused too; what rounding alone leaves of a column is no pivot.
    if (!(Math.abs(at(pivot, k)) > (n - 1) * Number.EPSILON * (largest[k] as number))) return undefined;
    if (pivot !== k) {
      for (let j = 0; j < n; j++) [a[k * n + j], a[pivot * n + j]] = [at(pivot, j), at(k, j)];
      [order[k], order[pivot]] = [order[pivot] as number, order[k] as number];
    }
    for (let i = k + 1; i < n; i++) {
      const factor = at(i, k) / at(k, k);
      a[i * n + k] = factor;
      for (let j = k + 1; j < n; j++) a[i * n + j] = at(i, j) - factor * at(k, j);
    }
  }
  return (b, transposed) => {
    const x = transposed ? b.slice() : Float64Array.from(order, (row) => b[row] as number);
    for (const triangle of transposed ? [upper, lower] : [lower, upper]) solveTriangle(a, 0, n, x, 0, 1, { ...triangle, transposed });
    return transposed ? Float64Array.from(inverseOf(order), (i) => x[i] as number) : x;
  };
}

/** At each row, the place where an order has it. */
function inverseOf(order: Int32Array): Int32Array {
  const places = new Int32Array(order.length);
  order.forEach((row, i) => {
    places[row] = i;
  });
  return places;
}
