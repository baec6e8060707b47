/** 2²⁷ + 1, which splits 53 bits in two halves. */
const splitter = 134217729;

/**
 * x·y + z with one rounding. The product is two numbers without error, h + l, and so are their sums with z, which leaves s + e to be added to
 * the leading part: its rounding to nearest is right unless s lies halfway between two numbers, where the sign of e decides.
 * Source: T. J. Dekker, A floating-point technique for extending the available precision (1971); S. Boldo and G. Melquiond, Emulation of FMA and
 * correctly rounded sums: proved algorithms using rounding to odd, IEEE Trans. Computers 57 (2008), with that look in the place of their bits.
 */
export function multiplyAddOnce(x: number, y: number, z: number): number {
  const h = x * y;
  const size = Math.abs(h);
  if (!(size > 1e-270 && size < 1e290 && Math.abs(x) < 1e290 && Math.abs(y) < 1e290 && Math.abs(z) < 1e290)) return atTheEnds(x, y, z);
  const cx = splitter * x;
  const x1 = cx - (cx - x);
  const x2 = x - x1;
  const cy = splitter * y;
  const y1 = cy - (cy - y);
  const y2 = y - y1;
  const l = x2 * y2 - (h - x1 * y1 - x2 * y1 - x1 * y2);
  // z + l = t + u, h + t = v + w without error
  const t = z + l;
  const t1 = t - z;
  const u = z - (t - t1) + (l - t1);
  const v = h + t;
  const v1 = v - h;
  const w = h - (v - v1) + (t - v1);
  const s = u + w;
  const rounded = v + s;
  const s1 = s - u;
  const e = u - (s - s1) + (w - s1);
  if (e === 0) return rounded;
  const d = s - (rounded - v);
  // Halfway: twice what was rounded away leads to the next number.
  const next = rounded + 2 * d;
  return d !== 0 && next - rounded === 2 * d && d > 0 === e > 0 ? next : rounded;
}

/** The same where a product by halves would leave the normal numbers. */
function atTheEnds(x: number, y: number, z: number): number {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return x * y + z;
  if (!Number.isFinite(z)) return z;
  if (x === 0 || y === 0) return x * y + z;
  if (z === 0) return x * y; // not plus z: a product too small for a number keeps its sign
  // A product that is less than a quarter of the last digit of z.
  if (Math.abs(x * y) < 1e-270 && Math.abs(z) > 1e-250) return z;
  const [a, p] = partsOf(x);
  const [b, q] = partsOf(y);
  const [c, r] = partsOf(z);
  const exponent = Math.min(p + q, r);
  return nearest(((a * b) << BigInt(p + q - exponent)) + (c << BigInt(r - exponent)), exponent);
}

/** x = m·2ᵉ with integers m and e. */
function partsOf(x: number): [m: bigint, e: number] {
  let [m, e] = [x, 0];
  for (; !Number.isInteger(m); e -= 30) m *= 2 ** 30;
  return [BigInt(m), e];
}

/** The number nearest to m·2ᵉ, of two the even one. */
function nearest(m: bigint, e: number): number {
  const size = m < 0n ? -m : m;
  const drop = Math.max(0, size.toString(2).length - 53, -1074 - e);
  const below = BigInt(drop);
  // What is dropped rounds up from a half on, or from just above it where the last digit is even.
  const digits = drop > 0 ? (size + (1n << (below - 1n)) - 1n + ((size >> below) & 1n)) >> below : size;
  const exponent = e + drop;
  // In two steps, neither of which rounds: 2 to the exponent may be no number.
  const half = Math.trunc(exponent / 2);
  const y = Number(digits) * 2 ** half * 2 ** (exponent - half);
  return m < 0n ? -y : y;
}
