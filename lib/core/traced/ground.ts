import { type ArrayView, expectSound, faultOf, isFloating, isNdArray, isSound, type NdArray, packed } from "../../nd/index.js";
import { type AnyArray, BareLevel, below, isScalar, type Level, type Operand, type Scalar, TracedScalar } from "../level.js";
import type { Plain } from "../lifted.js";
import type { Rule } from "../rule.js";
import { leavesOf, mapStructure } from "../structures/structure.js";
import { highestLevel, levelOf, provideGround } from "./dispatch.js";
import { elementsOf, fromElements, onMemory, storeOf } from "./store.js";

/**
 * The ground below all levels. Arrays of plain numbers that do not lie in typed memory dispatch here and are packed: writable ones whose
 * entries happen to be plain, those on a list, and those on a store of the user's. So do arrays that are none, which are refused.
 */
class Ground extends BareLevel {
  override apply(rule: Rule, args: readonly unknown[]): unknown {
    return rule.plain(...grounded(rule.name, args));
  }
}

let ground: Level | undefined;

/**
 * Has such arrays packed from now on. Whatever works on arrays or makes levels calls it before there is one. A program that declares rules and
 * never differentiates hands arrays to their functions as they are, and need not carry what packs them.
 */
export function useGround(): void {
  if (ground !== undefined) return;
  ground = new Ground(undefined);
  provideGround(ground);
}

/** Refuses arrays in an argument that hold anything but numbers, or do not fit their memory; k is its place, from 0. */
function refuseFaulty(who: string, x: unknown, k: number, refused: (x: ArrayView<unknown>) => boolean): void {
  if (isScalar(x)) return;
  for (const leaf of leavesOf(x)) {
    if (!isNdArray(leaf) || storeOf(leaf) !== undefined || isSound(leaf) || !refused(leaf)) continue;
    const fault = faultOf(`${who}: argument ${k + 1} ${leaf === x ? "" : "holds what "}`.trimEnd(), leaf);
    if (fault !== undefined) throw fault;
  }
}

/**
 * What operators ask of their arguments, which f might hand on without using them.
 * @throws {NotTraceableError} where the highest level among them has ended
 * @throws {TypeError} where an array that can move has entries that are no numbers, or does not fit its memory
 */
export function checkArguments(who: string, values: readonly unknown[]): void {
  if (highestLevel(values) === undefined) return;
  values.forEach((value, k) => {
    refuseFaulty(who, value, k, ({ dtype }) => isFloating(dtype));
  });
}

/**
 * Arguments for a rule that is called by its halves: arrays on lists and stores of the user's are packed, as they are for its engine.
 * @throws {TypeError} where an array holds anything but numbers, or does not fit its memory
 */
export function grounded(who: string, args: readonly unknown[]): readonly unknown[] {
  if (ground === undefined || highestLevel(args) !== ground) return args;
  args.forEach((arg, k) => {
    refuseFaulty(who, arg, k, () => true);
  });
  return args.map(primal);
}

/**
 * The plain value of a traced one, through all levels: a number, an array (a view of the same numbers: do not write to it), or a structure
 * of them. Plain values come back as they are.
 */
export function primal(x: Scalar): number;
export function primal(x: AnyArray): NdArray;
export function primal(x: Operand): number | NdArray;
export function primal<T>(x: T): Plain<T>;
export function primal(x: unknown): unknown {
  if (typeof x === "number") return x;
  if (x instanceof TracedScalar) return primalLeaf(x);
  return levelOf(x) === undefined ? x : mapStructure(primalLeaf, x);
}

function primalLeaf(x: unknown): unknown {
  if (x instanceof TracedScalar) return primalLeaf(below(x));
  if (!isNdArray(x)) return x;
  const store = storeOf(x);
  if (store === undefined) {
    if (x.dtype !== "generic" && x.dtype !== "array") return x;
    expectSound("primal", "x", x);
    return packed(x as NdArray);
  }
  const view = x as AnyArray;
  if (store.elements !== undefined) return fromElements(elementsOf(view).map(primalLeaf) as number[], view.shape, store.dtype);
  return primalLeaf(onMemory(store.primal, view.shape, view.stride, view.offset));
}
