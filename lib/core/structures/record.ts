import { branded, isNdArray } from "../../nd/index.js";

/** Whether x is a record: a plain object, or an instance of a class of the user's. */
export function isRecord(x: unknown): x is Record<string, unknown> {
  if (typeof x !== "object" || x === null || Array.isArray(x)) return false;
  const prototype = Object.getPrototypeOf(x) as unknown;
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.prototype.toString.call(x) === "[object Object]" && !isNdArray(x) && branded(x) === undefined;
}

/** The names of a record's parts: its own enumerable fields, but for those that are computed (a getter without a setter). */
export function partNames(x: object): readonly string[] {
  const names = Object.keys(x);
  for (let k = 0; k < names.length; k++) {
    if (isComputed(Object.getOwnPropertyDescriptor(x, names[k] as string) as PropertyDescriptor)) {
      return names.filter((name) => !isComputed(Object.getOwnPropertyDescriptor(x, name) as PropertyDescriptor));
    }
  }
  return names;
}

function isComputed(property: PropertyDescriptor): boolean {
  return property.get !== undefined && property.set === undefined;
}

/** A record of the same class as x whose parts are `part(value, name)`; it has no other fields. */
export function mapRecord(x: object, part: (value: unknown, name: string) => unknown): Record<string, unknown> {
  const result = Object.create(Object.getPrototypeOf(x) as object | null) as Record<string, unknown>;
  for (const name of partNames(x)) putPart(result, name, part((x as Record<string, unknown>)[name], name));
  return result;
}

/** As `mapRecord`, with the fields that are no parts as they are: computed, hidden and symbolic ones. */
export function mapWholeRecord(x: object, part: (value: unknown, name: string) => unknown): Record<string, unknown> {
  const result = Object.create(Object.getPrototypeOf(x) as object | null) as Record<string, unknown>;
  const keys = Reflect.ownKeys(x);
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k] as string | symbol;
    const property = Object.getOwnPropertyDescriptor(x, key) as PropertyDescriptor;
    if (typeof key === "symbol" || !property.enumerable || isComputed(property)) Object.defineProperty(result, key, property);
    else putPart(result, key, part((x as Record<string, unknown>)[key], key));
  }
  return result;
}

/** A name that the class knows may be an accessor there, or __proto__: such a field is defined, not assigned. */
export function putPart(result: Record<string, unknown>, name: string, value: unknown): void {
  if (name in result) Object.defineProperty(result, name, { value, writable: true, enumerable: true, configurable: true });
  else result[name] = value;
}
