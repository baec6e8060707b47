import {
  type AnyArray,
  add,
  cotangentOf,
  defineRule,
  describe,
  isZero,
  linearRule,
  NoTangent,
  type OfArray,
  type Operand,
  type Scalar,
  scale,
  strongProduct,
  ZeroTangent,
} from "../../lib/core/index.js";
import { asFloatArray, floatResult } from "../../lib/nd/float-array.js";
import { commonDType, expectSound, formatShape, isNdArray, map1, type NdArray, packedData, rowMajor } from "../../lib/nd/index.js";

/** `polyval`: a number at a number, an array at an array. */
export interface Polyval {
  (coefficients: NdArray, x: number): number;
  (coefficients: NdArray, x: NdArray): NdArray;
  (coefficients: AnyArray, x: Scalar): Scalar;
  (coefficients: AnyArray, x: AnyArray): AnyArray;
  (coefficients: NdArray, x: PlainOperand): PlainOperand;
  (coefficients: AnyArray, x: Operand): Operand;
}

type PlainOperand = number | NdArray;

/** c[0] xⁿ⁻¹ + … + c[n − 1], from the inside out. */
function horner(c: Float64Array): (x: number) => number {
  return (x) => {
    let y = Number.isNaN(x) ? x : (c[0] ?? 0);
    for (let k = 1; k < c.length; k++) y = y * x + (c[k] as number);
    return y;
  };
}

/** The same of a tangent of the coefficients: what does not move contributes nothing, whatever x is. */
function strongHorner(c: Float64Array): (x: number) => number {
  return (x) => {
    let y = c[0] ?? 0;
    for (let k = 1; k < c.length; k++) y = strongProduct(y, x) + (c[k] as number);
    return y;
  };
}

function evaluated(horner: (c: Float64Array) => (x: number) => number, coefficients: NdArray, x: PlainOperand): PlainOperand {
  if (!isNdArray(coefficients))
    throw new TypeError(`polyval: the coefficients are ${describe(coefficients)}; give a vector, array([2, 0, 1]) for 2x² + 1`);
  if (coefficients.dimension !== 1)
    throw new RangeError(
      `polyval: the coefficients have shape ${formatShape(coefficients.shape)}; give a vector, the highest degree first`,
    );
  const polynomial = horner(packedData(coefficients, "float64") as Float64Array);
  if (typeof x === "number") return polynomial(x);
  if (!isNdArray(x)) throw new TypeError(`polyval: x is ${describe(x)}; a number or an array is needed`);
  expectSound("polyval", "x", x);
  return map1(polynomial, asFloatArray(x), commonDType([coefficients, x]));
}

/** A list of coefficients in the kind of `like`: `count` of those given, each times its degree where `n` coefficients are all. */
function timesDegrees(c: NdArray, n: number, count: number, like: NdArray): NdArray {
  const y = new Float64Array(count);
  const data = packedData(c, "float64");
  for (let k = 0; k < n - 1; k++) y[k] = (data[k] as number) * (n - 1 - k);
  return floatResult(y, [count], commonDType([like]));
}

/**
 * The coefficients of a polynomial's derivative, n − 1 of them; none of none.
 *   ẏ[k] = (n − 1 − k) ċ[k]      c̄[k] = (n − 1 − k) ȳ[k], 0 for the constant
 */
const slopeOf: OfArray = linearRule(
  (c: NdArray) => timesDegrees(c, c.size, Math.max(0, c.size - 1), c),
  (ybar: NdArray, c: NdArray) => timesDegrees(ybar, c.size, c.size, c),
  { name: "slopeOf" },
);

/** Σ over the entries of w xᵈ, for d = n − 1, …, 0; nothing of entries whose weight is 0. */
function summedPowers(w: PlainOperand, x: PlainOperand, n: number): NdArray {
  const weights = Float64Array.from(typeof w === "number" ? [w] : packedData(w, "float64"));
  const points = typeof x === "number" ? [x] : packedData(x, "float64");
  const y = new Float64Array(n);
  for (let k = n - 1; k >= 0; k--) {
    let total = 0;
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] as number;
      total += weight;
      weights[i] = weight === 0 ? 0 : weight * (points[i] as number);
    }
    y[k] = total;
  }
  return rowMajor(y, [n]);
}

