/** What a program exports, as plain data. Functions, and what is made of them, are left out. */
import { limits, type Value } from "../outputs.js";

export function valuesOf(exported: Readonly<Record<string, unknown>>): Record<string, Value> {
  let left: number = limits.values;
  const plain = (x: unknown, depth: number): Value => {
    if (--left < 0 || depth > 16) return undefined;
    if (typeof x === "number" || typeof x === "boolean" || x === null) return x;
    if (typeof x === "string") return x.slice(0, 100_000);
    if (typeof x !== "object") return undefined;
    if (ArrayBuffer.isView(x)) return x instanceof DataView ? undefined : row(x as unknown as ArrayLike<number>);
    if (Array.isArray(x)) return x.slice(0, left).map((entry) => plain(entry, depth + 1));
    const view = x as { shape?: readonly number[]; get?: (...indices: number[]) => unknown };
    if (Array.isArray(view.shape) && typeof view.get === "function") return ofArray(x as View);
    const record: Record<string, Value> = {};
    for (const [name, value] of Object.entries(x)) record[name] = plain(value, depth + 1);
    return record;
  };
  const row = (x: ArrayLike<number>): Float64Array | undefined => {
    if (x.length > left) return undefined;
    left -= x.length;
    return Float64Array.from(x, Number);
  };
  const ofArray = (x: View): Value => {
    const size = x.shape.reduce((count, length) => count * length, 1);
    if (size > left) return undefined;
    left -= size;
    const data = new Float64Array(size);
    const at = x.shape.map(() => 0);
    for (let k = 0; k < size; k++) {
      data[k] = Number(x.get(...at));
      for (let axis = at.length - 1; axis >= 0; axis--) {
        at[axis] = (at[axis] as number) + 1;
        if ((at[axis] as number) < (x.shape[axis] as number)) break;
        at[axis] = 0;
      }
    }
    return { shape: [...x.shape], data };
  };
  const values: Record<string, Value> = {};
  for (const [name, x] of Object.entries(exported)) {
    const value = plain(x, 0);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

interface View {
  readonly shape: readonly number[];
  get(...indices: number[]): unknown;
}
