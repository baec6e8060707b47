import { broadcastsTo, formatShape, isForeign, isNdArray, type NdArray, sameShape, zerosOf } from "../../nd/index.js";
import { describe, TangentError } from "../errors.js";
import { type AnyArray, isScalar, type Operand, type Scalar } from "../level.js";
import { callableParts } from "../structures/callable.js";
import { checkDepth } from "../structures/depth.js";
import { inFloats, onFloats } from "../structures/floats.js";
import { hasParts, mapParts, mapStructure, mapTangents, partsOf, pathTo } from "../structures/structure.js";
import { broadcastTo, cotangentOf, sumTo } from "./broadcasting.js";
import { fieldOf, isStructural, isZero, NoTangent, NotImplemented, needed, Tangent, unthunk, ZeroTangent } from "./tangent.js";
import { isDifferentiable, tangentDType } from "./tangent-space.js";

/**
 * Brings cotangents back to the kind of a primal: number ↔ 0-d array, shape (broadcasting undone), dtype, structure. Symbolic zeros pass;
 * what has no tangent space gets `NoTangent`.
 * @param x   the primal
 * @param who begins the message when a cotangent does not fit
 * @returns a function from a cotangent to the projected one; it throws TangentError when shape or kind do not fit
 */
export function projectTo(x: unknown, who = "projectTo"): (t: unknown) => unknown {
  return (t) => project(x, t, () => who);
}

/**
 * As `projectTo`, with a message that is only made when it is needed.
 * @param exact for seeds, which are given and not computed: no broadcasting is undone, shapes must be the primal's own
 */
export function project(x: unknown, tangent: unknown, who: () => string, exact = false, depth = 0): unknown {
  const t = unthunk(tangent);
  if (isZero(t) || t instanceof NotImplemented) return t;
  if (typeof t === "object" && isForeign(t)) throw misfit(who, t, "one of this copy");
  if (isScalar(x)) return projectNumber(t, who, exact);
  if (typeof x !== "object" && typeof x !== "function") return NoTangent;
  if (x === null) return NoTangent;
  if (isNdArray(x)) return projectArray(x as AnyArray, t, who, exact);
  const parts = callableParts(x);
  if (parts !== undefined) return project(parts.params, t, who, exact, depth + 1);
  const entries = inFloats(x);
  if (entries !== undefined) return onFloats(projectArray(entries, inFloats(t) ?? t, who, exact));
  if (!hasParts(x)) return NoTangent;
  checkDepth(x, depth);
  checkParts(x, t, who);
  return mapParts(x, (part, key) => project(part, fieldOf(t, key), () => pathTo(who(), key), exact, depth + 1));
}

/**
 * Whether a tangent has parts, and none that the structure lacks.
 * @throws {TangentError} when it does not
 */
export function checkParts(x: object, t: unknown, who: () => string): void {
  if (!isStructural(t) || (Array.isArray(x) && Array.isArray(t) && x.length !== t.length)) throw misfit(who, t, describe(x));
  for (const key of Object.keys(t instanceof Tangent ? t.fields : (t as object))) {
    if (!Object.hasOwn(x, key))
      throw new TangentError(`${who()}: got a part named ${key}, which ${describe(x)} does not have; name its own parts`);
  }
}

function projectNumber(t: unknown, who: () => string, exact: boolean): Scalar {
  if (isScalar(t)) return t;
  if (isNdArray(t) && (!exact || t.dimension === 0)) return sumTo(t as AnyArray, []);
  throw misfit(who, t, "a number");
}

function projectArray(x: AnyArray, t: unknown, who: () => string, exact: boolean): unknown {
  if (tangentDType(x) === undefined) return NoTangent;
  const fits = isNdArray(t) ? sameShape(t.shape, x.shape) || (!exact && broadcastsTo(x.shape, t.shape)) : isScalar(t) && x.dimension === 0;
  if (!fits) throw misfit(who, t, `an array of shape ${formatShape(x.shape)}`);
  return cotangentOf(x, t as Operand);
}

function misfit(who: () => string, t: unknown, expected: string): TangentError {
  return new TangentError(
    `${who()}: got ${describe(t)}, expected ${expected}; return a tangent of the primal's own kind and shape, or ZeroTangent`,
  );
}

