import { fround } from "../../rules/index.js";
import { type Scalar, TracedScalar } from "../core/index.js";

/** The two kinds of float arrays. */
export type FloatKind = "float64" | "float32";

/**
 * A Float64Array or Float32Array that may hold numbers which move: what rewritten code makes in place of them. Its length is fixed, and single
 * precision rounds as it does plain. To an engine it is a list.
 */
export class FloatList extends Array<Scalar> {
  declare kind: FloatKind;

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /** A list of these numbers. */
  static holding(values: ArrayLike<Scalar>, kind: FloatKind): FloatList {
    const list = new FloatList(values.length);
    Object.defineProperty(list, "kind", { value: kind });
    for (let k = 0; k < values.length; k++) list[k] = rounded(values[k] as Scalar, kind);
    return list;
  }

  /** Writes an entry; outside of the list nothing happens, as in a float array. */
  put(index: number, value: Scalar): void {
    if (index >>> 0 === index && index < this.length) this[index] = rounded(value, this.kind);
  }
}

/** A number as an entry of a float array: NaN for what is none. */
function rounded(value: Scalar, kind: FloatKind): Scalar {
  const number = value instanceof TracedScalar ? value : Number(value);
  return kind === "float64" ? number : typeof number === "number" ? Math.fround(number) : fround(number);
}

const make =
  (kind: FloatKind) =>
  (source?: unknown): FloatList => {
    if (source === undefined) return FloatList.holding([], kind);
    if (typeof source === "number") {
      if (source >>> 0 !== source)
        throw new RangeError(`new ${kind === "float64" ? "Float64Array" : "Float32Array"}: ${source} is no length`);
      return FloatList.holding(new Float64Array(source), kind);
    }
    if (source instanceof TracedScalar)
      throw new TypeError("new Float64Array: the length moves; lengths are plain: declare it as int, or write primal(n)");
    if (typeof source === "object" && source !== null && Symbol.iterator in source)
      return FloatList.holding([...(source as Iterable<Scalar>)], kind);
    return FloatList.holding(Array.from(source as ArrayLike<Scalar>), kind);
  };

type From = (source: Iterable<unknown> | ArrayLike<unknown>, f?: (value: unknown, index: number) => Scalar) => FloatList;

const from =
  (kind: FloatKind): From =>
  (source, f) =>
    FloatList.holding((f === undefined ? Array.from(source) : Array.from(source, f)) as Scalar[], kind);

/** `new Float64Array(…)` */
export const float64: (source?: unknown) => FloatList = /* @__PURE__ */ make("float64");
/** `new Float32Array(…)` */
export const float32: (source?: unknown) => FloatList = /* @__PURE__ */ make("float32");
/** `Float64Array.from(…)` */
export const float64From: From = /* @__PURE__ */ from("float64");
/** `Float32Array.from(…)` */
export const float32From: From = /* @__PURE__ */ from("float32");
/** `Float64Array.of(…)` */
export const float64Of = (...values: Scalar[]): FloatList => FloatList.holding(values, "float64");
/** `Float32Array.of(…)` */
export const float32Of = (...values: Scalar[]): FloatList => FloatList.holding(values, "float32");
/** `Array.from(…)` */
export const arrayFrom = (source: Iterable<unknown> | ArrayLike<unknown>, f?: (value: unknown, index: number) => unknown): unknown[] =>
  f === undefined ? Array.from(source) : Array.from(source, f);

/** `Array.isArray(x)`: a float array is none. */
export const isArray = (x: unknown): boolean => Array.isArray(x) && !(x instanceof FloatList);

/** `x instanceof C` */
export function isInstance(x: unknown, c: unknown): boolean {
  if (x instanceof FloatList) return c === (x.kind === "float64" ? Float64Array : Float32Array) || c === Object;
  return x instanceof (c as new () => unknown);
}
