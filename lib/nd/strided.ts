import type { NumericData } from "./types.js";

// Copies and sums between two views of one shape, whatever their strides. The axes are first put in the order of the target's memory, and
// those that run on in both views become one; what is left are planes of rows. Rows that lie in a run are copied by memmove, and planes
// that lie across in the source go eight rows at a time, so that each line of the cache is used whole.

type Floats = Float64Array | Float32Array;

/** From this many entries on `set` of a subarray is faster than a loop; making the subarray costs what 40 entries do. */
const runFrom = 48;

/** Planes of fewer columns go eight rows at a time too: a loop costs as much to begin as some entries do. */
const narrow = 8;

/** The axes of the loop that runs: how many entries, and the steps in the target and in the source. Nothing else runs meanwhile. */
const extents: number[] = [];
const toSteps: number[] = [];
const fromSteps: number[] = [];
const counters: number[] = [];

/** Moves an axis of the plan to a later place. */
function moveAxis(axis: number, place: number): void {
  const extent = extents[axis] as number;
  const to = toSteps[axis] as number;
  const from = fromSteps[axis] as number;
  for (let k = axis; k < place; k++) setAxis(k, extents[k + 1] as number, toSteps[k + 1] as number, fromSteps[k + 1] as number);
  setAxis(place, extent, to, from);
}

function setAxis(k: number, extent: number, to: number, from: number): void {
  extents[k] = extent;
  toSteps[k] = to;
  fromSteps[k] = from;
}

/** Lays out the loop over views of a shape: how many axes it has, the last one innermost; −1 where there are no entries. */
function plan(shape: readonly number[], toStride: readonly number[], fromStride: readonly number[]): number {
  let count = 0;
  for (let k = 0; k < shape.length; k++) {
    const extent = shape[k] as number;
    if (extent === 1) continue;
    if (extent === 0) return -1;
    const to = toStride[k] as number;
    const far = Math.abs(to);
    let place = count++;
    for (; place > 0 && Math.abs(toSteps[place - 1] as number) < far; place--)
      setAxis(place, extents[place - 1] as number, toSteps[place - 1] as number, fromSteps[place - 1] as number);
    setAxis(place, extent, to, fromStride[k] as number);
  }
  if (count < 2) return count;
  let last = 0;
  for (let k = 1; k < count; k++) {
    const extent = extents[k] as number;
    const to = toSteps[k] as number;
    const from = fromSteps[k] as number;
    if (toSteps[last] === to * extent && fromSteps[last] === from * extent) setAxis(last, (extents[last] as number) * extent, to, from);
    else setAxis(++last, extent, to, from);
  }
  // Next to the last axis stands the one along which the source runs fastest.
  let nearest = last - 1;
  for (let k = last - 2; k >= 0; k--) if (Math.abs(fromSteps[k] as number) < Math.abs(fromSteps[nearest] as number)) nearest = k;
  if (nearest < last - 1 && Math.abs(fromSteps[nearest] as number) < Math.abs(fromSteps[last] as number)) moveAxis(nearest, last - 1);
  return last + 1;
}

/** Does something with a plane: rows and columns, where it starts in either array, and the steps to the next row and column. */
type Plane<D extends NumericData> = (
  dst: D,
  to: number,
  toRow: number,
  toStep: number,
  src: D,
  from: number,
  row: number,
  step: number,
  rows: number,
  cols: number,
) => void;

function forEachPlane<D extends NumericData>(plane: Plane<D>, axes: number, dst: D, toStart: number, src: D, fromStart: number): void {
  if (axes < 0) return;
  const last = axes - 1;
  const cols = axes > 0 ? (extents[last] as number) : 1;
  const toStep = axes > 0 ? (toSteps[last] as number) : 0;
  const step = axes > 0 ? (fromSteps[last] as number) : 0;
  const rows = axes > 1 ? (extents[last - 1] as number) : 1;
  const toRow = axes > 1 ? (toSteps[last - 1] as number) : 0;
  const row = axes > 1 ? (fromSteps[last - 1] as number) : 0;
  const outer = axes - 2;
  for (let k = 0; k < outer; k++) counters[k] = 0;
  let to = toStart;
  let from = fromStart;
  for (;;) {
    plane(dst, to, toRow, toStep, src, from, row, step, rows, cols);
    let axis = outer - 1;
    for (; axis >= 0; axis--) {
      const next = (counters[axis] as number) + 1;
      to += toSteps[axis] as number;
      from += fromSteps[axis] as number;
      if (next < (extents[axis] as number)) {
        counters[axis] = next;
        break;
      }
      counters[axis] = 0;
      to -= next * (toSteps[axis] as number);
      from -= next * (fromSteps[axis] as number);
    }
    if (axis < 0) return;
  }
}