/** A projected tangent with its symbolic zeros replaced by real ones: the same structure as the primal, `NoTangent` where it cannot move. */
export function realize(x: unknown, t: unknown, depth = 0): unknown {
  const value = needed(t);
  if (isScalar(x)) return isZero(value) ? 0 : value;
  if (isNdArray(x)) {
    const dtype = tangentDType(x as AnyArray);
    if (dtype === undefined) return NoTangent;
    return isZero(value) ? zerosOf(x.shape, dtype) : value;
  }
  const parts = callableParts(x);
  if (parts !== undefined) return realize(parts.params, value, depth + 1);
  const entries = inFloats(x);
  if (entries !== undefined) return onFloats(realize(entries, inFloats(value) ?? value));
  if (!hasParts(x)) return NoTangent;
  checkDepth(x, depth);
  return mapParts(x, (part, key) => realize(part, fieldOf(value, key), depth + 1));
}

/** A tangent that can stand where its primal does: real zeros for arrays of integers too, which have none. */
export function inPlaceOf(x: unknown, t: unknown): unknown {
  return mapTangents((leaf, part) => (part === NoTangent && isNdArray(leaf) ? zerosOf(leaf.shape) : part), x, realize(x, t));
}

/** Real zeros for a value: the zero of its tangent space, `NoTangent` where it has none. */
export function zeroLike(x: unknown): unknown {
  return realize(x, ZeroTangent);
}

/** The same structure filled with ones where numbers are. */
export function oneLike(x: unknown): unknown {
  return mapStructure((leaf) => {
    if (isScalar(leaf)) return 1;
    if (!isNdArray(leaf) || tangentDType(leaf as AnyArray) === undefined) return leaf;
    const ones = zerosOf(leaf.shape, tangentDType(leaf as AnyArray));
    (ones.data as Float64Array).fill(1);
    return ones;
  }, x);
}

/** The tangent directions e₁, e₂, … of a value with numbers and arrays in it: one for each entry, in row-major order. */
export function* basisOf(x: unknown): Generator<unknown> {
  if (isScalar(x)) yield 1;
  else if (isNdArray(x)) {
    if (tangentDType(x as AnyArray) === undefined) return;
    for (let n = 0; n < x.size; n++) {
      const e: NdArray = zerosOf(x.shape, tangentDType(x as AnyArray));
      (e.data as Float64Array)[n] = 1;
      yield e;
    }
  } else {
    const parts = callableParts(x);
    const entries = inFloats(x);
    if (parts !== undefined) yield* basisOf(parts.params);
    else if (entries !== undefined) for (const e of basisOf(entries)) yield onFloats(e);
    else if (hasParts(x)) {
      for (const [key, part] of partsOf(x)) {
        for (const e of basisOf(part)) yield mapParts(x, (other, name) => (name === key ? e : zeroLike(other)));
      }
    }
  }
}

/**
 * A tangent of exactly an array's shape and kind; one that broadcasts is repeated, as a sum with fewer terms than operands makes it.
 * @throws {TangentError} when it does not fit
 */
export function fitTangent(y: AnyArray, t: unknown, who: () => string): AnyArray {
  const fits = isScalar(t) || (isNdArray(t) && broadcastsTo(t.shape, y.shape));
  if (!fits) throw misfit(who, t, `an array of shape ${formatShape(y.shape)}`);
  return cotangentOf(y, isNdArray(t) && sameShape(t.shape, y.shape) ? (t as AnyArray) : broadcastTo(t as Operand, y.shape)) as AnyArray;
}

/**
 * The tangent of a rule's result, of exactly its structure, shapes and kinds; symbolic zeros stay.
 * @throws {TangentError} when it does not fit
 */
export function fitResult(y: unknown, tangent: unknown, who: () => string): unknown {
  const t = needed(tangent);
  if (isZero(t)) return t;
  if (isNdArray(y)) return isDifferentiable(y) ? fitTangent(y as AnyArray, t, who) : NoTangent;
  if (!hasParts(y)) return project(y, t, who, true);
  checkParts(y, t, who);
  return mapParts(y, (part, key) => fitResult(part, fieldOf(t, key), () => pathTo(who(), key)));
}
