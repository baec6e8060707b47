import { eliminate, naturalOrder } from "../../lib/nd/linalg/elimination.js";
import { solveTriangle } from "../../lib/nd/linalg/triangular.js";

/** Solves a x = b, or aᵀ x = b where transposed. */
export type DenseSolver = (b: Float64Array, transposed: boolean) => Float64Array;

const lower = { lower: true, unitDiagonal: true } as const;
const upper = { lower: false, unitDiagonal: false } as const;

/**
 * The solver of one small matrix of plain numbers, by LU with row pivots; undefined where it is singular in double precision.
 * @param a row-major, n × n; it is overwritten
 */
export function denseSolver(a: Float64Array, n: number): DenseSolver | undefined {
  const largest = Float64Array.from({ length: n }, (_, j) => {
    let size = 0;
    for (let i = 0; i < n; i++) size = Math.max(size, Math.abs(a[i * n + j] as number));
    return size;
  });
  const order = naturalOrder(n);
  eliminate(a, 0, n, n, order);
  for (let k = 0; k < n; k++) {
    // Written so that NaN is refused too; what rounding alone leaves of a column is no pivot.
    if (!(Math.abs(a[k * (n + 1)] as number) > (n - 1) * Number.EPSILON * (largest[k] as number))) return undefined;
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
