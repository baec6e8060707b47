/** Solves a x = b, or aᵀ x = b where transposed. */
export type DenseSolver = (b: Float64Array, transposed: boolean) => Float64Array;

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
  return (b, transposed) => (transposed ? solvedTransposed(a, n, order, b) : solved(a, n, order, b));
}

/** x of l u x = b with its rows in this order. */
function solved(lu: Float64Array, n: number, order: Int32Array, b: Float64Array): Float64Array {
  const x = Float64Array.from(order, (row) => b[row] as number);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) x[i] = (x[i] as number) - (lu[i * n + j] as number) * (x[j] as number);
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) x[i] = (x[i] as number) - (lu[i * n + j] as number) * (x[j] as number);
    x[i] = (x[i] as number) / (lu[i * n + i] as number);
  }
  return x;
}

/** x of uᵀ lᵀ x = b, the rows of x in this order. */
function solvedTransposed(lu: Float64Array, n: number, order: Int32Array, b: Float64Array): Float64Array {
  const z = b.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) z[i] = (z[i] as number) - (lu[j * n + i] as number) * (z[j] as number);
    z[i] = (z[i] as number) / (lu[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) for (let j = i + 1; j < n; j++) z[i] = (z[i] as number) - (lu[j * n + i] as number) * (z[j] as number);
  const x = new Float64Array(n);
  order.forEach((row, i) => {
    x[row] = z[i] as number;
  });
  return x;
}
