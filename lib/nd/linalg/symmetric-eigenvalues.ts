import { exchange, hypotenuse, rotate } from "./reflections.js";
import { toTridiagonal } from "./tridiagonal.js";

/**
 * The eigenvalues of a symmetric matrix, ascending, by QL steps with implicit shifts.
 * @param v the columns of the matrix, at least one, all finite; the eigenvectors take their place, in the order of the values and with signs as they come
 * Source: A. Dubrulle, R. S. Martin, J. H. Wilkinson, "The implicit QL algorithm", Numer. Math. 12 (1968); the order of the operations is
 *   that of EISPACK's tql2 and JAMA (public domain).
 */
export function symmetricEigenvalues(v: Float64Array[]): Float64Array {
  const n = v.length;
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  toTridiagonal(v, d, e);
  e.copyWithin(0, 1);
  e[n - 1] = 0;
  let shift = 0;
  let size = 0;
  for (let l = 0; l < n; l++) {
    size = Math.max(size, Math.abs(d[l] as number) + Math.abs(e[l] as number));
    let m = l;
    while (m < n && !(Math.abs(e[m] as number) <= Number.EPSILON * size)) m++;
    if (m > l) {
      do shift += step(d, e, v, l, m);
      while (Math.abs(e[l] as number) > Number.EPSILON * size);
    }
    (d[l] as number) += shift;
    e[l] = 0;
  }
  sort(d, v);
  return d;
}

/** One QL step on the block from l to m; by what its diagonal was shifted. */
function step(d: Float64Array, e: Float64Array, v: readonly Float64Array[], l: number, m: number): number {
  const first = d[l] as number;
  const beside = e[l] as number;
  let p = ((d[l + 1] as number) - first) / (2 * beside);
  let r = hypotenuse(p, 1);
  if (p < 0) r = -r;
  d[l] = beside / (p + r);
  const second = beside * (p + r);
  d[l + 1] = second;
  const shift = first - d[l];
  for (let i = l + 2; i < d.length; i++) (d[i] as number) -= shift;
  p = d[m] as number;
  const before = e[l + 1] as number;
  let [c, c2, c3, s, s2] = [1, 1, 1, 0, 0];
  for (let i = m - 1; i >= l; i--) {
    c3 = c2;
    c2 = c;
    s2 = s;
    const g = c * (e[i] as number);
    const h = c * p;
    r = hypotenuse(p, e[i] as number);
    e[i + 1] = s * r;
    s = (e[i] as number) / r;
    c = p / r;
    p = c * (d[i] as number) - s * g;
    d[i + 1] = h + s * (c * g + s * (d[i] as number));
    rotate(v[i] as Float64Array, v[i + 1] as Float64Array, c, -s);
  }
  p = (-s * s2 * c3 * before * (e[l] as number)) / second;
  e[l] = s * p;
  d[l] = c * p;
  return shift;
}

/** Puts eigenvalues into ascending order, the smallest of what is left at a time, and their vectors with them. */
function sort(d: Float64Array, v: Float64Array[]): void {
  for (let i = 0; i + 1 < d.length; i++) {
    let least = i;
    for (let j = i + 1; j < d.length; j++) if ((d[j] as number) < (d[least] as number)) least = j;
    if (least === i) continue;
    const value = d[i] as number;
    d[i] = d[least] as number;
    d[least] = value;
    exchange(v, i, least);
  }
}
