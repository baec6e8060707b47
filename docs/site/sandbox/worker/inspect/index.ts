/**
 * Values as text, the way console.log of Node writes them (util.inspect of Node 20, with its defaults): what a program prints in the page is what
 * it prints at the command line. Left out are proxies, boxed primitives, iterators and what only a server has.
 */
import { type Context, contextOf, remaining } from "./context.js";
import { joined } from "./lines.js";
import { constructorOf, ofFunction, prefixOf, tagOf } from "./names.js";
import { ofNumber, ofPrimitive, quoted } from "./primitives.js";

const custom = Symbol.for("nodejs.util.inspect.custom");

/** A value as text. */
export const inspect = (x: unknown, options: { readonly depth?: number | null } = {}): string =>
  ofValue(contextOf(options.depth === null ? Number.POSITIVE_INFINITY : (options.depth ?? 2)), x, 0);

/** What console.log prints: texts as they are, all else as `inspect` shows it; %s, %d, %i, %f, %j, %o, %O, %c and %% in a first text. */
export function format(...values: readonly unknown[]): string {
  const [first] = values;
  let at = 0;
  let text = "";
  if (typeof first === "string") {
    at = 1;
    text =
      values.length === 1
        ? first
        : first.replaceAll(/%([sdifjoOc%])/g, (whole, kind: string) => {
            if (kind === "%") return "%";
            if (at >= values.length) return whole;
            return placed(kind, values[at++]);
          });
  }
  const rest = values.slice(at).map((x) => (typeof x === "string" ? x : inspect(x)));
  return (typeof first === "string" ? [text, ...rest] : rest).join(" ");
}

function placed(kind: string, x: unknown): string {
  switch (kind) {
    case "s":
      if (typeof x === "string") return x;
      if (typeof x === "number") return ofNumber(x);
      if (typeof x === "object" && x !== null) return inspect(x, { depth: 0 });
      return typeof x === "bigint" ? `${x}n` : String(x);
    case "d":
      return typeof x === "object" ? "NaN" : typeof x === "bigint" ? `${x}n` : ofNumber(Number(x));
    case "i":
      return typeof x === "object" ? "NaN" : ofNumber(Number.parseInt(String(x), 10));
    case "f":
      return ofNumber(Number.parseFloat(String(x)));
    case "j":
      return JSON.stringify(x) ?? "undefined";
    case "c":
      return "";
    default:
      return inspect(x, { depth: 4 });
  }
}

function ofValue(context: Context, x: unknown, depth: number): string {
  if (x === null || (typeof x !== "object" && typeof x !== "function")) return ofPrimitive(x, context);
  const own = (x as Record<symbol, unknown>)[custom];
  if (typeof own === "function") {
    const shown = own.call(x, context.depth - depth, { depth: context.depth }, inspect) as unknown;
    if (shown !== x) {
      if (typeof shown === "object" && shown !== null) return ofValue(context, shown, depth);
      return String(shown).replaceAll("\n", `\n${" ".repeat(context.indentation)}`);
    }
  }
  if (context.seen.includes(x)) {
    if (!context.circular.has(x)) context.circular.set(x, context.circular.size + 1);
    return `[Circular *${context.circular.get(x)}]`;
  }
  return ofObject(context, x, depth);
}

/** How an object is shown: what stands before the braces, the braces, and what fills them besides its named properties. */
interface Form {
  readonly base?: string;
  readonly braces: [string, string];
  readonly keys: readonly PropertyKey[];
  readonly list?: boolean;
  readonly entries?: (inner: number) => string[];
  /** What stands for it where nothing fills the braces. */
  readonly empty: string;
}

function ofObject(context: Context, x: object, depth: number): string {
  const made = constructorOf(x);
  const form = formOf(context, x, made, tagOf(x));
  const { base = "", braces, keys, list = false, entries, empty } = form;
  const nothing =
    entries === undefined ||
    (Array.isArray(x) || ArrayBuffer.isView(x) ? (x as ArrayLike<unknown>).length === 0 : (x as Set<unknown>).size === 0);
  if (keys.length === 0 && nothing) return empty;
  if (depth > context.depth) return `[${prefixOf(made, tagOf(x), Array.isArray(x) ? "Array" : "Object").slice(0, -1)}]`;
  const inner = depth + 1;
  context.seen.push(x);
  context.currentDepth = inner;
  const output = entries?.(inner) ?? [];
  for (const key of keys) output.push(ofProperty(context, x, key, inner, false));
  context.seen.pop();
  const index = context.circular.get(x);
  const reference = index === undefined ? "" : `<ref *${index}>`;
  return joined(context, output, [reference, base].filter((part) => part !== "").join(" "), braces, list, inner, x);
}

