import { isNdArray } from "../nd/index.js";
import { callable, callableParts } from "./callable.js";
import { TracedScalar } from "./level.js";
import type { AnyFunction } from "./rule.js";

/** Lists, records and callables: what holds numbers and arrays, as deep as one likes. */
export type Structure = readonly unknown[] | Readonly<Record<string, unknown>>;

/** Marks a pair (or a list of pairs) that is never traced: a half-open range of indices. */
export const rangeBrand: unique symbol = Symbol("cotangent.range");

/** Whether x is a range made by `range` or `createRange`, or a list of such. */
export function isRange(x: object): boolean {
  return (x as { [rangeBrand]?: true })[rangeBrand] === true;
}

/** Whether x is a record: a plain object, or an instance of a class of the user's. */
export function isRecord(x: unknown): x is Record<string, unknown> {
  if (typeof x !== "object" || x === null || Array.isArray(x)) return false;
  const prototype = Object.getPrototypeOf(x) as unknown;
  if (prototype === Object.prototype || prototype === null) return true;
  if (isNdArray(x) || x instanceof TracedScalar) return false;
  return Object.prototype.toString.call(x) === "[object Object]";
}

type Leaf = (x: unknown, ...others: unknown[]) => unknown;

/**
 * The same structure with every leaf (number, array, string, …) replaced by `leaf(value, ...others)`, where the others are structures of
 * the same form; a leaf among the others stands for all of its parts.
 */
export function mapStructure(leaf: Leaf, x: unknown, ...others: unknown[]): unknown {
  return walk(leaf, (params, apply) => callable(params, apply), x, others);
}

/** As `mapStructure`, for results that are tangents: a callable is stood for by its parameters alone. */
export function mapTangents(leaf: Leaf, x: unknown, ...others: unknown[]): unknown {
  return walk(leaf, (params) => params, x, others);
}

function walk(leaf: Leaf, rebuild: (params: unknown, apply: AnyFunction) => unknown, x: unknown, others: readonly unknown[]): unknown {
  if (typeof x === "number" || x === null || x === undefined) return leaf(x, ...others);
  if (Array.isArray(x)) {
    if (isRange(x)) return leaf(x, ...others);
    return x.map((entry, k) =>
      walk(
        leaf,
        rebuild,
        entry,
        others.map((other) => part(other, k)),
      ),
    );
  }
  const parts = callableParts(x);
  if (parts !== undefined) {
    const params = walk(
      leaf,
      rebuild,
      parts.params,
      others.map((other) => callableParts(other)?.params ?? other),
    );
    return rebuild(params, parts.apply);
  }
  if (isRecord(x)) {
    const result = Object.create(Object.getPrototypeOf(x) as object | null) as Record<string, unknown>;
    for (const key of Object.keys(x))
      result[key] = walk(
        leaf,
        rebuild,
        x[key],
        others.map((other) => part(other, key)),
      );
    return result;
  }
  return leaf(x, ...others);
}

/** A named or numbered part of a structure; a leaf stands for all of its parts (ZeroTangent does for a whole record). */
function part(structure: unknown, key: string | number): unknown {
  if (Array.isArray(structure)) return structure[key as number];
  if (isRecord(structure)) return structure[key];
  return structure;
}

/** Whether x has parts. */
export function isStructure(x: unknown): boolean {
  if (Array.isArray(x)) return !isRange(x);
  return callableParts(x) !== undefined || isRecord(x);
}
