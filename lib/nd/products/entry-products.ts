import { asFloatArray, type FloatData } from "../float-array.js";
import { ownLoops } from "../loops/own-loops.js";
import { commonDType, forEachRow } from "../loops.js";
import type { FloatDType, NdArray } from "../types.js";
import { allocate, floatDType, rowMajor, sameStore } from "../view.js";

function multiples(out: FloatData, at: number, x: FloatData, start: number, step: number, n: number, factor: number): void {
  for (let i = 0, p = start; i < n; i++, p += step) out[at + i] = factor * (x[p] as number);
}

function products(
  out: FloatData,
  at: number,
  x: FloatData,
  xStart: number,
  xStep: number,
  y: FloatData,
  yStart: number,
  yStep: number,
  n: number,
): void {
  for (let i = 0, p = xStart, q = yStart; i < n; i++, p += xStep, q += yStep) out[at + i] = (x[p] as number) * (y[q] as number);
}

const none = new Float64Array(0);
const loopsFor = ownLoops(
  { multiples, products },
  { multiples: [none, 0, none, 0, 1, 0, 1], products: [none, 0, none, 0, 1, none, 0, 1, 0] },
);

/** y[…] = a[…] b[…] for arrays of one shape, in a new row-major array; stride-0 views serve for broadcasting. */
export function entryProducts(a: NdArray, b: NdArray, dtype: FloatDType): NdArray {
  const out = allocate(dtype, a.size) as FloatData;
  const [x, y] = [asFloatArray(a), asFloatArray(b)];
  const last = a.dimension - 1;
  const length = last < 0 ? 1 : (a.shape[last] as number);
  const xStep = last < 0 ? 0 : (x.stride[last] as number);
  const yStep = last < 0 ? 0 : (y.stride[last] as number);
  const { multiples, products } = loopsFor(x.data, y.data);
  let at = 0;
  forEachRow(a.shape, [x.stride, y.stride], [x.offset, y.offset], ([xStart, yStart]) => {
    if (xStep === 0) multiples(out, at, y.data, yStart as number, yStep, length, x.data[xStart as number] as number);
    else if (yStep === 0) multiples(out, at, x.data, xStart as number, xStep, length, y.data[yStart as number] as number);
    else products(out, at, x.data, xStart as number, xStep, y.data, yStart as number, yStep, length);
    at += length;
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
