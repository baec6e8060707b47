/**
 * a·b + c with one rounding, for products and sums far from the ends of the range: as the fused instruction, which JavaScript has not.
 * Source: S. Boldo and G. Melquiond, Emulation of FMA and correctly rounded sums (2008).
 */
export function addToProduct(a: number, b: number, c: number): number {
  const p = a * b;
  if (p === 0) return p + c;
  const ca = 134217729 * a;
  const a1 = ca - (ca - a);
  const a2 = a - a1;
  const cb = 134217729 * b;
  const b1 = cb - (cb - b);
  const b2 = b - b1;
  const q = a2 * b2 - (p - a1 * b1 - a2 * b1 - a1 * b2);
  const t = c + q;
  const t1 = t - c;
  const u = c - (t - t1) + (q - t1);
  const v = p + t;
  const v1 = v - p;
  const w = p - (v - v1) + (t - v1);
  const s = u + w;
  const s1 = s - u;
  const e = u - (s - s1) + (w - s1);
  const y = v + s;
  const d = s - (y - v);
  if (e === 0 || d === 0) return y;
  const next = y + 2 * d;
  return next - y === 2 * d && d > 0 === e > 0 ? next : y;
}
