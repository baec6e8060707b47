import { isTracedFloats, primal, type Scalar, type TracedFloats, TracedScalar } from "../core/index.js";
import { entriesOf, type FloatKind, holding, kindOf, putEntry } from "./float-list.js";
import { areStill, plain } from "./still.js";

type List = unknown[];
type Callback = (...args: unknown[]) => unknown;
type Method = (list: List, args: unknown[]) => unknown;
type Floats = Float64Array | Float32Array | TracedFloats;

const isFloats = (x: unknown): x is Floats => isTracedFloats(x) || x instanceof Float64Array || x instanceof Float32Array;

/** Whether a method is one of lists or float arrays. */
export function isListMethod(object: unknown, name: string | number): object is List {
  if (typeof name !== "string") return false;
  if (isFloats(object)) return name in Float64Array.prototype && typeof Float64Array.prototype[name as "at"] === "function";
  return Array.isArray(object) && !Object.hasOwn(object, name) && (name in methods || name in Array.prototype);
}

/** The same call with a callback whose answer is looked at as a plain value. */
const asking =
  (name: string): Method =>
  (list, [f, ...rest]) => {
    const asked = typeof f === "function" ? (...args: unknown[]) => plain((f as Callback)(...args)) : f;
    return Reflect.apply((Array.prototype as unknown as Record<string, Callback>)[name] as Callback, list, [asked, ...rest]);
  };

/** The same call on primals. */
const onPrimals =
  (name: string): Method =>
  (list, args) =>
    Reflect.apply((Array.prototype as unknown as Record<string, Callback>)[name] as Callback, list.map(plain), args.map(plain));

/** The order of texts, in which lists are sorted; float arrays are by number. */
const byText = (a: unknown, b: unknown): number => {
  const [s, t] = [String(primal(a)), String(primal(b))];
  return s < t ? -1 : s > t ? 1 : 0;
};

/** The order of numbers: −0 before 0, NaN last. */
const byNumber = (a: unknown, b: unknown): number => {
  const [s, t] = [plain(a) as number, plain(b) as number];
  if (s < t || Number.isNaN(t)) return Number.isNaN(s) ? 0 : -1;
  return s > t || Number.isNaN(s) || Object.is(t, -0) ? 1 : Object.is(s, -0) ? -1 : 0;
};

const sorting =
  (inPlace: boolean): Method =>
  (list, [f]) => {
    const order = f === undefined ? byText : (a: unknown, b: unknown) => plain((f as Callback)(a, b)) as number;
    const sorted = Array.from(list).sort(order);
    if (!inPlace) return sorted;
    sorted.forEach((value, k) => {
      list[k] = value;
    });
    return list;
  };

const methods: Readonly<Record<string, Method>> = /* @__PURE__ */ (() => ({
  ...Object.fromEntries(["some", "every", "filter", "find", "findIndex", "findLast", "findLastIndex"].map((name) => [name, asking(name)])),
  ...Object.fromEntries(["includes", "indexOf", "lastIndexOf"].map((name) => [name, onPrimals(name)])),
  join: (list: List, [by]: unknown[]) => list.map((x) => primal(x)).join(by as string | undefined),
  toString: (list: List) => String(list.map((x) => primal(x))),
  sort: sorting(true),
  toSorted: sorting(false),
}))();

/** Methods of float arrays that write into them. */
const writing = new Set(["fill", "set", "copyWithin", "reverse", "sort"]);

/** Methods whose result is a float array of its own. */
const making = new Set(["map", "filter", "slice", "toSorted", "toReversed", "with"]);

/** A method of a list, or of a float array. */
export function listMethod(where: string, object: List | Floats, name: string, args: unknown[]): unknown {
  return isFloats(object) ? floatMethod(where, object, name, args) : native(object, name, args);
}

function native(list: List, name: string, args: unknown[]): unknown {
  const own = Object.hasOwn(methods, name) ? methods[name] : undefined;
  return own === undefined
    ? Reflect.apply((Array.prototype as unknown as Record<string, Callback>)[name] as Callback, list, args)
    : own(list, args);
}

function floatMethod(where: string, floats: Floats, name: string, args: unknown[]): unknown {
  if (name === "subarray")
    throw new TypeError(`${where}: subarray shares memory with a float array whose entries move; use slice, which copies`);
  if (writing.has(name)) return isTracedFloats(floats) ? write(where, floats, name, args) : writePlain(where, floats, name, args);
  const result = onEntries(listOf(floats), name, args);
  if (!making.has(name)) return result;
  const kind: FloatKind = isTracedFloats(floats) ? kindOf(floats) : floats instanceof Float32Array ? "float32" : "float64";
  return holding(result as Scalar[], kind);
}

const listOf = (floats: Floats): List => [...(isTracedFloats(floats) ? entriesOf(floats) : floats)];

/** A method on a list of the entries; a float array is sorted by number. */
function onEntries(list: List, name: string, args: unknown[]): unknown {
  return native(list, name, args[0] === undefined && name.endsWith("orted") ? [byNumber] : args);
}

function write(where: string, floats: TracedFloats, name: string, args: unknown[]): TracedFloats | undefined {
  if (name === "set") {
    setAll(where, floats, args);
    return undefined;
  }
  const list = listOf(floats);
  native(list, name, args[0] === undefined && name === "sort" ? [byNumber] : args);
  list.forEach((value, k) => {
    putEntry(floats, k, value as Scalar, where);
  });
  return floats;
}

function setAll(where: string, floats: TracedFloats, [source, offset = 0]: unknown[]): void {
  const values = isFloats(source) ? listOf(source) : Array.from(source as ArrayLike<Scalar>);
  const start = plain(offset) as number;
  if (offset instanceof TracedScalar || start < 0 || start + values.length > floats.length)
    throw new RangeError(`set: ${values.length} entries from ${start} on leave a float array with ${floats.length} entries`);
  values.forEach((value, k) => {
    putEntry(floats, start + k, value as Scalar, where);
  });
}

/** A plain float array: what is written into it must be plain. */
function writePlain(where: string, list: Float64Array | Float32Array, name: string, args: unknown[]): unknown {
  if (areStill(args.filter((arg) => typeof arg !== "function")))
    return Reflect.apply((list as unknown as Record<string, Callback>)[name] as Callback, list, args);
  throw new TypeError(
    `${where}: ${name} writes a number that moves into a float array from outside, which cannot hold it; make the array inside of the marked function, or write primal(x)`,
  );
}
