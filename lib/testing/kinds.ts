import {
  checkParts,
  describe,
  fieldOf,
  inFloats,
  isDifferentiable,
  isStructure,
  isZero,
  NoTangent,
  NotImplemented,
  partsOf,
  type Structure,
  Tangent,
  unthunk,
  ZeroTangent,
} from "../core/index.js";
import { callableParts } from "../core/structures/callable.js";
import { type ArrayView, broadcastsTo, floatDType, formatShape, isNdArray, sameShape } from "../nd/index.js";
import { canMove, forEachPart } from "./vectors.js";

/** How a message names a tangent. */
export function kindOf(t: unknown): string {
  if (t === NoTangent) return "NoTangent";
  if (t === ZeroTangent) return "ZeroTangent";
  if (t instanceof Tangent) return `a Tangent of ${Object.keys(t.fields).join(", ") || "nothing"}`;
  return describe(t);
}

/**
 * Throws where a raw cotangent is not of its primal's own kind: number for number, an array of the same shape and float kind, a structure
 * with no foreign parts (absent ones are zero), `NoTangent` exactly where there is no tangent space. The engines would mend some of that; a
 * rule should not rely on it.
 * @param x    the primal
 * @param t    the cotangent, thunks and all
 * @param path begins the message
 */
export function expectCotangentKind(x: unknown, t: unknown, path: string): void {
  expectParts(x, t, path);
  forEachPart(x, t, path, (leaf, tangent, where) => {
    const part = unthunk(tangent);
    if (part === undefined && where !== path) return;
    if (part instanceof NotImplemented) throw new Error(`${where}: ${part.error().message}`);
    if (!isDifferentiable(leaf)) {
      if (part !== NoTangent)
        throw new Error(
          `${where}: got ${kindOf(part)}, expected NoTangent: ${isNdArray(leaf) ? `an array of ${leaf.dtype}` : describe(leaf)} has no tangent space`,
        );
    } else if (part === NoTangent) throw forgotten(leaf, where);
    else if (part !== ZeroTangent) expectLeaf(leaf, part, where);
  });
}

function forgotten(x: unknown, where: string): Error {
  return new Error(
    `${where}: got NoTangent for ${describe(x)}, which can move; return what it is, or ZeroTangent; an index or another number that does not move is held fixed by the option exclude`,
  );
}

/** Structures may leave parts out, but not have others, nor deny that they move. */
function expectParts(x: unknown, t: unknown, path: string): void {
  const value = unthunk(t);
  const structure = callableParts(x)?.params ?? x;
  if (!isStructure(structure) || value === undefined || value === ZeroTangent || value instanceof NotImplemented) return;
  if (value === NoTangent) {
    if (canMove(structure)) throw forgotten(structure, path);
    return;
  }
  if (inFloats(structure) !== undefined) return;
  checkParts(structure as object, value, () => path);
  for (const [key, part] of partsOf(structure as Structure)) {
    expectParts(part, fieldOf(value, key), Array.isArray(structure) ? `${path}[${key}]` : `${path}.${key}`);
  }
}

function expectLeaf(leaf: unknown, part: unknown, where: string): void {
  if (!isNdArray(leaf)) {
    if (typeof part === "number") return;
    const cure = isNdArray(part) ? "the broadcasting is not undone: sum it with sumTo(t, [])" : "return a number";
    throw new Error(`${where}: got ${kindOf(part)}, expected a number; ${cure}`);
  }
  if (!isNdArray(part))
    throw new Error(`${where}: got ${kindOf(part)}, expected an array of shape ${formatShape(leaf.shape)}, its argument's own`);
  if (!sameShape(part.shape, leaf.shape))
    throw new Error(
      `${where}: got ${kindOf(part)}, expected shape ${formatShape(leaf.shape)}, its argument's own; ${shapeCure(leaf, part)}`,
    );
  expectDType(leaf, part, where);
}

function shapeCure(leaf: ArrayView<unknown>, part: ArrayView<unknown>): string {
  if (broadcastsTo(leaf.shape, part.shape)) return `the broadcasting is not undone: sum it with sumTo(t, ${formatShape(leaf.shape)})`;
  if (sameShape([...part.shape].reverse(), leaf.shape)) return "it is transposed";
  return "return a cotangent of that shape";
}

function expectDType(leaf: ArrayView<unknown>, part: ArrayView<unknown>, where: string): void {
  const expected = floatDType(leaf.dtype);
  if (part.dtype === expected || (part.dtype === "array" && expected === "float64")) return;
  throw new Error(
    `${where}: got an array of ${part.dtype}, expected one of ${expected}, its argument's own kind; make it so with cast(t, "${expected}")`,
  );
}

/**
 * Throws where a tangent cannot be one of f's result: as for cotangents, but one that broadcasts to its result is repeated by the engines,
 * and what cannot move may have any zero.
 */
export function expectTangentKind(y: unknown, t: unknown, path: string): void {
  expectParts(y, t, path);
  forEachPart(y, t, path, (leaf, tangent, where) => {
    const part = unthunk(tangent);
    if (part instanceof NotImplemented) throw new Error(`${where}: ${part.error().message}`);
    if (part === NoTangent && isDifferentiable(leaf)) throw forgotten(leaf, where);
    if (isZero(part) || part === undefined) return;
    if (!isDifferentiable(leaf))
      throw new Error(
        `${where}: got ${kindOf(part)}, expected NoTangent: ${isNdArray(leaf) ? `an array of ${leaf.dtype}` : describe(leaf)} has no tangent space`,
      );
    if (!isNdArray(leaf)) {
      if (typeof part !== "number") throw new Error(`${where}: got ${kindOf(part)}, expected a number`);
      return;
    }
    if (typeof part === "number") return;
    if (!isNdArray(part) || !broadcastsTo(part.shape, leaf.shape)) {
      const cure = isNdArray(part) ? `; ${shapeCure(leaf, part)}` : "";
      throw new Error(`${where}: got ${kindOf(part)}, expected an array of shape ${formatShape(leaf.shape)}, its result's own${cure}`);
    }
  });
}
