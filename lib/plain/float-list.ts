import { fround } from "../../rules/index.js";
import {
  type DifferentiableStore,
  elementsOf,
  isTracedFloats,
  onFloats,
  type Scalar,
  storeOf,
  type TracedFloats,
  TracedScalar,
  useFloats,
  writable,
} from "../core/index.js";

/** The two kinds of float arrays. */
export type FloatKind = "float64" | "float32";

/** The kind of a float array. */
export const kindOf = (floats: TracedFloats): FloatKind => storeIn(floats).dtype;

/** The numbers in a float array; not to be written to. */
export const entriesOf = ({ view }: TracedFloats): readonly Scalar[] => elementsOf(view);

const storeIn = ({ view }: TracedFloats): DifferentiableStore => storeOf(view) as DifferentiableStore;

/** A float array of its own that holds these numbers, which may move, and can hold others. Single precision rounds as it does plain. */
export function holding(values: ArrayLike<Scalar>, kind: FloatKind): TracedFloats {
  const floats = empty(values.length, kind);
  const store = storeIn(floats);
  for (let k = 0; k < values.length; k++) {
    const value = rounded(values[k] as Scalar, kind);
    if (!Object.is(value, 0)) store.set(k, value);
  }
  return floats;
}

function empty(length: number, kind: FloatKind): TracedFloats {
  useFloats();
  return onFloats(writable([length], kind)) as TracedFloats;
}

/** Writes an entry; outside of the array nothing happens, as in a plain one. */
export function putEntry(floats: TracedFloats, index: number, value: Scalar, where: string): void {
  if (index >>> 0 !== index || index >= floats.length) return;
  const store = storeIn(floats);
  if (store.readOnly !== "")
    throw new TypeError(
      `${where}: an entry of a float array is written that is an input of the function that is differentiated, and read-only inside it; write into x.slice()`,
    );
  floats.view.set(index, rounded(value, store.dtype));
}

/** A number as an entry of a float array: NaN for what is none. */
function rounded(value: Scalar, kind: FloatKind): Scalar {
  const number = value instanceof TracedScalar ? value : Number(value);
  return kind === "float64" ? number : typeof number === "number" ? Math.fround(number) : fround(number);
}

const make =
  (kind: FloatKind) =>
  (source?: unknown): TracedFloats => {
    if (source === undefined) return holding([], kind);
    if (typeof source === "number") {
      if (source >>> 0 !== source)
        throw new RangeError(`new ${kind === "float64" ? "Float64Array" : "Float32Array"}: ${source} is no length`);
      return empty(source, kind);
    }
    if (source instanceof TracedScalar)
      throw new TypeError("new Float64Array: the length moves; lengths are plain: declare it as int, or write primal(n)");
    return holding(listOf(source), kind);
  };

/** What can be gone through as a list. */
function listOf(source: unknown): ArrayLike<Scalar> {
  if (isTracedFloats(source)) return entriesOf(source);
  if (Array.isArray(source) || ArrayBuffer.isView(source)) return source as unknown as ArrayLike<Scalar>;
  return Array.from(source as ArrayLike<Scalar>);
}

type From = (source: Iterable<unknown> | ArrayLike<unknown>, f?: (value: unknown, index: number) => Scalar) => TracedFloats;

const from =
  (kind: FloatKind): From =>
  (source, f) => {
    const values = listOf(source);
    return holding(f === undefined ? values : Array.from(values, f), kind);
  };

/** `new Float64Array(…)` */
export const float64: (source?: unknown) => TracedFloats = /* @__PURE__ */ make("float64");
/** `new Float32Array(…)` */
export const float32: (source?: unknown) => TracedFloats = /* @__PURE__ */ make("float32");
/** `Float64Array.from(…)` */
export const float64From: From = /* @__PURE__ */ from("float64");
/** `Float32Array.from(…)` */
export const float32From: From = /* @__PURE__ */ from("float32");
/** `Float64Array.of(…)` */
export const float64Of = (...values: Scalar[]): TracedFloats => holding(values, "float64");
/** `Float32Array.of(…)` */
export const float32Of = (...values: Scalar[]): TracedFloats => holding(values, "float32");
/** `Array.from(…)` */
export const arrayFrom = (source: Iterable<unknown> | ArrayLike<unknown>, f?: (value: unknown, index: number) => unknown): unknown[] => {
  const list = isTracedFloats(source) ? entriesOf(source) : source;
  return f === undefined ? Array.from(list) : Array.from(list, f);
};
