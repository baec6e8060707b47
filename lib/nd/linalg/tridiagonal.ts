/**
 * Reduces a symmetric matrix to three diagonals by Householder reflections.
 * @param v the columns of the matrix, at least one; those of the orthogonal map take their place
 * @param d takes the diagonal
 * @param e takes what stands beside it, from 1 on
 * Source: R. S. Martin, C. Reinsch, J. H. Wilkinson, "Householder's tridiagonalization of a symmetric matrix", Numer. Math. 11 (1968); the
 *   order of the operations is that of EISPACK's tred2 and JAMA (public domain).
 */
export function toTridiagonal(v: readonly Float64Array[], d: Float64Array, e: Float64Array): void {
  const n = v.length;
  takeRow(v, d, n - 1);
  for (let i = n - 1; i > 0; i--) d[i] = reduceRow(v, d, e, i);
  for (let i = 0; i < n - 1; i++) {
    const column = v[i] as Float64Array;
    const next = v[i + 1] as Float64Array;
    column[n - 1] = column[i] as number;
    column[i] = 1;
    const h = d[i + 1] as number;
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = (next[k] as number) / h;
      for (let j = 0; j <= i; j++) {
        const other = v[j] as Float64Array;
        let g = 0;
        for (let k = 0; k <= i; k++) g += (next[k] as number) * (other[k] as number);
        for (let k = 0; k <= i; k++) (other[k] as number) -= g * (d[k] as number);
      }
    }
    next.fill(0, 0, i + 1);
  }
  takeRow(v, d, n - 1);
  for (const column of v) column[n - 1] = 0;
  (v[n - 1] as Float64Array)[n - 1] = 1;
  e[0] = 0;
}

/** Row i of the matrix, as far as that many columns go. */
function takeRow(v: readonly Float64Array[], d: Float64Array, i: number, count: number = v.length): void {
  for (let j = 0; j < count; j++) d[j] = (v[j] as Float64Array)[i] as number;
}

/** Takes row i, which stands in d, to one number beside the diagonal; the next row stands there then. The square of the reflection's vector. */
function reduceRow(v: readonly Float64Array[], d: Float64Array, e: Float64Array, i: number): number {
  const row = v[i] as Float64Array;
  let scale = 0;
  for (let k = 0; k < i; k++) scale += Math.abs(d[k] as number);
  if (scale === 0) {
    e[i] = d[i - 1] as number;
    takeRow(v, d, i - 1, i);
    for (let j = 0; j < i; j++) (v[j] as Float64Array)[i] = row[j] = 0;
    return 0;
  }
  let h = 0;
  for (let k = 0; k < i; k++) {
    (d[k] as number) /= scale;
    h += (d[k] as number) * (d[k] as number);
  }
  const last = d[i - 1] as number;
  const size = last > 0 ? -Math.sqrt(h) : Math.sqrt(h);
  e[i] = scale * size;
  h -= last * size;
  d[i - 1] = last - size;
  e.fill(0, 0, i);
  for (let j = 0; j < i; j++) {
    const column = v[j] as Float64Array;
    const f = d[j] as number;
    row[j] = f;
    let g = (e[j] as number) + (column[j] as number) * f;
    for (let k = j + 1; k < i; k++) {
      g += (column[k] as number) * (d[k] as number);
      (e[k] as number) += (column[k] as number) * f;
    }
    e[j] = g;
  }
  let product = 0;
  for (let j = 0; j < i; j++) {
    (e[j] as number) /= h;
    product += (e[j] as number) * (d[j] as number);
  }
  const half = product / (h + h);
  for (let j = 0; j < i; j++) (e[j] as number) -= half * (d[j] as number);
  for (let j = 0; j < i; j++) {
    const column = v[j] as Float64Array;
    const f = d[j] as number;
    const g = e[j] as number;
    for (let k = j; k < i; k++) (column[k] as number) -= f * (e[k] as number) + g * (d[k] as number);
    d[j] = column[i - 1] as number;
    column[i] = 0;
  }
  return h;
}
