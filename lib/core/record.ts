import { isNdArray } from "../nd/index.js";
import { TracedScalar } from "./level.js";

/** Whether x is a record: a plain object, or an instance of a class of the user's. */
export function isRecord(x: unknown): x is Record<string, unknown> {
  if (typeof x !== "object" || x === null || Array.isArray(x)) return false;
  const prototype = Object.getPrototypeOf(x) as unknown;
  if (prototype === Object.prototype || prototype === null) return true;
  if (isNdArray(x) || x instanceof TracedScalar) return false;
  return Object.prototype.toString.call(x) === "[object Object]";
}

/** The names of a record's parts: its own enumerable fields, but for those that are computed (a getter without a setter). */
export function partNames(x: object): readonly string[] {
  const names = Object.keys(x);
  return names.some((name) => isComputed(x, name)) ? names.filter((name) => !isComputed(x, name)) : names;
}

function isComputed(x: object, name: string): boolean {
  const property = Object.getOwnPropertyDescriptor(x, name);
  return property?.get !== undefined && property.set === undefined;
}

/** A record of the same class as x whose parts are `part(value, name)`; it has no other fields. */
export function mapRecord(x: object, part: (value: unknown, name: string) => unknown): Record<string, unknown> {
  const result = Object.create(Object.getPrototypeOf(x) as object | null) as Record<string, unknown>;
  for (const name of partNames(x)) {
    const value = part((x as Record<string, unknown>)[name], name);
    // A name that the class knows may be an accessor there, or __proto__: such a field is defined, not assigned.
    if (name in result) Object.defineProperty(result, name, { value, writable: true, enumerable: true, configurable: true });
    else result[name] = value;
  }
  return result;
}

/** Gives a record that was mapped from x the fields that are no parts: computed, hidden and symbolic ones, as they are. */
export function carryOver(x: object, result: object): void {
  const keys = Reflect.ownKeys(x);
  if (keys.length === Object.keys(result).length) return;
  for (const key of keys) {
    if (!Object.hasOwn(result, key)) Object.defineProperty(result, key, Object.getOwnPropertyDescriptor(x, key) as PropertyDescriptor);
  }
}
