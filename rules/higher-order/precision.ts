import { type AnyArray, cast, floatKindOf, isDifferentiable, mapStructure, mapTangents, NoTangent, storeOf } from "../../lib/core/index.js";
import { isNdArray } from "../../lib/nd/index.js";

/** A value with all of its arrays in double precision. */
export function widened(x: unknown): unknown {
  return mapStructure((leaf) => {
    if (!isNdArray(leaf)) return leaf;
    const array = leaf as AnyArray;
    return floatKindOf(array) === "float64" && (storeOf(array) !== undefined || array.dtype === "float64") ? array : cast(array, "float64");
  }, x);
}

/** x with arrays of the kinds that those of another value have. */
export function inKindsOf(like: unknown, x: unknown): unknown {
  return mapTangents((leaf, part) => (isNdArray(leaf) && isNdArray(part) ? inKindOf(leaf as AnyArray, part as AnyArray) : part), like, x);
}

/** A cotangent with arrays of the kinds that those of its primal have, `NoTangent` for what cannot move. */
export function cotangentLike(like: unknown, x: unknown): unknown {
  return inKindsOf(
    like,
    mapTangents((leaf, part) => (isDifferentiable(leaf) ? part : NoTangent), like, x),
  );
}

function inKindOf(like: AnyArray, x: AnyArray): AnyArray {
  return floatKindOf(like) === floatKindOf(x) ? x : cast(x, floatKindOf(like));
}
