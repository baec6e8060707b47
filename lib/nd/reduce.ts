import { asFloatArray, type FloatArray, type FloatData, floatResult } from "./float-array.js";
import { isRowMajor, reducedShape, rowMajorStride, sameShape, sizeOf, sumStride } from "./shape.js";
import { addStrided } from "./strided.js";
import type { FloatDType, NdArray } from "./types.js";
import { floatDType, viewOn } from "./view.js";

/** Entries one after another, in four running sums: the additions need not wait for each other. */
function sumRun(data: FloatData, start: number, length: number): number {
  const end = start + length;
  let at = start;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (; at + 3 < end; at += 4) {
    s0 += data[at] as number;
    s1 += data[at + 1] as number;
    s2 += data[at + 2] as number;
    s3 += data[at + 3] as number;
  }
  for (; at < end; at++) s0 += data[at] as number;
  return s0 + s1 + (s2 + s3);
}

/** The sum over two axes, along the second first. */
function sumPlane(data: FloatData, offset: number, rows: number, cols: number, rowStep: number, step: number): number {
  let total = 0;
  for (let i = 0, start = offset; i < rows; i++, start += rowStep) {
    for (let j = 0, at = start; j < cols; j++, at += step) total += data[at] as number;
  }
  return total;
}

/** The sum over the axes from `axis` on, of which at least two are left. */
function sumFrom(x: FloatArray, axis: number, offset: number): number {
  const { shape, stride } = x;
  const extent = shape[axis] as number;
  const step = stride[axis] as number;
  if (axis === shape.length - 2) return sumPlane(x.data, offset, extent, shape[axis + 1] as number, step, stride[axis + 1] as number);
  let total = 0;
  for (let i = 0; i < extent; i++) total += sumFrom(x, axis + 1, offset + i * step);
  return total;
}

/** The axes from the longest stride to the shortest: the order in which memory is read best. */
function memoryOrder(x: NdArray): number[] {
  return [...x.order].reverse();
}

/** Below this many entries four running sums cost more than they save. */
const runFrom = 16;

/**
 * The sum of all entries of a view of any strides, added up in double precision and in the order of memory; 0 for none.
 */
export function sumData(x: NdArray): number {
  const { data, shape, stride, offset } = x;
  if (!(data instanceof Float64Array || data instanceof Float32Array)) return sumData(asFloatArray(x));
  const rank = shape.length;
  if (rank === 2) {
    const rows = shape[0] as number;
    const cols = shape[1] as number;
    const rowStep = stride[0] as number;
    const step = stride[1] as number;
    if (rows * cols < runFrom) return sumPlane(data, offset, rows, cols, rowStep, step);
    if (step === 1 && rowStep === cols) return sumRun(data, offset, rows * cols);
    return Math.abs(step) <= Math.abs(rowStep)
      ? sumPlane(data, offset, rows, cols, rowStep, step)
      : sumPlane(data, offset, cols, rows, step, rowStep);
  }
  if (rank === 1) {
    const length = shape[0] as number;
    const step = stride[0] as number;
    return step === 1 ? sumRun(data, offset, length) : sumPlane(data, offset, 1, length, 0, step);
  }
  if (rank === 0) return data[offset] as number;
  const sorted = isRowMajor(shape, stride) ? x : x.transpose(...memoryOrder(x));
  return isRowMajor(sorted.shape, sorted.stride) ? sumRun(data, offset, sorted.size) : sumFrom(sorted as FloatArray, 0, offset);
}

/** As `sumData`, of the view with this geometry on floats; small planes cost no view. */
export function sumFloats(data: FloatData, shape: readonly number[], stride: readonly number[], offset: number): number {
  if (shape.length === 2 && data instanceof Float64Array) {
    const rows = shape[0] as number;
    const cols = shape[1] as number;
    if (rows * cols < runFrom) return sumPlane(data, offset, rows, cols, stride[0] as number, stride[1] as number);
  }
  return sumData(viewOn(data, shape, stride, offset));
}

/** For each axis of an array, its stride in the packed result of reducing these axes: 0 along those. */
function resultStride(shape: readonly number[], axes: readonly number[]): number[] {
  const stride = rowMajorStride(reducedShape(shape, axes, true));
  for (const axis of axes) stride[axis] = 0;
  return stride;
}

/** totals[…] += a plane of entries; steps named `to` lead through the totals, and are 0 along a summed axis. */
function addPlane(
  totals: Float64Array,
  to: number,
  toRow: number,
  toStep: number,
  data: FloatData,
  offset: number,
  rows: number,
  cols: number,
  rowStep: number,
  step: number,
): void {
  let i = 0;
  if (toRow === 0 && toStep !== 0) {
    // Columns: four rows at a time, so that each total is read and written a quarter as often.
    for (; i + 3 < rows; i += 4) {
      const start = offset + i * rowStep;
      for (let j = 0, at = start, t = to; j < cols; j++, at += step, t += toStep) {
        (totals[t] as number) +=
          (data[at] as number) + (data[at + rowStep] as number) + ((data[at + 2 * rowStep] as number) + (data[at + 3 * rowStep] as number));
      }
    }
  }
  for (; i < rows; i++) {
    const start = offset + i * rowStep;
    if (toStep === 0) (totals[to + i * toRow] as number) += sumPlane(data, start, 1, cols, 0, step);
    else
      for (let j = 0, at = start, t = to + i * toRow; j < cols; j++, at += step, t += toStep) (totals[t] as number) += data[at] as number;
  }
}

