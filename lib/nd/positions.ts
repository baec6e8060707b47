import { formatShape, rowMajorStride, sizeOf } from "./shape.js";

/** The part of a view that says where its entries lie. */
export interface Layout {
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
}

/**
 * Where in its store a view keeps the entry at this row-major position. Positions count entries as if the view were packed;
 * they are not checked.
 */
export function offsetOfPosition(x: Layout, position: number): number {
  let at = x.offset;
  let rest = position;
  for (let k = x.shape.length - 1; k >= 0; k--) {
    const extent = x.shape[k] as number;
    const index = rest % extent;
    at += index * (x.stride[k] as number);
    rest = (rest - index) / extent;
  }
  return at;
}

/** Where in its store a view keeps each of its entries, in row-major order. */
export function offsetsOf({ shape, stride, offset }: Layout): Int32Array {
  let offsets = Int32Array.of(offset);
  for (let axis = 0; axis < shape.length; axis++) {
    const extent = shape[axis] as number;
    const step = stride[axis] as number;
    const next = new Int32Array(offsets.length * extent);
    for (let i = 0, n = 0; i < offsets.length; i++) {
      for (let k = 0, at = offsets[i] as number; k < extent; k++, at += step) next[n++] = at;
    }
    offsets = next;
  }
  return offsets;
}

/**
 * The indices of the entry at this row-major position in an array of this shape.
 * @throws {RangeError} when the array has no such position
 */
export function indicesOfPosition(shape: readonly number[], position: number): number[] {
  if (!Number.isInteger(position) || position < 0 || position >= sizeOf(shape)) {
    throw new RangeError(
      `indicesOfPosition: position = ${position} is not in an array of shape ${formatShape(shape)}; positions count its entries from 0`,
    );
  }
  const indices = new Array<number>(shape.length);
  let rest = position;
  for (let k = shape.length - 1; k >= 0; k--) {
    const extent = shape[k] as number;
    const index = rest % extent;
    indices[k] = index;
    rest = (rest - index) / extent;
  }
  return indices;
}

/**
 * The row-major position of the entry at these indices of an array of this shape.
 * @throws {RangeError} when an index is missing or leaves its axis
 */
export function positionOfIndices(shape: readonly number[], indices: readonly number[]): number {
  if (indices.length !== shape.length) {
    throw new RangeError(
      `positionOfIndices: ${indices.length} indices for an array of shape ${formatShape(shape)}; give one index per axis`,
    );
  }
  let position = 0;
  for (let k = 0; k < shape.length; k++) {
    const index = indices[k] as number;
    const extent = shape[k] as number;
    if (!Number.isInteger(index) || index < 0 || index >= extent) {
      throw new RangeError(
        `positionOfIndices: index ${index} leaves axis ${k} of an array of shape ${formatShape(shape)}; indices count from 0`,
      );
    }
    position = position * extent + index;
  }
  return position;
}

/**
 * Row-major positions of one entry of each line along some axes, from its place in its line; lines and places count in row-major order.
 * @param axes counted from the front, in increasing order
 */
export function positionsInLines(places: ArrayLike<number>, shape: readonly number[], axes: readonly number[]): Int32Array {
  const positions = new Int32Array(places.length);
  const extents = axes.map((axis) => shape[axis] as number);
  if (axes.length === 0 || axes[0] === shape.length - axes.length) {
    const length = sizeOf(extents);
    for (let n = 0; n < positions.length; n++) positions[n] = n * length + (places[n] as number);
  } else if (axes.length === 1) {
    const [axis] = axes as [number];
    const inner = sizeOf(shape.slice(axis + 1));
    const length = shape[axis] as number;
    for (let n = 0, outer = 0; n < positions.length; outer += length * inner)
      for (let lane = 0; lane < inner; lane++, n++) positions[n] = outer + (places[n] as number) * inner + lane;
  } else {
    const stride = rowMajorStride(shape);
    const part = (own: readonly number[]): Layout => ({
      shape: own.map((axis) => shape[axis] as number),
      stride: own.map((axis) => stride[axis] as number),
      offset: 0,
    });
    const lines = part([...shape.keys()].filter((axis) => !axes.includes(axis)));
    const entries = part(axes);
    for (let n = 0; n < positions.length; n++) positions[n] = offsetOfPosition(lines, n) + offsetOfPosition(entries, places[n] as number);
  }
  return positions;
}
