import { floatResult } from "../lib/nd/float-array.js";
import { floatDType, isRowMajor, type NdArray, packed, rowMajor, sizeOf } from "../lib/nd/index.js";

/** The numbers of an array in row-major order, from `start` on. */
export interface Flat {
  readonly data: Float64Array;
  readonly start: number;
}

/** In place where they lie so already. */
export function flat(x: NdArray): Flat {
  const { data, offset } = x;
  return data instanceof Float64Array && isRowMajor(x.shape, x.stride)
    ? { data, start: offset }
    : { data: packed(x, "float64").data as Float64Array, start: 0 };
}

/** Visits an array of `count` · `inner` entries run by run: in each, `inner` entries of one channel, from `start` to before `end`. */
function forEachRun(size: number, channels: number, inner: number, visit: (channel: number, start: number, end: number) => void): void {
  for (let start = 0, c = 0; start < size; start += inner, c = c + 1 === channels ? 0 : c + 1) visit(c, start, start + inner);
}

/** How many entries of one channel lie together in an array of shape [N, C, …]. */
function innerOf(x: NdArray): number {
  return sizeOf(x.shape.slice(2));
}

/** An array of shape [N, C, …] with each channel brought to mean 0 and variance 1, and the factors that did it, of shape [1, C, 1, …]. */
export function standardizedChannels(x: NdArray, eps: number): readonly [xhat: NdArray, r: NdArray] {
  const { data, start } = flat(x);
  const [channels, inner] = [x.shape[1] as number, innerOf(x)];
  const share = channels / x.size;
  const centers = new Float64Array(channels);
  const factors = new Float64Array(channels);
  const xhat = new Float64Array(x.size);
  forEachRun(x.size, channels, inner, (c, from, end) => {
    let total = 0;
    for (let k = from; k < end; k++) total += data[start + k] as number;
    (centers[c] as number) += total;
  });
  for (let c = 0; c < channels; c++) (centers[c] as number) *= share;
  forEachRun(x.size, channels, inner, (c, from, end) => {
    const center = centers[c] as number;
    let squares = 0;
    for (let k = from; k < end; k++) {
      const apart = (data[start + k] as number) - center;
      xhat[k] = apart;
      squares += apart * apart;
    }
    (factors[c] as number) += squares;
  });
  for (let c = 0; c < channels; c++) factors[c] = 1 / Math.sqrt((factors[c] as number) * share + eps);
  forEachRun(x.size, channels, inner, (c, from, end) => {
    const factor = factors[c] as number;
    for (let k = from; k < end; k++) (xhat[k] as number) *= factor;
  });
  return [
    rowMajor(xhat, x.shape),
    rowMajor(
      factors,
      x.shape.map((_, k) => (k === 1 ? channels : 1)),
    ),
  ];
}

/** The cotangents of y = x̂ · weight + bias by x, weight and bias, in two goes over channels that were standardized. */
export function channelCotangents(
  xhat: NdArray,
  r: NdArray,
  weight: NdArray | undefined,
  ybar: NdArray,
): { readonly x: NdArray; readonly weight: NdArray; readonly bias: NdArray } {
  const [rows, seeds, factors] = [flat(xhat), flat(ybar), flat(r)];
  const [y, t] = [rows.data, seeds.data];
  const w = weight === undefined ? undefined : flat(weight);
  const [channels, inner] = [xhat.shape[1] as number, innerOf(xhat)];
  const share = channels / xhat.size;
  const weightBar = new Float64Array(channels);
  const biasBar = new Float64Array(channels);
  const xbar = new Float64Array(xhat.size);
  forEachRun(xhat.size, channels, inner, (c, from, end) => {
    let total = 0;
    let along = 0;
    for (let k = from; k < end; k++) {
      const seed = t[seeds.start + k] as number;
      total += seed;
      along += seed * (y[rows.start + k] as number);
    }
    (biasBar[c] as number) += total;
    (weightBar[c] as number) += along;
  });
  forEachRun(xhat.size, channels, inner, (c, from, end) => {
    const factor = (factors.data[factors.start + c] as number) * (w === undefined ? 1 : (w.data[w.start + c] as number));
    const [center, along] = [(biasBar[c] as number) * share, (weightBar[c] as number) * share];
    for (let k = from; k < end; k++) xbar[k] = factor * ((t[seeds.start + k] as number) - center - (y[rows.start + k] as number) * along);
  });
  return {
    x: floatResult(xbar, xhat.shape, floatDType(xhat.dtype)),
    weight: rowMajor(weightBar, [channels]),
    bias: rowMajor(biasBar, [channels]),
  };
}

/**
 * x̂ · weight + bias.
 * @param inner how many entries of x̂ lie together that have a weight and a bias in common
 */
export function weighted(xhat: NdArray, weight: NdArray | undefined, bias: NdArray | undefined, inner: number): NdArray {
  const { data, start } = flat(xhat);
  const y = new Float64Array(xhat.size);
  const count = (weight ?? bias)?.size ?? 1;
  const [w, b] = [weight, bias].map((parameter) => (parameter === undefined ? undefined : flat(parameter)));
  if (inner === 1) {
    const [weights, shifts] = [w?.data ?? new Float64Array(count).fill(1), b?.data ?? new Float64Array(count).fill(-0)];
    const [first, second] = [w?.start ?? 0, b?.start ?? 0];
    for (let at = 0; at < y.length; at += count)
      for (let k = 0; k < count; k++)
        y[at + k] = (data[start + at + k] as number) * (weights[first + k] as number) + (shifts[second + k] as number);
  } else {
    forEachRun(y.length, count, inner, (c, from, end) => {
      const factor = w === undefined ? 1 : (w.data[w.start + c] as number);
      const shift = b === undefined ? -0 : (b.data[b.start + c] as number);
      for (let k = from; k < end; k++) y[k] = (data[start + k] as number) * factor + shift;
    });
  }
  return rowMajor(y, xhat.shape);
}