/** totals[…] += x[…] over the axes from `axis` on; `toStride` leads through the totals. */
function addFrom(totals: Float64Array, toStride: readonly number[], to: number, x: FloatArray, axis: number, offset: number): void {
  const extent = x.shape[axis] as number;
  const step = x.stride[axis] as number;
  const toStep = toStride[axis] as number;
  const next = axis + 1;
  if (next === x.dimension) {
    addPlane(totals, to, 0, toStep, x.data, offset, 1, extent, 0, step);
  } else if (next + 1 === x.dimension) {
    addPlane(totals, to, toStep, toStride[next] as number, x.data, offset, extent, x.shape[next] as number, step, x.stride[next] as number);
  } else {
    for (let i = 0; i < extent; i++) addFrom(totals, toStride, to + i * toStep, x, next, offset + i * step);
  }
}

/** The sums that `toStride` tells apart, in a new array of this shape. */
function sumAlong(x: NdArray, toStride: readonly number[], shape: readonly number[]): NdArray {
  const totals = new Float64Array(sizeOf(shape));
  if (totals.length === 1) totals[0] = sumData(x);
  else {
    const float = asFloatArray(x);
    if (isRowMajor(float.shape, float.stride)) addFrom(totals, toStride, 0, float, 0, float.offset);
    else {
      const order = memoryOrder(float);
      const sorted = float.transpose(...order) as FloatArray;
      addFrom(
        totals,
        order.map((axis) => toStride[axis] as number),
        0,
        sorted,
        0,
        sorted.offset,
      );
    }
  }
  return floatResult(totals, shape, floatDType(x.dtype));
}

/**
 * The sums over some axes, in a new row-major array of the float kind of x; an empty sum is 0. Accumulates in double precision.
 * @param axes counted from the front, each once, as `normalizeAxes` gives them; none gives a copy
 * @param keepDims leaves the summed axes with extent 1
 */
export function sumAxes(x: NdArray, axes: readonly number[], keepDims: boolean = false): NdArray {
  return sumAlong(x, resultStride(x.shape, axes), reducedShape(x.shape, axes, keepDims));
}

/**
 * The adjoint of broadcasting an array of this shape to the shape of x: sums the axes that broadcasting added, and those that it
 * stretched from extent 1.
 * @returns x itself when it has that shape already
 * @throws {RangeError} when the shape does not broadcast to that of x
 */
export function sumToShape(x: NdArray, shape: readonly number[], who: string = "sumToShape"): NdArray {
  if (sameShape(x.shape, shape)) return x;
  return sumAlong(x, sumStride(x.shape, shape, who), shape);
}

/** The same entry after entry, by the loop that adds arrays up: slower, for programs that sum seldom and do without the rest of this file. */
export function addUpToShape(x: NdArray, shape: readonly number[], who: string = "sumToShape"): NdArray {
  if (sameShape(x.shape, shape)) return x;
  const stride = sumStride(x.shape, shape, who);
  const totals = new Float64Array(sizeOf(shape));
  const { data, stride: step, offset } = asFloatArray(x);
  addStrided(totals, stride, 0, data, step, offset, x.shape);
  return floatResult(totals, shape, floatDType(x.dtype));
}

/**
 * Folds the entries along some axes: starts from `init` and goes through them in row-major order. Results are collected in double
 * precision and are a new row-major array of kind `dtype`.
 * @param axes counted from the front, each once, as `normalizeAxes` gives them
 * @param keepDims leaves the reduced axes with extent 1
 */
export function reduceAxes(
  x: NdArray,
  axes: readonly number[],
  keepDims: boolean,
  init: number,
  step: (accumulated: number, entry: number) => number,
  dtype: FloatDType = floatDType(x.dtype),
): NdArray {
  const shape = reducedShape(x.shape, axes, keepDims);
  const folded = new Float64Array(sizeOf(shape)).fill(init);
  const float = asFloatArray(x);
  foldFrom(folded, resultStride(x.shape, axes), 0, float, 0, float.offset, step);
  return floatResult(folded, shape, dtype);
}

function foldFrom(
  folded: Float64Array,
  toStride: readonly number[],
  to: number,
  x: FloatArray,
  axis: number,
  offset: number,
  step: (accumulated: number, entry: number) => number,
): void {
  const { data } = x;
  const extent = axis < x.dimension ? (x.shape[axis] as number) : 1;
  const xStep = axis < x.dimension ? (x.stride[axis] as number) : 0;
  const toStep = axis < x.dimension ? (toStride[axis] as number) : 0;
  if (axis + 1 < x.dimension) {
    for (let i = 0; i < extent; i++) foldFrom(folded, toStride, to + i * toStep, x, axis + 1, offset + i * xStep, step);
  } else {
    for (let i = 0, at = offset, t = to; i < extent; i++, at += xStep, t += toStep) {
      folded[t] = step(folded[t] as number, data[at] as number);
    }
  }
}

/** The products over some axes, like `sumAxes`; an empty product is 1. */
export function prodAxes(x: NdArray, axes: readonly number[], keepDims: boolean = false): NdArray {
  return reduceAxes(x, axes, keepDims, 1, (product, entry) => product * entry);
}
