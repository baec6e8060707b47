import { allocate, type FloatDType, forEachPosition, type NdArray, rowMajorStride, viewOn } from "../../lib/nd/index.js";
import { seeded } from "./random.js";

/** Lengths around what loops by hand are unrolled to, and around the powers of two at which they begin to do otherwise. */
export const lengths: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 63, 64, 65, 66, 67, 127, 128, 129, 130, 131];

/** The same without 0. */
export const someLengths: readonly number[] = lengths.slice(1);

/** Lengths around those from which a loop of lib/nd is left for another one, or for a copy by the typed array itself. */
export const turns: readonly number[] = [15, 16, 17, 31, 32, 33, 47, 48, 49, 95, 96, 97];

/** Lengths around a block of this size, and around two of them. */
export function edgesOf(block: number): readonly number[] {
  return [block - 1, block, block + 1, 2 * block - 1, 2 * block, 2 * block + 1];
}

/** The kinds of float. */
export const floats: readonly FloatDType[] = ["float64", "float32"];

/** Where a view lies in a store: the entries around it are none of its own. */
interface Place {
  readonly stride: readonly number[];
  readonly offset: number;
  readonly room: number;
}

const margin = 5;
const sizeOf = (shape: readonly number[]): number => shape.reduce((size, extent) => size * extent, 1);

function backwards(stride: readonly number[], shape: readonly number[]): number {
  return stride.reduce((far, step, k) => far + step * Math.max(0, (shape[k] as number) - 1), 0);
}

/** Ways to lay an array out: one after another, with gaps, from the end, turned, turned with rows from the end. */
const places: Readonly<Record<string, (shape: readonly number[]) => Place>> = {
  contiguous: (shape) => ({ stride: rowMajorStride(shape), offset: margin, room: sizeOf(shape) + 2 * margin }),
  strided: (shape) => {
    const wide = shape.map((extent) => 3 * extent + 1);
    return { stride: rowMajorStride(wide).map((step) => 3 * step), offset: margin, room: sizeOf(wide) + 2 * margin };
  },
  reversed: (shape) => {
    const stride = rowMajorStride(shape);
    return { stride: stride.map((step) => -step), offset: margin + backwards(stride, shape), room: sizeOf(shape) + 2 * margin };
  },
  turned: (shape) => ({ stride: rowMajorStride(shape.toReversed()).reverse(), offset: margin, room: sizeOf(shape) + 2 * margin }),
  "turned and reversed": (shape) => {
    const stride = rowMajorStride(shape.toReversed()).reverse();
    const last = stride.length - 1;
    const far = (stride[last] as number) * Math.max(0, (shape[last] as number) - 1);
    return { stride: stride.with(last, -(stride[last] as number)), offset: margin + far, room: sizeOf(shape) + 2 * margin };
  },
};

/** One array in several layouts. */
export interface Laid {
  /** Layout, kind and shape, for messages. */
  readonly name: string;
  readonly x: NdArray;
  /** Its entries in row-major order, for oracles that know nothing of arrays. */
  readonly entries: readonly number[];
}

/** Small integers, of which sums and products are exact in either kind. */
export const integersFrom = (seed: number): (() => number) => {
  const random = seeded(seed);
  return () => Math.floor(19 * random()) - 9;
};

/** Numbers between −2 and 2 that both kinds hold. */
export const numbersFrom = (seed: number): (() => number) => {
  const random = seeded(seed);
  return () => Math.fround(4 * random() - 2);
};

/** Writes these entries to a view, in row-major order. */
function write(x: NdArray, entries: readonly number[]): NdArray {
  let n = 0;
  forEachPosition(x, (at) => {
    x.data[at] = entries[n++] as number;
  });
  return x;
}

/**
 * An array of this shape in every layout and both kinds of float, with the same entries. NaN stands around it and in its gaps: what is read
 * there shows, and what is written there can be seen by `isFramed`.
 */
export function laidOut(shape: readonly number[], next: () => number, kinds: readonly FloatDType[] = floats): Laid[] {
  const entries = Array.from({ length: sizeOf(shape) }, next);
  const names = Object.keys(places).filter((name) => shape.length > 1 || !name.startsWith("turned"));
  return kinds.flatMap((dtype) =>
    names.map((name) => {
      const { stride, offset, room } = (places[name] as (shape: readonly number[]) => Place)(shape);
      const data = allocate(dtype, room).fill(Number.NaN as never) as Float64Array;
      return { name: `${name}, ${dtype}, [${shape.join(", ")}]`, x: write(viewOn(data, shape, stride, offset), entries), entries };
    }),
  );
}

/** Whether nothing but the entries of this view was written: all else in its store is NaN still. */
export function isFramed(x: NdArray): boolean {
  const own = new Set<number>();
  forEachPosition(x, (at) => own.add(at));
  return (x.data as Float64Array).every((entry, at) => own.has(at) || Number.isNaN(entry));
}

/** Entries in the order of a view, for the oracle's lists. */
export function listOf(x: NdArray): number[] {
  const list: number[] = [];
  forEachPosition(x, (at) => list.push(x.data[at] as number));
  return list;
}

/** A list of rows. */
export function rowsOf(entries: readonly number[], rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, (_, i) => entries.slice(i * columns, (i + 1) * columns));
}
