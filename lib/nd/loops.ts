import { isRowMajor, rowMajorStride, sizeOf } from "./shape.js";
import { addStrided, copyStrided } from "./strided.js";
import type { FloatDType, NdArray, NumericData } from "./types.js";
import { allocate, floatDType, rowMajor } from "./view.js";

/**
 * Runs `row(offsets)` for each index of all axes but the last, in row-major order; `offsets[k]` is then the position of the row's first
 * entry in operand k. The array of offsets is reused. Without axes, one row.
 */
export function forEachRow(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  starts: readonly number[],
  row: (offsets: number[]) => void,
): void {
  const outer = shape.length - 1;
  const offsets = [...starts];
  if (outer <= 0) {
    row(offsets);
    return;
  }
  for (let k = 0; k <= outer; k++) if (shape[k] === 0) return;
  const index = new Array<number>(outer).fill(0);
  for (;;) {
    row(offsets);
    let axis = outer - 1;
    for (; axis >= 0; axis--) {
      const next = (index[axis] as number) + 1;
      const extent = shape[axis] as number;
      const wrapped = next === extent;
      index[axis] = wrapped ? 0 : next;
      for (let k = 0; k < offsets.length; k++) {
        offsets[k] = (offsets[k] as number) + (wrapped ? 1 - extent : 1) * (strides[k]?.[axis] as number);
      }
      if (!wrapped) break;
    }
    if (axis < 0) return;
  }
}

/** Runs `visit(position)` for each entry of a view in row-major order: the plain way to walk any strides. */
export function forEachPosition(
  x: { shape: readonly number[]; stride: readonly number[]; offset: number },
  visit: (position: number) => void,
): void {
  const last = x.shape.length - 1;
  const length = last < 0 ? 1 : (x.shape[last] as number);
  const step = last < 0 ? 0 : (x.stride[last] as number);
  forEachRow(x.shape, [x.stride], [x.offset], ([start]) => {
    let at = start as number;
    for (let i = 0; i < length; i++, at += step) visit(at);
  });
}

/** Adds one number to every entry of a view on dst, which must not have stride 0. */
export function addNumber(dst: NumericData, shape: readonly number[], stride: readonly number[], offset: number, value: number): void {
  if (shape.length === 2 && dst instanceof Float64Array) {
    const rows = shape[0] as number;
    const cols = shape[1] as number;
    const rowStep = stride[0] as number;
    const step = stride[1] as number;
    for (let i = 0; i < rows; i++) {
      for (let j = 0, at = offset + i * rowStep; j < cols; j++, at += step) (dst[at] as number) += value;
    }
    return;
  }
  addStrided(dst, stride, offset, Float64Array.of(value), new Array<number>(shape.length).fill(0), 0, shape);
}

/** dst = src, entry by entry, for views of equal shapes that share no memory. */
export function copyInto(dst: NdArray, src: NdArray): void {
  copyStrided(dst.data, dst.stride, dst.offset, src.data, src.stride, src.offset, dst.shape);
}

/** dst += src, entry by entry; equal shapes. */
export function addInto(dst: NdArray, src: NdArray): void {
  addStrided(dst.data, dst.stride, dst.offset, src.data, src.stride, src.offset, dst.shape);
}

/** The entries in row-major order, in a new typed array (integers become float64 unless `dtype` says otherwise). */
export function packedData(x: NdArray, dtype: FloatDType = floatDType(x.dtype)): Float64Array | Float32Array {
  const { data, offset, shape, stride } = x;
  const size = sizeOf(shape);
  if ((data instanceof Float64Array || data instanceof Float32Array) && isRowMajor(shape, stride)) {
    // The constructor does not fill memory with zeros before it copies: a third faster than `slice`.
    const run = data.length === size ? data : data.subarray(offset, offset + size);
    return dtype === "float64" ? new Float64Array(run) : new Float32Array(run);
  }
  if (x.dtype.startsWith("big"))
    throw new TypeError("array: its entries are bigints; make one of numbers, array(Array.from(x.data, Number))");
  const out = allocate(dtype, size) as Float64Array;
  if (x.dtype === "generic") {
    const store = data as unknown as { get(i: number): number };
    let n = 0;
    forEachPosition(x, (at) => {
      out[n++] = store.get(at);
    });
  } else copyStrided(out, rowMajorStride(shape), 0, data, stride, offset, shape);
  return out;
}

