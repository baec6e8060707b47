import { type AnyArray, NotImplemented, project, storeOf, unthunk, type ZeroTangent } from "../core/index.js";
import { isNdArray, sameShape } from "../nd/index.js";

/** A cotangent of exactly the view's shape and kind. */
export function fittedCotangent(view: AnyArray, cotangent: unknown, where: () => string): AnyArray | ZeroTangent {
  const value = unthunk(cotangent);
  if (isNdArray(value) && sameShape(value.shape, view.shape) && (value.dtype !== "generic" || storeOf(value) !== undefined))
    return value as AnyArray;
  const projected = project(view, value, where);
  if (projected instanceof NotImplemented) throw projected.error();
  return projected as AnyArray;
}