const copyFloats: Plane<Floats> = (dst, to, toRow, toStep, src, from, row, step, rows, cols) => {
  if (toStep === 1 && step === 1 && cols >= runFrom) {
    for (let i = 0, t = to, at = from; i < rows; i++, t += toRow, at += row) dst.set(src.subarray(at, at + cols), t);
    return;
  }
  let i = 0;
  if (cols < narrow || Math.abs(row) < Math.abs(step)) {
    for (const strips = rows - 7; i < strips; i += 8) {
      for (let j = 0, t = to + i * toRow, at = from + i * row; j < cols; j++, t += toStep, at += step) {
        dst[t] = src[at] as number;
        dst[t + toRow] = src[at + row] as number;
        dst[t + 2 * toRow] = src[at + 2 * row] as number;
        dst[t + 3 * toRow] = src[at + 3 * row] as number;
        dst[t + 4 * toRow] = src[at + 4 * row] as number;
        dst[t + 5 * toRow] = src[at + 5 * row] as number;
        dst[t + 6 * toRow] = src[at + 6 * row] as number;
        dst[t + 7 * toRow] = src[at + 7 * row] as number;
      }
    }
  }
  for (; i < rows; i++) {
    for (let j = 0, t = to + i * toRow, at = from + i * row; j < cols; j++, t += toStep, at += step) dst[t] = src[at] as number;
  }
};

const addFloats: Plane<Floats> = (dst, to, toRow, toStep, src, from, row, step, rows, cols) => {
  let i = 0;
  if (cols < narrow || Math.abs(row) < Math.abs(step)) {
    for (const strips = rows - 7; i < strips; i += 8) {
      for (let j = 0, t = to + i * toRow, at = from + i * row; j < cols; j++, t += toStep, at += step) {
        (dst[t] as number) += src[at] as number;
        (dst[t + toRow] as number) += src[at + row] as number;
        (dst[t + 2 * toRow] as number) += src[at + 2 * row] as number;
        (dst[t + 3 * toRow] as number) += src[at + 3 * row] as number;
        (dst[t + 4 * toRow] as number) += src[at + 4 * row] as number;
        (dst[t + 5 * toRow] as number) += src[at + 5 * row] as number;
        (dst[t + 6 * toRow] as number) += src[at + 6 * row] as number;
        (dst[t + 7 * toRow] as number) += src[at + 7 * row] as number;
      }
    }
  }
  for (; i < rows; i++) {
    for (let j = 0, t = to + i * toRow, at = from + i * row; j < cols; j++, t += toStep, at += step)
      (dst[t] as number) += src[at] as number;
  }
};

// Loops that have met more than four kinds of store run ten times slower, so the float stores never come here.

const copyAny: Plane<NumericData> = (dst, to, toRow, toStep, src, from, row, step, rows, cols) => {
  for (let i = 0; i < rows; i++) {
    for (let j = 0, t = to + i * toRow, at = from + i * row; j < cols; j++, t += toStep, at += step) dst[t] = src[at] as number;
  }
};

const addAny: Plane<NumericData> = (dst, to, toRow, toStep, src, from, row, step, rows, cols) => {
  for (let i = 0; i < rows; i++) {
    for (let j = 0, t = to + i * toRow, at = from + i * row; j < cols; j++, t += toStep, at += step)
      (dst[t] as number) += src[at] as number;
  }
};

/** Whether x is one of the two kinds of memory that engines compute in. */
export function isFloats(data: unknown): data is Floats {
  return data instanceof Float64Array || data instanceof Float32Array;
}

/**
 * dst[…] = src[…] where each side is a store, strides and an offset; the shapes are equal. dst must not have stride 0, and no entry of src
 * may be one of dst, unless both are the same view.
 */
export function copyStrided(
  dst: NumericData,
  dstStride: readonly number[],
  dstOffset: number,
  src: NumericData,
  srcStride: readonly number[],
  srcOffset: number,
  shape: readonly number[],
): void {
  const axes = plan(shape, dstStride, srcStride);
  if (isFloats(dst) && isFloats(src)) forEachPlane(copyFloats, axes, dst, dstOffset, src, srcOffset);
  else forEachPlane(copyAny, axes, dst, dstOffset, src, srcOffset);
}

/** dst[…] += src[…], otherwise as `copyStrided`, but that an entry of dst may come more than once: it takes the sum then. */
export function addStrided(
  dst: NumericData,
  dstStride: readonly number[],
  dstOffset: number,
  src: NumericData,
  srcStride: readonly number[],
  srcOffset: number,
  shape: readonly number[],
): void {
  const axes = plan(shape, dstStride, srcStride);
  if (isFloats(dst) && isFloats(src)) forEachPlane(addFloats, axes, dst, dstOffset, src, srcOffset);
  else forEachPlane(addAny, axes, dst, dstOffset, src, srcOffset);
}