/** The type of `moments`. */
interface Moments {
  (w: PlainOperand, x: PlainOperand, n: number): NdArray;
  (w: Operand, x: Operand, n: number): AnyArray;
}

/**
 * The adjoint of `polyval` in the coefficients: m[k] = Σ w xⁿ⁻¹⁻ᵏ over the entries of x, w having its shape. Linear in w.
 *   ṁ = moments(ẇ, x) + slopeOfᵀ moments(w ẋ, x)     w̄ = polyval(m̄, x),  x̄ = w polyval(slopeOf m̄, x)
 */
const moments: Moments = defineRule(
  summedPowers,
  {
    frule: ([, dw, dx]: readonly unknown[], w: Operand, x: Operand, n: number) => {
      const m = moments(w, x, n);
      const fromW = isZero(dw) ? ZeroTangent : moments(dw as Operand, x, n);
      if (isZero(dx) || n === 0) return [m, fromW];
      const fromX = raised(moments(scale(w, dx as Operand), x, n - 1), n);
      return [m, isZero(fromW) ? fromX : add(fromW as AnyArray, fromX)];
    },
    rrule: (w: Operand, x: Operand, n: number) => [
      moments(w, x, n),
      function momentsPullback(mbar: AnyArray) {
        return [NoTangent, cotangentOf(w, alongPowers(mbar, x)), cotangentOf(x, scale(w, alongPowers(slopeOf(mbar), x))), NoTangent];
      },
    ],
  },
  { name: "moments", zeros: "symbolic" },
);

/** The transpose of `slopeOf`, to n coefficients. */
const raised: OfArray<[n: number]> = linearRule(
  (y: NdArray, n: number) => timesDegrees(y, n, n, y),
  (cbar: NdArray, y: NdArray, n: number) => timesDegrees(cbar, n, y.size, y),
  { name: "raised" },
);

/** The function that evaluates polynomials by one of the schemes, with its rule. */
function evaluation(name: string, scheme: (c: Float64Array) => (x: number) => number): Polyval {
  const value: Polyval = defineRule(
    (coefficients: NdArray, x: PlainOperand) => evaluated(scheme, coefficients, x),
    {
      frule: ([, dc, dx]: readonly unknown[], c: AnyArray, x: Operand) => {
        const y = value(c, x);
        const fromC = isZero(dc) ? ZeroTangent : alongPowers(dc as AnyArray, x);
        if (isZero(dx)) return [y, fromC];
        const fromX = scale(value(slopeOf(c), x), dx as Operand);
        return [y, isZero(fromC) ? fromX : add(fromC as Operand, fromX)];
      },
      rrule: (c: AnyArray, x: Operand) => [
        value(c, x),
        function polyvalPullback(ybar: Operand) {
          return [NoTangent, cotangentOf(c, moments(ybar, x, c.size)), cotangentOf(x, scale(value(slopeOf(c), x), ybar))];
        },
      ],
    },
    { name, zeros: "symbolic" },
  );
  return value;
}

/** The polynomial with a tangent of its coefficients in their place. */
const alongPowers: Polyval = evaluation("alongPowers", strongHorner);

/**
 * The polynomial c[0] xⁿ⁻¹ + … + c[n − 1], the highest degree first, by Horner's scheme; 0 when there are no coefficients.
 *   ẏ = polyval(ċ, x) + p′(x) ẋ      c̄[k] = Σ ȳ xⁿ⁻¹⁻ᵏ,  x̄ = p′(x) ȳ
 * @param coefficients shape [n]
 * @param x            a number or an array
 * @throws {RangeError} when the coefficients are no vector
 */
export const polyval: Polyval = evaluation("polyval", horner);
