import { type AnyArray, isTracedFloats, type Scalar, TracedScalar } from "../core/index.js";
import { putEntry } from "./float-list.js";
import { isArrayView } from "./still.js";

type Entries = Record<string | number, unknown>;

/** `x[i]` of a list, a float array or a record. */
export function at(x: unknown, i: string | number): unknown {
  if (isTracedFloats(x)) return (i as number) >>> 0 === i && i < x.length ? x.view.get(i) : (x as unknown as Entries)[i];
  if (isVector(x)) return (i as number) >>> 0 === i && i < (x.shape[0] as number) ? x.get(i) : (x as unknown as Entries)[i];
  return (x as Entries)[i];
}

/** `x[i] = value` */
export function put<T>(x: unknown, i: string | number, value: T, where: string): T {
  if (isTracedFloats(x) && typeof i === "number") putEntry(x, i, value as Scalar, where);
  else if (isVector(x) && typeof i === "number") x.set(i, value as Scalar);
  else {
    if (value instanceof TracedScalar && ArrayBuffer.isView(x))
      throw new TypeError(
        `${where}: a number that moves is written into a float array from outside, which cannot hold it; make the array inside of the marked function, or write primal(x)`,
      );
    (x as Entries)[i] = value;
  }
  return value;
}

/** An array of one axis that an engine hands in. */
const isVector = (x: unknown): x is AnyArray =>
  typeof x === "object" && x !== null && !Array.isArray(x) && !ArrayBuffer.isView(x) && isArrayView(x) && x.dimension === 1;

/** An entry as something that is assigned to, `[x[i], x[j]] = …` */
export const entry = (x: unknown, i: string | number, where: string): { value: unknown } => ({
  get value() {
    return at(x, i);
  },
  set value(value: unknown) {
    put(x, i, value, where);
  },
});

/** An index, a key. */
export function index<T>(i: T, where: string): T {
  if (!(i instanceof TracedScalar)) return i;
  throw new TypeError(
    `${where}: an index moves, and indices are plain; declare it as int (const k: int = Math.floor(x)), or write primal(i)`,
  );
}
