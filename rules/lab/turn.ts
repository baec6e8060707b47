import { bilinearRule, type OfTwoArrays, strongly } from "../../lib/core/index.js";
import { asFloatArray, floatResult } from "../../lib/nd/float-array.js";
import { commonDType, map1, type NdArray } from "../../lib/nd/index.js";

// The derivatives of a rotation of pairs by angles p·θₖ, p = start + i the position. Rows 2k and 2k + 1 of a matrix are the two
// coordinates of pair k. One factor is always a tangent or a cotangent, so the products are strong.

const negated = (t: NdArray): NdArray => map1((entry) => -entry, t);

/** y[2k, i] = −p tₖ x[2k + 1, i], y[2k + 1, i] = p tₖ x[2k, i]: how fast pairs move that turn with speed p tₖ. */
function velocityOf(x: NdArray, t: NdArray, start: number): NdArray {
  const [rows, columns] = x.shape as [number, number];
  const { data, stride, offset } = asFloatArray(x);
  const down = stride[0] as number;
  const right = stride[1] as number;
  const speeds = asFloatArray(t);
  const out = new Float64Array(rows * columns);
  for (let k = 0; 2 * k < rows; k++) {
    const speed = speeds.data[speeds.offset + k * (speeds.stride[0] as number)] as number;
    let even = offset + 2 * k * down;
    for (let i = 0, n = 2 * k * columns; i < columns; i++, n++, even += right) {
      const turn = (start + i) * speed;
      out[n] = -turn * (data[even + down] as number);
      out[n + columns] = turn * (data[even] as number);
    }
  }
  return floatResult(out, x.shape, commonDType([x, t]));
}

/** m[k] = Σᵢ p (x[2k, i] z[2k + 1, i] − x[2k + 1, i] z[2k, i]): the moment of forces z on pairs x. */
function momentOf(x: NdArray, z: NdArray, start: number): NdArray {
  const [rows, columns] = x.shape as [number, number];
  const a = asFloatArray(x);
  const b = asFloatArray(z);
  const aDown = a.stride[0] as number;
  const bDown = b.stride[0] as number;
  const out = new Float64Array(rows / 2);
  for (let k = 0; k < out.length; k++) {
    let p = a.offset + 2 * k * aDown;
    let q = b.offset + 2 * k * bDown;
    let total = 0;
    for (let i = 0; i < columns; i++, p += a.stride[1] as number, q += b.stride[1] as number) {
      total +=
        (start + i) * ((a.data[p] as number) * (b.data[q + bDown] as number) - (a.data[p + aDown] as number) * (b.data[q] as number));
    }
    out[k] = total;
  }
  return floatResult(out, [out.length], commonDType([x, z]));
}

/**
 * The velocity of turning pairs, bilinear in x and the speeds t.
 *   ẏ = velocity(ẋ, t) + velocity(x, ṫ)    x̄ = velocity(ȳ, −t),  t̄ = moment(x, ȳ)
 */
export const velocity: OfTwoArrays<[start: number]> = strongly(
  bilinearRule(
    velocityOf,
    (ybar: NdArray, _x, t, start) => velocityOf(ybar, negated(t), start),
    (ybar: NdArray, x, _t, start) => momentOf(x, ybar, start),
    { name: "velocity" },
  ),
);

/**
 * The moment of forces on pairs, bilinear in both.
 *   ṁ = moment(ẋ, z) + moment(x, ż)        x̄ = velocity(z, −m̄),  z̄ = velocity(x, m̄)
 */
export const moment: OfTwoArrays<[start: number]> = strongly(
  bilinearRule(
    momentOf,
    (mbar: NdArray, _x, z, start) => velocityOf(z, negated(mbar), start),
    (mbar: NdArray, x, _z, start) => velocityOf(x, mbar, start),
    { name: "moment" },
  ),
);
