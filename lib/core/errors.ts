import { branded, isForeign } from "../nd/index.js";

/** No rule was found where one is needed. */
export class MissingRuleError extends TypeError {
  override readonly name = "MissingRuleError";
}

/** A tangent or cotangent breaks the protocol: wrong count, shape or kind, or one that was declared not implemented. */
export class TangentError extends TypeError {
  override readonly name = "TangentError";
}

/** Raw data of a traced array was read, or a traced number was used where JavaScript takes only plain ones. */
export class NotTraceableError extends TypeError {
  override readonly name = "NotTraceableError";
}

/** "a number", "an array of shape [3]", "a string", "NoTangent", …: what came, for messages. */
export function describe(x: unknown): string {
  if (typeof x === "number") return "a number";
  if (x === null || x === undefined || typeof x === "boolean") return String(x);
  if (isForeign(x)) return branded(x) as string;
  if (typeof x === "function") return `the function ${x.name || "(anonymous)"}`;
  if (typeof x !== "object") return `a ${typeof x}`;
  if (Array.isArray(x)) return `a list of length ${x.length}`;
  const { shape } = x as { shape?: unknown };
  if (Array.isArray(shape)) return `an array of shape [${shape.join(", ")}]`;
  const mark = branded(x);
  if (mark !== undefined) return mark;
  const name = Object.getPrototypeOf(x)?.constructor?.name as string | undefined;
  if (name === "") return typeof (x as { next?: unknown }).next === "function" ? "an iterator" : "an object of a nameless class";
  return name === undefined || name === "Object" ? "a record" : `a ${name}`;
}

/**
 * Refuses what is no function. The message is put together only then.
 * @param what the argument that it came in
 * @param cure what to give in its place
 * @throws {TypeError} when f is no function
 */
export function expectFunction(who: string, what: string, f: unknown, cure: string): asserts f is (...args: never[]) => unknown {
  if (typeof f !== "function") throw new TypeError(`${who}: ${what} is ${describe(f)}; give ${cure}`);
}