function formOf(context: Context, x: object, made: string | null, tag: string): Form {
  if (Array.isArray(x)) {
    const open = `${made !== "Array" || tag !== "" ? prefixOf(made, tag, "Array", `(${x.length})`) : ""}[`;
    return { braces: [open, "]"], keys: namedKeys(x), list: true, entries: (inner) => ofList(context, x, inner), empty: `${open}]` };
  }
  if (ArrayBuffer.isView(x) && !(x instanceof DataView)) {
    const values = x as unknown as ArrayLike<number | bigint>;
    const open = `${prefixOf(made, tag, "TypedArray", `(${values.length})`)}[`;
    return { braces: [open, "]"], keys: namedKeys(x), list: true, entries: () => ofTyped(context, values), empty: `${open}]` };
  }
  const keys = keysOf(x);
  if (x instanceof Set) {
    const open = prefixOf(made, tag, "Set", `(${x.size})`);
    const entries = (inner: number) => indented(context, () => [...x].map((value) => ofValue(context, value, inner)));
    return { braces: [`${open}{`, "}"], keys, entries, empty: `${open}{}` };
  }
  if (x instanceof Map) {
    const open = prefixOf(made, tag, "Map", `(${x.size})`);
    const entries = (inner: number) =>
      indented(context, () => [...x].map(([key, value]) => `${ofValue(context, key, inner)} => ${ofValue(context, value, inner)}`));
    return { braces: [`${open}{`, "}"], keys, entries, empty: `${open}{}` };
  }
  if (typeof x === "function") return based(ofFunction(x, made, tag), keys);
  if (x instanceof Error)
    return based(
      ofError(x),
      keys.filter((key) => !["name", "message", "stack"].includes(String(key))),
    );
  if (x instanceof RegExp) return based(String(x), keys);
  if (x instanceof Date) return based(Number.isNaN(x.getTime()) ? String(x) : x.toISOString(), keys);
  if (x instanceof Promise) return { braces: [`${prefixOf(made, tag, "Promise")}{`, "}"], keys, empty: "Promise {}" };
  if (made === "Object") {
    const open = tag === "" ? "{" : `${prefixOf(made, tag, "Object")}{`;
    return { braces: [open, "}"], keys, empty: `${open}}` };
  }
  const open = `${prefixOf(made, tag, "Object")}{`;
  return { braces: [open, "}"], keys, empty: `${open}}` };
}

const based = (base: string, keys: readonly PropertyKey[]): Form => ({ base, braces: ["{", "}"], keys, empty: base });

/** An error by its name and message; the places of the library's own code tell a reader nothing. */
const ofError = (error: Error): string => `${error.name}: ${error.message}`;

function indented(context: Context, print: () => string[]): string[] {
  context.indentation += 2;
  const output = print();
  context.indentation -= 2;
  return output;
}

const shown = (x: object, key: PropertyKey): boolean => Object.prototype.propertyIsEnumerable.call(x, key);

const keysOf = (x: object): PropertyKey[] => [...Object.keys(x), ...Object.getOwnPropertySymbols(x).filter((key) => shown(x, key))];

const namedKeys = (x: object): PropertyKey[] => keysOf(x).filter((key) => typeof key === "symbol" || !/^(?:0|[1-9]\d*)$/.test(String(key)));

function ofList(context: Context, x: readonly unknown[], depth: number): string[] {
  const output: string[] = [];
  let k = 0;
  while (k < x.length && output.length < context.maxArrayLength) {
    if (k in x) {
      output.push(ofProperty(context, x, k, depth, true));
      k++;
      continue;
    }
    const from = k;
    while (k < x.length && !(k in x)) k++;
    output.push(`<${k - from} empty item${k - from > 1 ? "s" : ""}>`);
  }
  return k < x.length ? [...output, remaining(x.length - k)] : output;
}

function ofTyped(context: Context, x: ArrayLike<number | bigint>): string[] {
  const count = Math.min(context.maxArrayLength, x.length);
  const output = Array.from({ length: count }, (_, k) => (typeof x[k] === "number" ? ofNumber(x[k]) : `${x[k]}n`));
  return x.length > count ? [...output, remaining(x.length - count)] : output;
}

function ofProperty(context: Context, x: object, key: PropertyKey, depth: number, entry: boolean): string {
  const { value, get, set } = Object.getOwnPropertyDescriptor(x, key) ?? { value: undefined };
  let text = "undefined";
  if (get !== undefined) text = set === undefined ? "[Getter]" : "[Getter/Setter]";
  else if (set !== undefined) text = "[Setter]";
  else if (value !== undefined) {
    context.indentation += 2;
    text = ofValue(context, value, depth);
    context.indentation -= 2;
  }
  if (entry) return text;
  if (typeof key === "symbol") return `[${String(key)}]: ${text}`;
  return `${/^[a-zA-Z_]\w*$/.test(String(key)) ? String(key) : quoted(String(key))}: ${text}`;
}