/** A row-major copy in a store of its own. */
export function packed(x: NdArray, dtype: FloatDType = floatDType(x.dtype)): NdArray {
  return rowMajor(packedData(x, dtype), x.shape);
}

/** The common float kind of some arrays: float64 as soon as one of them is not float32. */
export function commonDType(xs: readonly NdArray[]): FloatDType {
  if (xs.length === 0) return "float64";
  for (const x of xs) if (x.dtype !== "float32") return "float64";
  return "float32";
}

/** y[…] = f(x[…]), in a new row-major array. */
export function map1(f: (x: number) => number, x: NdArray, dtype: FloatDType = floatDType(x.dtype)): NdArray {
  const { data } = x;
  const size = x.size;
  const out = allocate(dtype, size);
  if (data instanceof Float64Array && out instanceof Float64Array && isRowMajor(x.shape, x.stride)) {
    mapDoubles(f, data, x.offset, out);
  } else {
    let n = 0;
    forEachPosition(x, (at) => {
      out[n++] = f(data[at] as number);
    });
  }
  return rowMajor(out, x.shape);
}

function mapDoubles(f: (x: number) => number, data: Float64Array, start: number, out: Float64Array): void {
  for (let i = 0, at = start; i < out.length; i++, at++) out[i] = f(data[at] as number);
}

/** y[…] = f(a[…], b[…]) for arrays of one shape, in a new row-major array; stride-0 views serve for broadcasting. */
export function map2(f: (a: number, b: number) => number, a: NdArray, b: NdArray, dtype: FloatDType = commonDType([a, b])): NdArray {
  const out = allocate(dtype, a.size);
  const last = a.dimension - 1;
  const length = last < 0 ? 1 : (a.shape[last] as number);
  const aStep = last < 0 ? 0 : (a.stride[last] as number);
  const bStep = last < 0 ? 0 : (b.stride[last] as number);
  const aData = a.data;
  const bData = b.data;
  let n = 0;
  forEachRow(a.shape, [a.stride, b.stride], [a.offset, b.offset], ([aStart, bStart]) => {
    if (aData instanceof Float64Array && bData instanceof Float64Array && out instanceof Float64Array) {
      map2Doubles(f, aData, aStep, aStart as number, bData, bStep, bStart as number, out, n, length);
      n += length;
      return;
    }
    for (let i = 0, p = aStart as number, q = bStart as number; i < length; i++, p += aStep, q += bStep) {
      out[n++] = f(aData[p] as number, bData[q] as number);
    }
  });
  return rowMajor(out, a.shape);
}

function map2Doubles(
  f: (a: number, b: number) => number,
  a: Float64Array,
  aStep: number,
  aStart: number,
  b: Float64Array,
  bStep: number,
  bStart: number,
  out: Float64Array,
  start: number,
  length: number,
): void {
  for (let i = 0, p = aStart, q = bStart; i < length; i++, p += aStep, q += bStep) out[start + i] = f(a[p] as number, b[q] as number);
}

/**
 * Runs `visit(n, positions)` for each entry of arrays of one shape, in row-major order: n counts, `positions[k]` is where operand k has it.
 * The list of positions is reused.
 */
export function forEachEntry(xs: readonly NdArray[], shape: readonly number[], visit: (n: number, positions: number[]) => void): void {
  const last = shape.length - 1;
  const length = last < 0 ? 1 : (shape[last] as number);
  const steps = xs.map((x) => (last < 0 ? 0 : (x.stride[last] as number)));
  const positions = new Array<number>(xs.length).fill(0);
  let n = 0;
  forEachRow(
    shape,
    xs.map((x) => x.stride),
    xs.map((x) => x.offset),
    (starts) => {
      for (let k = 0; k < positions.length; k++) positions[k] = starts[k] as number;
      for (let i = 0; i < length; i++) {
        visit(n++, positions);
        for (let k = 0; k < positions.length; k++) positions[k] = (positions[k] as number) + (steps[k] as number);
      }
    },
  );
}
