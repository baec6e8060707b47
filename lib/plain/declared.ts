import { type Form, isStill, settle } from "./still.js";

/** Whether nothing moves in what is declared as a list of numbers, or of lists of them: the plain case is told quickly. */
export function isStillList(x: unknown): boolean {
  return isPlainList(x, 0) || isStill(x);
}

/** No list is deeper, or it holds itself. */
const deepest = 4;

/** Whether x is a list of numbers, and no list of another class: asking for the constructor is quicker than `instanceof`. */
function isPlainList(x: unknown, depth: number): boolean {
  if (!Array.isArray(x) || x.constructor !== Array) return false;
  for (let k = 0; k < x.length; k++) {
    const part: unknown = x[k];
    if (typeof part !== "number" && (depth === deepest || !isPlainList(part, depth + 1))) return false;
  }
  return true;
}

/** A value whose parts that are declared still are made plain. */
export function settled<T>(x: T, form: Form): T {
  settle(x, form);
  return x;
}
