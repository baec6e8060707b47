import { floatResult } from "../lib/nd/float-array.js";
import { floatDType, type NdArray, sizeOf } from "../lib/nd/index.js";
import { flat } from "./normalized-channels.js";
import type { Standard } from "./standardize.js";

/** The cotangents of y = x̂ · weight + bias by x, weight and bias, in one go over rows that were standardized along their last axes. */
export function rowCotangents(
  xhat: NdArray,
  r: NdArray,
  weight: NdArray | undefined,
  ybar: NdArray,
  { axes, centered }: Standard,
): { readonly x: NdArray; readonly weight: NdArray; readonly bias: NdArray } {
  const own = axes.map((axis) => xhat.shape[axis] as number);
  const length = sizeOf(own);
  const count = r.size;
  const [rows, seeds, factors] = [flat(xhat), flat(ybar), flat(r)];
  const [y, t] = [rows.data, seeds.data];
  const w = weight === undefined ? { data: new Float64Array(length).fill(1), start: 0 } : flat(weight);
  const through = new Float64Array(length);
  const xbar = new Float64Array(count * length);
  const weightBar = new Float64Array(length);
  const biasBar = new Float64Array(length);
  for (let n = 0, at = 0, p = rows.start, q = seeds.start; n < count; n++, at += length, p += length, q += length) {
    let total = 0;
    let along = 0;
    for (let k = 0; k < length; k++) {
      const seed = t[q + k] as number;
      const entry = y[p + k] as number;
      const g = seed * (w.data[w.start + k] as number);
      through[k] = g;
      total += g;
      along += g * entry;
      (weightBar[k] as number) += seed * entry;
      (biasBar[k] as number) += seed;
    }
    const center = centered ? total / length : 0;
    along /= length;
    const factor = factors.data[factors.start + n] as number;
    for (let k = 0; k < length; k++) xbar[at + k] = factor * ((through[k] as number) - center - (y[p + k] as number) * along);
  }
  return {
    x: floatResult(xbar, xhat.shape, floatDType(xhat.dtype)),
    weight: floatResult(weightBar, own, "float64"),
    bias: floatResult(biasBar, own, "float64"),
  };
}
