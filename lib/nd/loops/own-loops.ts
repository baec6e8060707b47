import type { FloatData } from "../float-array.js";
import { canCompile, compile } from "./compiled.js";

type Loop = (...args: never[]) => unknown;

/** Loops over floats, each with arguments for which it does nothing. They must not refer to anything outside themselves. */
type Loops = Readonly<Record<string, Loop>>;
type IdleArguments<L extends Loops> = { readonly [Name in keyof L]: Parameters<L[Name]> };

/** The same function compiled anew; itself where that is forbidden, or where a tool has written something into it that is not to be had there. */
function ownCopy(name: string, loop: Loop, idle: readonly unknown[]): Loop {
  if (!canCompile()) return loop;
  try {
    const copy = compile(name, {}, `return ${loop};`) as Loop;
    (copy as (...args: readonly unknown[]) => unknown)(...idle);
    return copy;
  } catch {
    return loop;
  }
}

/**
 * Loops that are written once and run on doubles as if they were written for doubles, and on singles likewise: V8 keeps what it learns of a
 * function with its text, and a loop that has met both kinds asks at each entry which one it is (dot products take half as long again).
 * @returns which loops to take for arrays of these kinds; those as written where they differ
 */
export function ownLoops<L extends Loops>(loops: L, idle: IdleArguments<L>): (first: FloatData, second: FloatData) => L {
  const copies = (): L =>
    Object.fromEntries(Object.entries(loops).map(([name, loop]) => [name, ownCopy(name, loop, idle[name] as readonly unknown[])])) as L;
  let doubles: L | undefined;
  let singles: L | undefined;
  return (first, second) => {
    const double = first instanceof Float64Array;
    if (second instanceof Float64Array !== double) return loops;
    if (double) {
      doubles ??= copies();
      return doubles;
    }
    singles ??= copies();
    return singles;
  };
}
