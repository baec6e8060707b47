import { primal, type Scalar, TracedScalar } from "../core/index.js";
import { type FloatKind, FloatList } from "./float-list.js";
import { areStill, plain } from "./still.js";

type List = unknown[];
type Callback = (...args: unknown[]) => unknown;
type Method = (list: List, args: unknown[]) => unknown;

/** Whether a method is one of lists or float arrays. */
export function isListMethod(object: unknown, name: string | number): object is List {
  const isList = Array.isArray(object) || object instanceof Float64Array || object instanceof Float32Array;
  return (
    isList &&
    typeof name === "string" &&
    !Object.hasOwn(object, name) &&
    (name in methods || name in Array.prototype || name === "set" || name === "subarray")
  );
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
const byNumber = (a: unknown, b: unknown): number => (plain(a) as number) - (plain(b) as number);

const sorting =
  (inPlace: boolean): Method =>
  (list, [f]) => {
    const order =
      f === undefined
        ? list instanceof FloatList
          ? byNumber
          : byText
        : (a: unknown, b: unknown) => plain((f as Callback)(a, b)) as number;
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

/** Methods whose result is a float array where the list is one. */
const sameKind = new Set(["map", "filter", "slice", "toSorted", "toReversed", "with", "sort", "reverse", "fill", "copyWithin"]);

/** A method of a list, or of a float array. */
export function listMethod(where: string, object: List, name: string, args: unknown[]): unknown {
  if (!Array.isArray(object)) return typedMethod(where, object as unknown as Float64Array | Float32Array, name, args);
  if (object instanceof FloatList) return floatMethod(where, object, name, args);
  return native(object, name, args);
}

function native(list: List, name: string, args: unknown[]): unknown {
  const own = Object.hasOwn(methods, name) ? methods[name] : undefined;
  return own === undefined
    ? Reflect.apply((Array.prototype as unknown as Record<string, Callback>)[name] as Callback, list, args)
    : own(list, args);
}

/** A plain float array: what writes into it must be plain, all else is done on a copy that can hold what moves. */
function typedMethod(where: string, list: Float64Array | Float32Array, name: string, args: unknown[]): unknown {
  if (writing.has(name)) {
    if (areStill(args.filter((arg) => typeof arg !== "function")))
      return Reflect.apply((list as unknown as Record<string, Callback>)[name] as Callback, list, args);
    throw new TypeError(
      `${where}: ${name} writes a number that moves into a float array from outside, which cannot hold it; make the array inside of the marked function, or write primal(x)`,
    );
  }
  return floatMethod(where, FloatList.holding(list, list instanceof Float32Array ? "float32" : "float64"), name, args);
}

function floatMethod(where: string, list: FloatList, name: string, args: unknown[]): unknown {
  if (name === "subarray")
    throw new TypeError(`${where}: subarray shares memory with a float array whose entries move; use slice, which copies`);
  if (name === "set") return setAll(list, args);
  if (name === "fill" && args.length > 0) args = [FloatList.holding([args[0] as Scalar], list.kind)[0], ...args.slice(1)];
  const plainList: List = Array.from(list);
  if (!sameKind.has(name)) return native(list, name, args);
  if (name === "fill" || name === "copyWithin" || name === "reverse" || name === "sort") return native(list, name, args);
  return asKind(native(plainList, name, args) as Scalar[], list.kind);
}

const asKind = (values: Scalar[], kind: FloatKind): FloatList => FloatList.holding(values, kind);

function setAll(list: FloatList, [source, offset = 0]: unknown[]): void {
  const values = Array.from(source as ArrayLike<Scalar>);
  const start = plain(offset) as number;
  if (offset instanceof TracedScalar || start < 0 || start + values.length > list.length)
    throw new RangeError(`set: ${values.length} entries from ${start} on leave a float array with ${list.length} entries`);
  values.forEach((value, k) => {
    list.put(start + k, value);
  });
}
