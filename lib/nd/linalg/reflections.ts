// What factorizations by orthogonal maps are made of. Vectors are the columns of a matrix, each in memory of its own.

/** √(a² + b²), without overflow on the way. */
export function hypotenuse(a: number, b: number): number {
  if (Math.abs(a) > Math.abs(b)) {
    const r = b / a;
    return Math.abs(a) * Math.sqrt(1 + r * r);
  }
  if (b === 0) return 0;
  const r = a / b;
  return Math.abs(b) * Math.sqrt(1 + r * r);
}

/**
 * Turns x, from entry k on, into the vector w of the Householder reflection 1 − w wᵀ / w[k] that takes it to a multiple of the unit vector k.
 * @returns that multiple; where it is 0, x stays as it is
 */
export function toReflection(x: Float64Array, k: number): number {
  let size = 0;
  for (let i = k; i < x.length; i++) size = hypotenuse(size, x[i] as number);
  if (size !== 0) {
    if ((x[k] as number) < 0) size = -size;
    for (let i = k; i < x.length; i++) (x[i] as number) /= size;
    (x[k] as number) += 1;
  }
  return -size;
}

/** y ← y − w (wᵀ y) / w[k], both from entry k on. */
export function reflect(w: Float64Array, k: number, y: Float64Array): void {
  let t = 0;
  for (let i = k; i < w.length; i++) t += (w[i] as number) * (y[i] as number);
  t = -t / (w[k] as number);
  for (let i = k; i < w.length; i++) (y[i] as number) += t * (w[i] as number);
}

/** Columns that hold the vectors of reflections, number k zeros before entry k, become the first ones of their product. One of zeros reflects nothing. */
export function multiplyReflections(columns: readonly Float64Array[]): void {
  for (let k = columns.length - 1; k >= 0; k--) {
    const column = columns[k] as Float64Array;
    if (column[k] !== 0) for (const other of columns.slice(k + 1)) reflect(column, k, other);
    for (let i = k; i < column.length; i++) column[i] = -(column[i] as number);
    (column[k] as number) += 1;
  }
}

/** (a, b) ← (c a + s b, c b − s a). */
export function rotate(a: Float64Array, b: Float64Array, c: number, s: number): void {
  for (let i = 0; i < a.length; i++) {
    const x = a[i] as number;
    const y = b[i] as number;
    a[i] = c * x + s * y;
    b[i] = -s * x + c * y;
  }
}

/** Exchanges two columns. */
export function exchange(columns: Float64Array[], j: number, k: number): void {
  const column = columns[j] as Float64Array;
  columns[j] = columns[k] as Float64Array;
  columns[k] = column;
}
