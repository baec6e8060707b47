import { scalarRule, scale, type Unary } from "../../lib/core/index.js";
import { mul, neg } from "./field.js";

/** A quotient of two polynomials in t, lowest degree first. */
type Quotient = readonly [numerator: readonly number[], denominator: readonly number[]];

// The quotients by which FreeBSD's msun approximates erf. Source of the numbers: Sun Microsystems, fdlibm 5.3, s_erf.c (1993);
// the method is W. J. Cody's: Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969).

/** erf(x)/x − 1 by t = x², for |x| < 0.84375. */
const nearZero: Quotient = [
  [0.12837916709551256, -0.3250421072470015, -2.8481749575598514e-2, -5.770270296489442e-3, -2.3763016656650163e-5],
  [1, 0.39791722395915535, 6.502224998876729e-2, 5.081306281875766e-3, 1.3249473800432164e-4, -3.960228278775368e-6],
];

/** erf(x) − `atOne` by t = |x| − 1, for 0.84375 ≤ |x| < 1.25. */
const nearOne: Quotient = [
  [
    -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668, 3.5478304325618236e-2,
    -2.166375594868791e-3,
  ],
  [1, 0.10642088040084423, 0.540397917702171, 7.182865441419627e-2, 0.12617121980876164, 1.363708391202905e-2, 1.1984499846799107e-2],
];
const atOne = 0.8450629115104675;

/** ln(|x| erfc|x|) + x² + 0.5625 by t = 1/x², for 1.25 ≤ |x| < 1/0.35. */
const beyondOne: Quotient = [
  [
    -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347, -184.60509290671104,
    -81.2874355063066, -9.814329344169145,
  ],
  [
    1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783, 108.63500554177944,
    6.570249770319282, -6.04244152148581e-2,
  ],
];

/** The same for |x| ≥ 1/0.35. */
const tail: Quotient = [
  [
    -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896, -1025.0951316110772,
    -483.5191916086514,
  ],
  [
    1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644, 474.52854120695537,
    -22.44095244658582,
  ],
];

function polynomial(coefficients: readonly number[], t: number): number {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * t + (coefficients[k] as number);
  return sum;
}

const quotient = ([p, q]: Quotient, t: number): number => polynomial(p, t) / polynomial(q, t);

/** e^(s − x²) to the last digits: the exponential of the exact square of x in single precision, times that of what is left of x². */
function gaussianTimes(x: number, s: number, small: number): number {
  const z = Math.fround(x);
  return Math.exp(s - z * z) * Math.exp((z - x) * (z + x) + small);
}

/** erfc(x) for x ≥ 1.25. */
function complement(x: number): number {
  if (x > 28) return 0;
  return gaussianTimes(x, -0.5625, quotient(x < 1 / 0.35 ? beyondOne : tail, 1 / (x * x))) / x;
}

function erfOf(x: number): number {
  const size = Math.abs(x);
  if (size < 0.84375) return x + x * quotient(nearZero, x * x);
  if (Number.isNaN(x)) return x;
  return Math.sign(x) * (size < 1.25 ? atOne + quotient(nearOne, size - 1) : 1 - complement(size));
}

/** erfc(x). */
export function erfcOf(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x < -0.84375) return 1 - erfOf(x);
  if (x < 0.25) return 1 - (x + x * quotient(nearZero, x * x));
  if (x < 0.84375) return 0.5 - (x - 0.5 + x * quotient(nearZero, x * x));
  return x < 1.25 ? 1 - atOne - quotient(nearOne, x - 1) : complement(x);
}

/** 2/√π e^(−x²), the slope of erf. */
export const erfSlope: Unary = scalarRule(
  (x: number): number => (Math.abs(x) > 28 ? 0 : (2 / Math.sqrt(Math.PI)) * gaussianTimes(x, 0, 0)),
  (y, x) => [mul(-2, scale(x, y))],
  { name: "erfSlope" },
);

/**
 * The error function, y = 2/√π ∫₀ˣ e^(−t²) dt; ±1 at ±∞. To the last digits everywhere.
 *   ẏ = 2/√π e^(−x²) ẋ           x̄ = 2/√π e^(−x²) ȳ
 * Source: Abramowitz & Stegun, 7.1.1.
 */
export const erf: Unary = scalarRule(erfOf, (_, x) => [erfSlope(x)], { name: "erf" });

/**
 * 1 − erf x, with all digits in its right tail as well: erfc 27 is 5.237e−319.
 *   ẏ = −2/√π e^(−x²) ẋ          x̄ = −2/√π e^(−x²) ȳ
 * Source: Abramowitz & Stegun, 7.1.2.
 */
export const erfc: Unary = scalarRule(erfcOf, (_, x) => [neg(erfSlope(x))], { name: "erfc" });
