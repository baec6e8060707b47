import { type AnyFunction, isRecord, ruleOf } from "../core/index.js";
import { shown } from "../nd/index.js";
import { checkForms } from "./checked-options.js";

/**
 * Runs a check. Where its last argument reads like options of the check, such as `{ order: 1 }`, and f does not take it, the message says
 * where options go.
 */
export function told<T>(who: string, f: AnyFunction, args: readonly unknown[], check: () => T): T {
  const last = args[args.length - 1];
  if (typeof f !== "function" || !looksLikeOptions(last)) return check();
  const name = f.name || "f";
  const record = inWords(last);
  const cure = `options of the check go to the kit: testKit(${record}).${who}(${name}, …)`;
  if (isIdle(f, args)) throw new TypeError(`${name}: ${record} stands among its arguments, and it does not take that; ${cure}`);
  try {
    return check();
  } catch (cause) {
    throw new Error(`${(cause as Error).message}; should ${record} be no argument of ${name}: ${cure}`, { cause });
  }
}

/** A record of nothing but options of checks, each of its form. */
function looksLikeOptions(x: unknown): x is Record<string, unknown> {
  if (!isRecord(x)) return false;
  const names = Object.keys(x);
  return names.length > 0 && names.every((name) => checkForms[name]?.[1](x[name]) === true);
}

function inWords(options: Record<string, unknown>): string {
  return `{ ${Object.entries(options)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? `[${value.join(", ")}]` : shown(value)}`)
    .join(", ")} }`;
}

/** Whether f refuses the last argument and does without it, or takes no notice of it. */
function isIdle(f: AnyFunction, args: readonly unknown[]): boolean {
  const others = args.slice(0, -1);
  if (resultOf(() => f(...others)) === undefined) return false;
  if (resultOf(() => f(...args)) === undefined) return true;
  const rule = ruleOf(f);
  if (rule?.definer === "scalarRule") return f.length < args.length;
  return !looksAt(rule?.primal ?? f, others, args[args.length - 1] as object);
}

/** Whether a function reads anything of its last argument. */
function looksAt(f: AnyFunction, others: readonly unknown[], last: object): boolean {
  let read = false;
  const noticed =
    <A extends unknown[], R>(way: (...args: A) => R) =>
    (...args: A): R => {
      read = true;
      return way(...args);
    };
  const watched = new Proxy(last, {
    get: noticed(Reflect.get),
    has: noticed(Reflect.has),
    ownKeys: noticed(Reflect.ownKeys),
    getOwnPropertyDescriptor: noticed(Reflect.getOwnPropertyDescriptor),
  });
  return resultOf(() => f(...others, watched)) === undefined || read;
}

function resultOf(compute: () => unknown): { value: unknown } | undefined {
  try {
    return { value: compute() };
  } catch {
    return undefined;
  }
}
