import { numbersFor } from "./numbers-for.js";
import { shown } from "./shown.js";

/** No array has more axes, as in NumPy. */
export const mostAxes: number = 64;

/** ndarray keeps offsets in 32 bits. */
export const largestSize: number = 2 ** 31 - 1;

/**
 * Throws where no array can have a shape; before any work is done for it.
 * @param who begins the message
 * @throws {RangeError} when it has more than 64 axes, or more than 2³¹ − 1 entries
 */
export function expectSize(who: string, shape: readonly number[]): void {
  if (shape.length > mostAxes) throw new RangeError(`${who}: a shape of ${shape.length} axes has more than ${mostAxes}; make them fewer`);
  if (sizeOf(shape) > largestSize)
    throw new RangeError(`${who}: shape ${formatShape(shape)} has more than 2³¹ − 1 entries; make it smaller`);
}

/** The number of entries of an array of this shape. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (let k = 0; k < shape.length; k++) size *= shape[k] as number;
  return size;
}

/** The strides of a row-major array of this shape. */
export function rowMajorStride(shape: readonly number[]): number[] {
  const stride = new Array<number>(shape.length);
  let step = 1;
  for (let k = shape.length - 1; k >= 0; k--) {
    stride[k] = step;
    step *= shape[k] as number;
  }
  return stride;
}

/** Whether entries lie one after another in row-major order (axes of extent 1 may have any stride). */
export function isRowMajor(shape: readonly number[], stride: readonly number[]): boolean {
  let step = 1;
  for (let k = shape.length - 1; k >= 0; k--) {
    const extent = shape[k] as number;
    if (extent !== 1 && stride[k] !== step) return extent === 0;
    step *= extent;
  }
  return true;
}

/** Whether two shapes are equal. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}

/**
 * The shape that NumPy's broadcasting gives: shapes aligned at their last axis, extents equal or 1.
 * @throws {RangeError} when they do not fit
 */
export function broadcastShapes(who: string, ...shapes: (readonly number[])[]): number[] {
  const rank = Math.max(0, ...shapes.map((s) => s.length));
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    const lead = rank - shape.length;
    for (let k = 0; k < shape.length; k++) {
      const extent = shape[k] as number;
      const sofar = result[lead + k] as number;
      if (sofar === 1) result[lead + k] = extent;
      else if (extent !== 1 && extent !== sofar) {
        throw new RangeError(
          `${who}: shapes ${shapes.map(formatShape).join(" and ")} do not broadcast: axis ${lead + k} has extents ${sofar} and ${extent}; make them equal, or one of them 1`,
        );
      }
    }
  }
  expectSize(who, result);
  return result;
}

/** Whether an array of shape `from` broadcasts to shape `to`. */
export function broadcastsTo(from: readonly number[], to: readonly number[]): boolean {
  const lead = to.length - from.length;
  if (lead < 0) return false;
  for (let k = 0; k < from.length; k++) if (from[k] !== 1 && from[k] !== to[lead + k]) return false;
  return true;
}

/** "[3, 4]" for messages. */
export function formatShape(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

/**
 * An axis counted from the front.
 * @throws {RangeError} when the array has no such axis
 * @throws {TypeError} when it is not a number
 */
export function normalizeAxis(who: string, axis: number, rank: number): number {
  if (typeof axis !== "number") {
    const cure = rank === 0 ? "the array has no axes" : `give an integer from ${-rank} to ${rank - 1}`;
    throw new TypeError(`${who}: axis is ${shown(axis)}; ${cure}`);
  }
  if (rank === 0) throw new RangeError(`${who}: axis = ${axis} of an array that has no axes; give one with an axis or more`);
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    throw new RangeError(
      `${who}: axis = ${axis} is not an axis of an array with ${rank} axes; use an integer from ${-rank} to ${rank - 1}`,
    );
  }
  return axis < 0 ? axis + rank : axis;
}

/**
 * The axes meant by an option: absent means all, one number means one, in increasing order and counted from the front.
 * @throws {RangeError} when an axis does not exist or is named twice
 * @throws {TypeError} when it is neither a number nor a list of numbers
 */
export function normalizeAxes(who: string, axis: number | readonly number[] | undefined, rank: number): number[] {
  if (axis === undefined) return Array.from({ length: rank }, (_, k) => k);
  const axes = numbersFor(who, "axis", axis)
    .map((a) => normalizeAxis(who, a, rank))
    .sort((a, b) => a - b);
  for (let k = 1; k < axes.length; k++) {
    if (axes[k] === axes[k - 1]) throw new RangeError(`${who}: axis ${axes[k]} is named twice; name each axis once`);
  }
  return axes;
}

/** The shape after reducing these axes; `keepDims` leaves them with extent 1. */
export function reducedShape(shape: readonly number[], axes: readonly number[], keepDims = false): number[] {
  if (keepDims) return shape.map((n, k) => (axes.includes(k) ? 1 : n));
  return shape.filter((_, k) => !axes.includes(k));
}

/**
 * The strides by which an array of the first shape is added up to a row-major one of the second: 0 along axes that are summed.
 * @throws {RangeError} when the second does not broadcast to the first
 */
export function sumStride(from: readonly number[], to: readonly number[], who: string): number[] {
  if (!broadcastsTo(to, from)) {
    throw new RangeError(
      `${who}: an array of shape ${formatShape(from)} does not sum to ${formatShape(to)}; extents must be equal or 1, counted from the last axis`,
    );
  }
  const lead = from.length - to.length;
  const stride = new Array<number>(from.length).fill(0);
  let step = 1;
  for (let k = to.length - 1; k >= 0; k--) {
    const extent = to[k] as number;
    if (extent === from[lead + k]) stride[lead + k] = step;
    step *= extent;
  }
  return stride;
}
