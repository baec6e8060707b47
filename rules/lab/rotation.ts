import { asFloatArray, floatResult } from "../../lib/nd/float-array.js";
import { type FloatDType, type NdArray, zerosOf } from "../../lib/nd/index.js";

/** Sine and cosine of the angles p·θₖ, p = start + i the position; those of angle k from k · columns on. */
export interface Turns {
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/** Sine and cosine of each angle at each position, once. */
export function turnsOf(theta: NdArray, columns: number, start: number): Turns {
  const { data, stride, offset, size } = asFloatArray(theta);
  const cosines = new Float64Array(size * columns);
  const sines = new Float64Array(size * columns);
  for (let k = 0, n = 0; k < size; k++) {
    const angle = data[offset + k * (stride[0] as number)] as number;
    for (let i = 0; i < columns; i++, n++) {
      const turn = (start + i) * angle;
      cosines[n] = Math.cos(turn);
      sines[n] = Math.sin(turn);
    }
  }
  return { cosines, sines };
}

/** The pairs of rows of x turned, forwards (sign 1) or backwards (sign −1). */
export function turned(x: NdArray, { cosines, sines }: Turns, sign: 1 | -1, dtype: FloatDType): NdArray {
  const [rows, columns] = x.shape as [number, number];
  const { data, stride, offset } = asFloatArray(x);
  const down = stride[0] as number;
  const right = stride[1] as number;
  const out = new Float64Array(rows * columns);
  for (let k = 0, n = 0; 2 * k < rows; k++) {
    let at = offset + 2 * k * down;
    for (let i = 0, to = 2 * k * columns; i < columns; i++, n++, to++, at += right) {
      const even = data[at] as number;
      const odd = data[at + down] as number;
      const c = cosines[n] as number;
      const s = sign * (sines[n] as number);
      out[to] = even * c - odd * s;
      out[to + columns] = odd * c + even * s;
    }
  }
  return floatResult(out, x.shape, dtype);
}

/** acc += x turned backwards. */
export function addTurnedBack(acc: NdArray, x: NdArray, { cosines, sines }: Turns): void {
  const [rows, columns] = x.shape as [number, number];
  const { data, stride, offset } = asFloatArray(x);
  const down = stride[0] as number;
  const right = stride[1] as number;
  const sums = acc.data;
  const sumsDown = acc.stride[0] as number;
  const sumsRight = acc.stride[1] as number;
  for (let k = 0, n = 0; 2 * k < rows; k++) {
    let at = offset + 2 * k * down;
    let to = acc.offset + 2 * k * sumsDown;
    for (let i = 0; i < columns; i++, n++, at += right, to += sumsRight) {
      const even = data[at] as number;
      const odd = data[at + down] as number;
      const c = cosines[n] as number;
      const s = sines[n] as number;
      (sums[to] as number) += even * c + odd * s;
      (sums[to + sumsDown] as number) += odd * c - even * s;
    }
  }
}

/** θ̄ₖ = Σᵢ p (ȳ[2k + 1, i] y[2k, i] − ȳ[2k, i] y[2k + 1, i]), y being x turned forwards. */
export function angleCotangents(ybar: NdArray, x: NdArray, { cosines, sines }: Turns, start: number, dtype: FloatDType): NdArray {
  const [rows, columns] = x.shape as [number, number];
  const { data, stride, offset } = asFloatArray(x);
  const seeds = asFloatArray(ybar);
  const seed = seeds.data;
  const down = stride[0] as number;
  const right = stride[1] as number;
  const seedDown = seeds.stride[0] as number;
  const seedRight = seeds.stride[1] as number;
  const out = zerosOf([rows / 2], dtype);
  for (let k = 0, n = 0; 2 * k < rows; k++) {
    let at = offset + 2 * k * down;
    let from = seeds.offset + 2 * k * seedDown;
    let total = 0;
    for (let i = 0; i < columns; i++, n++, at += right, from += seedRight) {
      const even = data[at] as number;
      const odd = data[at + down] as number;
      const c = cosines[n] as number;
      const s = sines[n] as number;
      total += (start + i) * ((seed[from + seedDown] as number) * (even * c - odd * s) - (seed[from] as number) * (odd * c + even * s));
    }
    out.data[k] = total;
  }
  return out;
}
