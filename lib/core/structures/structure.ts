import { isNdArray } from "../../nd/index.js";
import type { AnyFunction } from "../rule.js";
import { callable, callableParts } from "./callable.js";
import { checkDepth } from "./depth.js";
import { inFloats, onFloats } from "./floats.js";
import { isRecord, mapRecord, mapWholeRecord, partNames } from "./record.js";

/** Lists, records and callables: what holds numbers and arrays, as deep as one likes. */
export type Structure = readonly unknown[] | Readonly<Record<string, unknown>>;

/** Marks a pair (or a list of pairs) that is never traced: a half-open range of indices. */
export const rangeBrand: unique symbol = Symbol("cotangent.range");

/** Whether x is a range made by `range` or `createRange`, or a list of such. */
export function isRange(x: object): boolean {
  return (x as { [rangeBrand]?: true })[rangeBrand] === true;
}

/** Whether x is a list or a record, and so has parts of its own; callables have those of their parameters. */
export function hasParts(x: unknown): x is Structure {
  return Array.isArray(x) ? !isRange(x) : isRecord(x);
}

/** The parts of a list or a record, with their numbers or names. */
export function partsOf(x: Structure): (readonly [key: string | number, part: unknown])[] {
  if (Array.isArray(x)) return x.map((part: unknown, k) => [k, part] as const);
  return partNames(x).map((name) => [name, (x as Readonly<Record<string, unknown>>)[name]] as const);
}

/** The same list or record, of the same class, with every part replaced. */
export function mapParts(x: Structure, part: (value: unknown, key: string | number) => unknown): Structure {
  // Not one closure with a name: tools that keep names pay dearly for each.
  return Array.isArray(x) ? x.map((value, k) => part(value, k)) : mapRecord(x, part);
}

/** The name of a part in messages: of x, x[k] or x.key. */
export function pathTo(whole: string, key: string | number): string {
  return typeof key === "number" ? `${whole}[${key}]` : `${whole}.${key}`;
}

type Leaf = (x: unknown, ...others: unknown[]) => unknown;

/**
 * The same structure with every leaf (number, array, string, …) replaced by `leaf(value, ...others)`, where the others are structures of
 * the same form; a leaf among the others stands for all of its parts.
 */
export function mapStructure(leaf: Leaf, x: unknown, ...others: unknown[]): unknown {
  return walk(leaf, values, x, others, 0);
}

/** As `mapStructure`, for results that are tangents: a callable is stood for by its parameters alone, a record by its parts. */
export function mapTangents(leaf: Leaf, x: unknown, ...others: unknown[]): unknown {
  return walk(leaf, tangents, x, others, 0);
}

/** The leaves of a value, in order; a number or an array is its own. */
export function leavesOf(x: unknown): unknown[] {
  const leaves: unknown[] = [];
  mapTangents((leaf) => {
    leaves.push(leaf);
    return leaf;
  }, x);
  return leaves;
}

/** What becomes of callables and records whose parts are walked. */
interface Rebuild {
  readonly callable: (params: unknown, apply: AnyFunction) => unknown;
  readonly record: typeof mapRecord;
}

const values: Rebuild = { callable, record: mapWholeRecord };
const tangents: Rebuild = { callable: (params) => params, record: mapRecord };

function walk(leaf: Leaf, rebuild: Rebuild, x: unknown, others: readonly unknown[], depth: number): unknown {
  if (typeof x === "number" || x === null || x === undefined || isNdArray(x)) return leaf(x, ...others);
  const parts = callableParts(x);
  if (parts !== undefined) {
    const params = others.map((other) => callableParts(other)?.params ?? other);
    return rebuild.callable(walk(leaf, rebuild, parts.params, params, depth + 1), parts.apply);
  }
  if (!hasParts(x)) {
    const entries = inFloats(x);
    return entries === undefined ? leaf(x, ...others) : onFloats(leaf(entries, ...others.map((other) => inFloats(other) ?? other)));
  }
  checkDepth(x, depth);
  // Not one closure with a name: tools that keep names pay dearly for each.
  if (Array.isArray(x)) return x.map((value, k) => walk(leaf, rebuild, value, partsIn(others, k), depth + 1));
  return rebuild.record(x as object, (value, name) => walk(leaf, rebuild, value, partsIn(others, name), depth + 1));
}

function partsIn(structures: readonly unknown[], key: string | number): readonly unknown[] {
  return structures.length === 0 ? structures : structures.map((structure) => part(structure, key));
}

/** A named or numbered part of a structure; a leaf stands for all of its parts (ZeroTangent does for a whole record). */
function part(structure: unknown, key: string | number): unknown {
  if (Array.isArray(structure)) return structure[key as number];
  if (isRecord(structure)) return structure[key];
  return structure;
}

/** Whether x has parts; a float array has one, its entries. */
export function isStructure(x: unknown): boolean {
  return callableParts(x) !== undefined || hasParts(x) || inFloats(x) !== undefined;
}
