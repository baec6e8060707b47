import { branded } from "./brand.js";

/** What came, for messages: short values as they are, all else by its kind. */
export function shown(x: unknown): string {
  if (x === null || x === undefined || typeof x === "number") return String(x);
  if (typeof x === "string") return `the string ${JSON.stringify(x)}`;
  if (Array.isArray(x)) return `a list of length ${x.length}`;
  if (typeof x === "object") return branded(x) ?? "an object";
  if (typeof x === "function") return branded(x) ?? "a function";
  return `the ${typeof x} ${String(x)}`;
}
