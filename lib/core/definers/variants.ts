import type { Entrywise } from "../calls/entrywise.js";
import type { EntryLoops } from "../entry-function.js";
import { EntryVariant } from "./entry-variant.js";

/** How many choices of strings and flags have loops of their own; more go the general way. */
const LARGEST = 16;

/** The loops of an elementwise function for that many operands; undefined where there are none for such options. */
export function variantFor(of: Entrywise, count: number, options: unknown): EntryLoops | undefined {
  if (options === undefined) {
    of.plain = variant(of, count, {}, [], undefined);
    return of.plain;
  }
  if (typeof options !== "object" || options === null || Object.getPrototypeOf(options) !== Object.prototype) return undefined;
  const fields: string[] = [];
  const fixed: Record<string, unknown> = {};
  for (const name of Object.keys(options)) {
    const value = (options as Record<string, unknown>)[name];
    if (typeof value === "number") fields.push(name);
    else if (typeof value === "object" || typeof value === "function") return undefined;
    else fixed[name] = value;
  }
  return variant(of, count, fixed, fields.sort(), options);
}

function variant(
  of: Entrywise,
  count: number,
  fixed: Readonly<Record<string, unknown>>,
  fields: readonly string[],
  options: unknown,
): EntryLoops | undefined {
  const kind = Object.entries(fixed).map(([name, value]) => `${name}:${typeof value}:${String(value)}`);
  const key = [count, options === undefined ? "" : "{}", ...kind.sort(), ...fields].join("|");
  let known = of.variants.get(key);
  if (known === undefined && of.variants.size < LARGEST && of.takes(count, options !== undefined)) {
    known = new EntryVariant(of, count, fixed, fields, options !== undefined);
    of.variants.set(key, known);
  }
  return known;
}
