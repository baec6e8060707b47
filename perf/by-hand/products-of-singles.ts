/**
 * c += a b in single precision; b [k, n] and c [m, n] row-major, a[i, p] at i · row + p · col. Sums of 2 × 4 entries stay in registers, since
 * each one that is stored must be rounded.
 */
export function addProductOfSingles(
  c: Float32Array,
  a: Float32Array,
  row: number,
  col: number,
  b: Float32Array,
  m: number,
  k: number,
  n: number,
): void {
  const even = m & ~1;
  const whole = n & ~3;
  for (let j = 0; j < whole; j += 4) {
    for (let i = 0; i < even; i += 2) {
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      let [t0, t1, t2, t3] = [0, 0, 0, 0];
      for (let p = 0, at = i * row, from = j; p < k; p++, at += col, from += n) {
        const above = a[at] as number;
        const below = a[at + row] as number;
        const b0 = b[from] as number;
        const b1 = b[from + 1] as number;
        const b2 = b[from + 2] as number;
        const b3 = b[from + 3] as number;
        s0 += above * b0;
        s1 += above * b1;
        s2 += above * b2;
        s3 += above * b3;
        t0 += below * b0;
        t1 += below * b1;
        t2 += below * b2;
        t3 += below * b3;
      }
      const to = i * n + j;
      (c[to] as number) += s0;
      (c[to + 1] as number) += s1;
      (c[to + 2] as number) += s2;
      (c[to + 3] as number) += s3;
      (c[to + n] as number) += t0;
      (c[to + n + 1] as number) += t1;
      (c[to + n + 2] as number) += t2;
      (c[to + n + 3] as number) += t3;
    }
  }
  for (let i = 0; i < m; i++) {
    for (let j = i < even ? whole : 0; j < n; j++) {
      let dot = 0;
      for (let p = 0, at = i * row, from = j; p < k; p++, at += col, from += n) dot += (a[at] as number) * (b[from] as number);
      (c[i * n + j] as number) += dot;
    }
  }
}
