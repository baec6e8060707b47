import type { Answer } from "../answer.js";

/**
 * c += a b; b [k, n] and c [m, n] row-major, a[i, p] at i · row + p · col, so that it may be transposed. Two rows of c, which stay in the
 * first-level cache, get four rows of b at a time.
 */
export function addProduct(
  c: Float64Array,
  a: Float64Array,
  row: number,
  col: number,
  b: Float64Array,
  m: number,
  k: number,
  n: number,
): void {
  let i = 0;
  for (; i + 1 < m; i += 2) {
    const to = i * n;
    const below = to + n;
    let p = 0;
    for (; p + 3 < k; p += 4) {
      const at = i * row + p * col;
      const under = at + row;
      const a0 = a[at] as number;
      const a1 = a[at + col] as number;
      const a2 = a[at + 2 * col] as number;
      const a3 = a[at + 3 * col] as number;
      const d0 = a[under] as number;
      const d1 = a[under + col] as number;
      const d2 = a[under + 2 * col] as number;
      const d3 = a[under + 3 * col] as number;
      const r0 = p * n;
      const r1 = r0 + n;
      const r2 = r1 + n;
      const r3 = r2 + n;
      for (let j = 0; j < n; j++) {
        const b0 = b[r0 + j] as number;
        const b1 = b[r1 + j] as number;
        const b2 = b[r2 + j] as number;
        const b3 = b[r3 + j] as number;
        (c[to + j] as number) += a0 * b0 + a1 * b1 + (a2 * b2 + a3 * b3);
        (c[below + j] as number) += d0 * b0 + d1 * b1 + (d2 * b2 + d3 * b3);
      }
    }
    for (; p < k; p++) {
      const a0 = a[i * row + p * col] as number;
      const d0 = a[(i + 1) * row + p * col] as number;
      for (let j = 0, from = p * n; j < n; j++) {
        (c[to + j] as number) += a0 * (b[from + j] as number);
        (c[below + j] as number) += d0 * (b[from + j] as number);
      }
    }
  }
  for (; i < m; i++) {
    for (let p = 0; p < k; p++) {
      const factor = a[i * row + p * col] as number;
      for (let j = 0, to = i * n, from = p * n; j < n; j++) (c[to + j] as number) += factor * (b[from + j] as number);
    }
  }
}

/** c = a bᵀ; a [m, k], b [n, k]: the dot products of two rows with four at a time. Left-over rows and columns are done twice or one by one. */
export function productWithTransposed(c: Float64Array, a: Float64Array, b: Float64Array, m: number, k: number, n: number): void {
  const whole = n & ~3;
  for (let i = 0; i < m; i += 2) {
    const above = i * k;
    const below = i + 1 < m ? above + k : above;
    for (let j = 0; j < whole; j += 4) {
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      let [t0, t1, t2, t3] = [0, 0, 0, 0];
      const r0 = j * k;
      const r1 = r0 + k;
      const r2 = r1 + k;
      const r3 = r2 + k;
      for (let p = 0; p < k; p++) {
        const first = a[above + p] as number;
        const second = a[below + p] as number;
        const b0 = b[r0 + p] as number;
        const b1 = b[r1 + p] as number;
        const b2 = b[r2 + p] as number;
        const b3 = b[r3 + p] as number;
        s0 += first * b0;
        s1 += first * b1;
        s2 += first * b2;
        s3 += first * b3;
        t0 += second * b0;
        t1 += second * b1;
        t2 += second * b2;
        t3 += second * b3;
      }
      const to = i * n + j;
      const under = below === above ? to : to + n;
      c[to] = s0;
      c[to + 1] = s1;
      c[to + 2] = s2;
      c[to + 3] = s3;
      c[under] = t0;
      c[under + 1] = t1;
      c[under + 2] = t2;
      c[under + 3] = t3;
    }
  }
  for (let i = 0; i < m; i++) {
    for (let j = whole; j < n; j++) {
      let dot = 0;
      for (let p = 0, at = i * k, from = j * k; p < k; p++) dot += (a[at + p] as number) * (b[from + p] as number);
      c[i * n + j] = dot;
    }
  }
}

/** Σ y², y = a b: einsum("ij,jk->ik"). */
export function squareOfProduct(a: Float64Array, b: Float64Array, m: number, k: number, n: number): Answer {
  const y = new Float64Array(m * n);
  addProduct(y, a, k, 1, b, m, k, n);
  let value = 0;
  for (let at = 0; at < y.length; at++) {
    const entry = y[at] as number;
    value += entry * entry;
    y[at] = 2 * entry;
  }
  const abar = new Float64Array(a.length);
  productWithTransposed(abar, y, b, m, n, k);
  const bbar = new Float64Array(b.length);
  addProduct(bbar, a, 1, k, y, k, m, n);
  return { value, gradient: [abar, bbar] };
}

/** Σ w[i] y[i], y[i] = Σ_j a[i, j] b[i, j]: einsum("ij,ij->i"). */
export function weightedRowDots(a: Float64Array, b: Float64Array, w: Float64Array): Answer {
  const cols = a.length / w.length;
  const abar = new Float64Array(a.length);
  const bbar = new Float64Array(b.length);
  let value = 0;
  for (let i = 0, at = 0; i < w.length; i++) {
    const weight = w[i] as number;
    let dot = 0;
    for (let end = at + cols; at < end; at++) {
      const x = a[at] as number;
      const y = b[at] as number;
      dot += x * y;
      abar[at] = weight * y;
      bbar[at] = weight * x;
    }
    value += weight * dot;
  }
  return { value, gradient: [abar, bbar] };
}

/** Σ w y, y[i, j] = a[i] b[j]. */
export function weightedOuter(a: Float64Array, b: Float64Array, w: Float64Array): Answer {
  const abar = new Float64Array(a.length);
  const bbar = new Float64Array(b.length);
  let value = 0;
  for (let i = 0, from = 0; i < a.length; i++) {
    const factor = a[i] as number;
    let dot = 0;
    for (let j = 0; j < b.length; j++, from++) {
      const weight = w[from] as number;
      dot += weight * (b[j] as number);
      (bbar[j] as number) += weight * factor;
    }
    abar[i] = dot;
    value += factor * dot;
  }
  return { value, gradient: [abar, bbar] };
}
