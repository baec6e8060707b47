import { brand, tracedFloats } from "../../nd/index.js";
import type { AnyArray, Scalar } from "../level.js";
import { onFloats, provideFloats, type TracedFloats } from "../structures/floats.js";
import { elementsOf, floatKindOf, fromElements, noMemory } from "./store.js";

const lists = Array.prototype as unknown as Readonly<Record<PropertyKey, ((...args: unknown[]) => Scalar[]) | undefined>>;

/** Methods that write into a list, which f may not do. */
const writing = /^(fill|set|sort|rev|copy)/;

/** Methods whose result is a float array of the same class. */
const making = /^(filter|map|slice|toR|toSo|with)/;

/**
 * The class of float arrays whose entries move, in the place of a plain one. Entries and methods are looked up behind its prototype; an
 * entry read so takes 70 to 100 ns longer than `view.get`, which rewritten code calls.
 */
function standingFor(plain: typeof Float64Array | typeof Float32Array): new (view: AnyArray) => TracedFloats {
  const { name, prototype } = plain;
  class Floats {
    readonly view: AnyArray;

    constructor(view: AnyArray) {
      this.view = view;
    }

    get length(): number {
      return this.view.size;
    }

    get [Symbol.toStringTag](): string {
      return name;
    }
  }
  Floats.prototype.constructor = plain;
  const behind = new Proxy(lists, {
    get(_, key, { view }: TracedFloats): unknown {
      const text = String(key);
      if (/^\d+$/.test(text)) return Number(text) < view.size ? view.get(Number(text)) : undefined;
      if (!(key in prototype)) return undefined;
      const method = lists[key];
      if (typeof method !== "function" || writing.test(text))
        throw noMemory(`x.${text} was read or used`, "use x[i], x.slice(), or primal(x)");
      return (...args: unknown[]): unknown => {
        const result = method.apply([...elementsOf(view)], args);
        return making.test(text) ? onFloats(fromElements(result, [result.length], floatKindOf(view))) : result;
      };
    },
    set(_, key, value, floats: object) {
      // Its own field, where a compiler has made an assignment of the declaration.
      if (key === "view") return Reflect.defineProperty(floats, key, { value, writable: true });
      throw noMemory(`x[${String(key)}] was written`, "write into a list, [...x]");
    },
    getPrototypeOf: () => prototype,
  });
  Object.setPrototypeOf(brand(Floats.prototype, tracedFloats), behind);
  return Floats as unknown as new (
    view: AnyArray,
  ) => TracedFloats;
}

/** Has float arrays traced from now on. */
export function useFloats(): void {
  provideFloats(() => ({ float64: standingFor(Float64Array), float32: standingFor(Float32Array) }));
}
