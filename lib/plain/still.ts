import { type AnyArray, isTracedFloats, levelOf, primal, type Scalar, storeOf, TracedScalar } from "../core/index.js";
import { isOpen } from "./marked.js";

export { primal } from "../core/index.js";

/** Whether x is an ndarray view, plain or traced. */
export const isArrayView = (x: object): x is AnyArray =>
  typeof (x as AnyArray).pick === "function" && Array.isArray((x as AnyArray).stride);

/** Structures as deep as this may lead back to themselves: what was seen is not looked at again. */
const deep = 4;

/** Whether nothing in a value moves: the original may run with it. */
export function isStill(x: unknown, depth = 0, seen?: Set<unknown>): boolean {
  if (typeof x !== "object") return typeof x !== "function" || (!isOpen(x as () => unknown) && levelOf(x) === undefined);
  if (x === null) return true;
  if (x instanceof TracedScalar) return false;
  if (Array.isArray(x)) return areStill(x, depth, seen);
  if (ArrayBuffer.isView(x)) return true;
  if (isTracedFloats(x)) return false;
  if (isArrayView(x)) return storeOf(x) === undefined;
  if (Object.prototype.toString.call(x) !== "[object Object]") return !(x instanceof Map) || areStill([...x.values()], depth, seen);
  return seen?.has(x) === true || areStill(Object.values(x), depth, seenWith(x, depth, seen));
}

/** Whether nothing in a list of values moves. */
export function areStill(list: readonly unknown[], depth = 0, seen?: Set<unknown>): boolean {
  for (let k = 0; k < list.length; k++) {
    const x = list[k];
    if (typeof x === "number") continue;
    if (seen?.has(list)) return true;
    if (!isStill(x, depth + 1, seenWith(list, depth, seen))) return false;
  }
  return true;
}

function seenWith(x: unknown, depth: number, seen: Set<unknown> | undefined): Set<unknown> | undefined {
  if (depth < deep) return seen;
  return (seen ?? new Set()).add(x);
}

export const isScalar = (x: unknown): x is Scalar => typeof x === "number" || x instanceof TracedScalar;

/** The plain number of a number that moves; all else as it is. */
export function plain<T>(x: T): T {
  return x instanceof TracedScalar ? (primal(x) as T) : x;
}

/** Which parts of a structure are declared still: 0 for such a part, `[form]` for all of a list, a record for fields. */
export type Form = 0 | readonly [Form] | { readonly [name: string]: Form };

/** Makes plain those parts of a structure that are declared still: an engine traces all numbers that it is given. */
export function settle(x: unknown, form: Form): void {
  if (typeof x !== "object" || x === null || form === 0) return;
  const parts = x as Record<string | number, unknown>;
  if (Array.isArray(form)) {
    const inner = form[0] as Form;
    for (let k = 0; k < (x as unknown[]).length; k++) settlePart(parts, k, inner);
  } else for (const name in form) settlePart(parts, name, (form as Record<string, Form>)[name] as Form);
}

function settlePart(parts: Record<string | number, unknown>, name: string | number, form: Form): void {
  const part = parts[name];
  if (form !== 0) settle(part, form);
  else if (!isStill(part)) parts[name] = primal(part);
}
