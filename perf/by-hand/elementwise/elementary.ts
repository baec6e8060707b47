import type { Formulas } from "./formula.js";

/** sin and cos of πa, exact at quarter turns: a is brought next to one before π comes in. */
const quarters = `const r = a % 2; const turns = Math.round(2 * r); const angle = Math.PI * (r - turns / 2);
    const sine = Math.sin(angle), cosine = Math.cos(angle), odd = (turns & 1) !== 0, sign = (turns & 2) === 0 ? 1 : -1;
    const s = sign * (odd ? cosine : sine), c = sign * (odd ? -sine : cosine);`;

/** Σ (−1)ⁿ z²ⁿ⁻ᵏ / ((2n − k)! (2n + 1)), the k-th derivative of sin z / z for z near 0. */
function sincNearZero(k: number, z: number): number {
  const odd = k % 2;
  let sign = (k + odd) % 4 === 0 ? 1 : -1;
  let power = odd === 0 ? 1 : z;
  let total = 0;
  for (let m = odd; ; m += 2) {
    const before = total;
    total += (sign * power) / (m + k + 1);
    if (total === before) return total;
    sign = -sign;
    power *= (z * z) / ((m + 1) * (m + 2));
  }
}

const unit = [-0.99, 0.99] as const;

export const elementary: Formulas = {
  exp: { on: ["normal"], value: "Math.exp(a)", slopes: ["y"] },
  exp2: { on: ["normal"], value: "2 ** a", slopes: ["Math.LN2 * y"] },
  // At integers the number that is written so.
  exp10: { on: ["normal"], value: "Number.isSafeInteger(a) ? Number('1e' + a) : 10 ** a", slopes: ["Math.LN10 * y"] },
  // eˣ is not y + 1, which loses its digits on the left.
  expm1: { on: ["normal"], value: "Math.expm1(a)", slopes: ["Math.exp(a)"] },
  log: { on: [[0.1, 9]], value: "Math.log(a)", slopes: ["1 / (a + 0)"] },
  log1p: { on: [[-0.9, 9]], value: "Math.log1p(a)", slopes: ["1 / (1 + a)"] },
  log2: { on: [[0.1, 9]], value: "Math.log2(a)", slopes: ["Math.LOG2E / (a + 0)"] },
  log10: { on: [[0.1, 9]], value: "Math.log10(a)", slopes: ["Math.LOG10E / (a + 0)"] },
  sqrt: { on: [[0.1, 9]], value: "Math.sqrt(a)", slopes: ["0.5 / (y + 0)"] },
  cbrt: { on: ["normal"], value: "Math.cbrt(a)", slopes: ["1 / (3 * y * y)"] },
  hypot: { on: ["normal", "normal"], first: "", value: "Math.hypot(a, b)", slopes: ["y === 0 ? 0 : a / y", "y === 0 ? 0 : b / y"] },
  "hypot(x, y, z)": {
    on: ["normal", "normal", "normal"],
    value: "Math.hypot(a, b, c)",
    slopes: ["y === 0 ? 0 : a / y", "y === 0 ? 0 : b / y", "y === 0 ? 0 : c / y"],
  },
  sin: { on: ["normal"], value: "Math.sin(a)", slopes: ["Math.cos(a)"] },
  cos: { on: ["normal"], value: "Math.cos(a)", slopes: ["-Math.sin(a)"] },
  tan: { on: [[-1.4, 1.4]], value: "Math.tan(a)", slopes: ["1 + y * y"] },
  sec: { on: [[-1.4, 1.4]], value: "1 / Math.cos(a)", slopes: ["y * Math.tan(a)"] },
  csc: { on: [[0.2, 2.9]], value: "1 / Math.sin(a)", slopes: ["-y * y * Math.cos(a)"] },
  cot: { on: [[0.2, 2.9]], value: "1 / Math.tan(a)", slopes: ["-(1 + y * y)"] },
  asin: { on: [unit], value: "Math.asin(a)", slopes: ["1 / Math.sqrt((1 - a) * (1 + a))"] },
  acos: { on: [unit], value: "Math.acos(a)", slopes: ["-1 / Math.sqrt((1 - a) * (1 + a))"] },
  atan: { on: ["normal"], value: "Math.atan(a)", slopes: ["1 / (1 + a * a)"] },
  // The square of the length where it is in range; a length that cannot overflow elsewhere.
  atan2: {
    on: ["normal", "normal"],
    first: `let s = a * a + b * b, u = b, v = a;
    if (!(s > 1e-280 && s < 1e280)) { s = Math.hypot(a, b); u = s === 0 ? 0 : b / s; v = s === 0 ? 0 : a / s; if (s === 0) s = 1; }`,
    value: "Math.atan2(a, b)",
    slopes: ["u / s", "-v / s"],
  },
  sinpi: { on: ["normal"], first: quarters, value: "s", slopes: ["Math.PI * c"] },
  cospi: { on: ["normal"], first: quarters, value: "c", slopes: ["-Math.PI * s"] },
  deg2rad: { on: ["normal"], value: "a * (Math.PI / 180)", slopes: ["Math.PI / 180"] },
  rad2deg: { on: ["normal"], value: "a * (180 / Math.PI)", slopes: ["180 / Math.PI"] },
  sinc: {
    on: ["normal"],
    first: `const z = Math.PI * a; let y0, slope;
    if (Math.abs(z) >= 1.5) { ${quarters} y0 = s / z; slope = (c - y0) / z; }
    else { y0 = Math.abs(z) >= 1 ? Math.sin(z) / z : sincNearZero(0, z); slope = sincNearZero(1, z); }`,
    value: "y0",
    slopes: ["Math.PI * slope"],
    kernels: { sincNearZero },
  },
  sinh: { on: ["normal"], value: "Math.sinh(a)", slopes: ["Math.cosh(a)"] },
  cosh: { on: ["normal"], value: "Math.cosh(a)", slopes: ["Math.sinh(a)"] },
  // The slope is not 1 − y², which is 0 from |x| = 19 on.
  tanh: {
    on: ["normal"],
    first: "const t = Math.exp(-2 * Math.abs(a)), u = 1 + t;",
    value: "Math.tanh(a)",
    slopes: ["(4 * t) / (u * u)"],
  },
  // Neither square overflows where it is taken.
  asinh: {
    on: ["normal"],
    value: "Math.asinh(a)",
    slopes: ["Math.abs(a) < 1e150 ? 1 / Math.sqrt(1 + a * a) : 1 / Math.abs(a)"],
  },
  acosh: { on: [[1.1, 9]], value: "Math.acosh(a)", slopes: ["a < 1e150 ? 1 / Math.sqrt((a - 1) * (a + 1)) : 1 / a"] },
  atanh: { on: [unit], value: "Math.atanh(a)", slopes: ["1 / ((1 - a) * (1 + a))"] },
};
