import { isNdArray, type NdArray } from "../../nd/index.js";
import { describe, expectFunction } from "../errors.js";
import { type AnyArray, type AnyFloats, isScalar, type Operand } from "../level.js";
import type { Widened } from "../lifted.js";
import { callable, callableParts } from "../structures/callable.js";
import { checkDepth } from "../structures/depth.js";
import { inFloats, onFloats } from "../structures/floats.js";
import { isRecord, mapWholeRecord, partNames } from "../structures/record.js";
import { hasParts, pathTo } from "../structures/structure.js";
import { zeroLike } from "./project.js";
import { fieldOf, isZero, NoTangent, Tangent, unthunk } from "./tangent.js";

/** The numbers and arrays that a tree holds, widened; any operand where its type says nothing of them. */
export type Leaves<T> = [LeafOf<T>] extends [never] ? Operand : LeafOf<T>;

type LeafOf<T> = T extends Operand
  ? Widened<T>
  : T extends Float64Array | Float32Array
    ? NdArray
    : T extends AnyFloats
      ? AnyArray
      : T extends (...args: never[]) => unknown
        ? never
        : T extends readonly (infer E)[]
          ? LeafOf<E>
          : T extends object
            ? { [K in keyof T]-?: LeafOf<T[K]> }[keyof T]
            : never;

/**
 * The same tree with every number and every array in it replaced by `f(leaf, ...companions)`, its companions standing at the same place in
 * the other trees: a step of gradient descent is `treeMap((p, g) => sub(p, mul(rate, g)), params, gradient)`. Records keep their class,
 * callables their function, float arrays theirs: f gets their entries as an array. What is neither a number nor an array (a string, a flag, a
 * function) stays as it is, and so does a leaf of which a companion is `NoTangent`, as the gradient of integers is. `ZeroTangent` in a
 * companion's place comes as zeros. May be traced.
 * @param f     gets numbers and arrays; what it returns stands in the leaf's place
 * @param tree  numbers, arrays, or nested records, lists and tuples of them
 * @param trees of the same structure; tangents of it too
 * @throws {TypeError} when another tree has other parts, or a part in a leaf's place; names the place
 */
export function treeMap<const T>(
  f: (leaf: Leaves<T>, ...companions: Leaves<T>[]) => Operand,
  tree: T,
  ...trees: readonly unknown[]
): Widened<T> {
  expectFunction("treeMap", "the first argument", f, "(leaf, …) => the new leaf, then the trees");
  return mapped(f as LeafMap, tree, trees, "", 0) as Widened<T>;
}

type LeafMap = (...leaves: unknown[]) => unknown;

const isLeaf = (x: unknown): x is Operand => isScalar(x) || isNdArray(x);

function mapped(f: LeafMap, x: unknown, others: readonly unknown[], path: string, depth: number): unknown {
  if (isLeaf(x)) {
    const values = others.map(unthunk);
    return values.includes(NoTangent) ? x : f(x, ...values.map((value, k) => companion(x, value, k, path)));
  }
  const parts = callableParts(x);
  if (parts !== undefined) {
    const params = others.map((other) => callableParts(other)?.params ?? other);
    return callable(mapped(f, parts.params, params, path, depth + 1), parts.apply);
  }
  const entries = inFloats(x);
  if (entries !== undefined) {
    const inner = others.map((other) => inFloats(unthunk(other)) ?? other);
    return onFloats(mapped(f, entries, inner, path, depth));
  }
  if (!hasParts(x)) return x;
  checkDepth(x, depth);
  const values = others.map(unthunk);
  for (const [k, value] of values.entries()) expectSameParts(x, value, k, path);
  const part = (value: unknown, key: string | number): unknown =>
    mapped(f, value, values.length === 0 ? values : values.map((other) => fieldOf(other, key)), pathTo(path, key), depth + 1);
  return Array.isArray(x) ? x.map((value, k) => part(value, k)) : mapWholeRecord(x, part);
}

function companion(leaf: Operand, value: unknown, k: number, path: string): unknown {
  if (isZero(value)) return zeroLike(leaf);
  if (isLeaf(value)) return value;
  throw misfit(k, path, `${describe(value)}, where the first has ${describe(leaf)}`);
}

/** Whether the parts of another tree are those of x; tangents may leave parts out. */
function expectSameParts(x: object, other: unknown, k: number, path: string): void {
  if (isZero(other)) return;
  const fields = other instanceof Tangent ? other.fields : other;
  if (!(Array.isArray(x) ? Array.isArray(fields) || other instanceof Tangent : isRecord(fields)))
    throw misfit(k, path, `${describe(other)}, where the first has ${describe(x)}`);
  if (Array.isArray(x) && Array.isArray(fields) && fields.length !== x.length)
    throw misfit(k, path, `${describe(other)}, where the first has ${describe(x)}`);
  const names = partNames(x);
  for (const name of partNames(fields as object)) {
    if (!names.includes(name)) throw misfit(k, Array.isArray(x) ? path : pathTo(path, name), "a part that the first does not have");
  }
  if (other instanceof Tangent) return;
  for (const name of names) {
    if (!Object.hasOwn(fields as object, name)) throw misfit(k, pathTo(path, name), "no such part, but the first one has");
  }
}

function misfit(k: number, path: string, came: string): TypeError {
  return new TypeError(`treeMap: at ${path === "" ? "the top" : `tree${path}`}, tree ${k + 2} has ${came}; give trees of one structure`);
}
