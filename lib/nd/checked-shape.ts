import { isTraced } from "./brand.js";
import { expectSize, formatShape } from "./shape.js";
import { shown } from "./shown.js";

/**
 * The extents that a shape names.
 * @param shape a number for one axis, or a list of numbers
 * @throws {RangeError} when an extent is not an integer, 0 or more, or there are too many entries
 * @throws {TypeError} when it is anything else
 */
export function checkedShape(who: string, shape: number | readonly number[]): number[] {
  const extents = typeof shape === "number" ? [shape] : shape;
  if (!Array.isArray(extents)) {
    const cure = isTraced(shape) ? "a shape stands still: give primal(n) for its number" : "give a number or a list of numbers";
    throw new TypeError(`${who}: shape is ${shown(shape)}; ${cure}`);
  }
  for (const [axis, extent] of (extents as unknown[]).entries()) {
    if (typeof extent !== "number")
      throw new TypeError(
        `${who}: the extent of axis ${axis} is ${shown(extent)}; give an integer, 0 or more${isTraced(extent) ? ": primal(n) is the number of a traced one" : ""}`,
      );
    if (!Number.isInteger(extent) || extent < 0) {
      throw new RangeError(
        `${who}: shape ${formatShape(extents)} has the extent ${extent} at axis ${axis}; extents are integers, 0 or more`,
      );
    }
  }
  expectSize(who, extents);
  return [...extents];
}

/**
 * Throws where extents stand one after another in the place of a list.
 * @param more  what came behind the shape
 * @param call  the call as it should be
 */
export function expectOneShape(who: string, more: unknown, call: string): void {
  if (typeof more === "number")
    throw new TypeError(`${who}: got the number ${more} behind the shape; a shape of several axes is one list, ${call}`);
}
