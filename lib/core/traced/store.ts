import {
  type ArrayView,
  brand,
  type FloatDType,
  fillsStore,
  floatDType,
  forEachPosition,
  type GenericStore,
  rowMajor,
  rowMajorStride,
  scalarViewPrototype,
  sizeOf,
  tracedArray,
  viewOn,
  viewOnStore,
} from "../../nd/index.js";
import { describe, NotTraceableError } from "../errors.js";
import { type AnyArray, type Entries, type Level, noJson, type Scalar, TracedMemory, TracedScalar, uncloneable } from "../level.js";
import { BoxedEntries, NumberEntries } from "./entries.js";
import { outside, outsideView } from "./outside.js";

/** Flat memory that a store stands on: plain floats, or the store of an outer level. */
export type Memory = Float64Array | Float32Array | DifferentiableStore;

/**
 * What a traced array keeps its entries in. ndarray's views read and write it through `get` and `set`, so every view of a traced array is
 * an ordinary ndarray.
 *
 * Entries that the program wrote are kept as they were given, in `elements`: a value is never stale, and it may be of any level.
 */
export abstract class DifferentiableStore extends TracedMemory implements GenericStore<Scalar> {
  readonly copied: object = uncloneable;
  readonly length: number;
  readonly dtype: FloatDType;
  /** The entries, once the program has written one. */
  elements: Entries | undefined = undefined;
  /** The highest level among values that were ever written. */
  highest: Level | undefined = undefined;

  /** The sum of its entries, where it came with them; of entries that were not written by the program. */
  sum: number | undefined = undefined;

  constructor(length: number, dtype: FloatDType) {
    super();
    this.length = length;
    this.dtype = dtype;
    closeOtherWays();
  }

  /** The level of entries that were not written by the program. */
  abstract readonly level: Level | undefined;
  /** Why the store may not be written to; empty when it may. */
  abstract readonly readOnly: string;
  /** The memory below this level, when no entry was written; for who reads it at once and keeps nothing of it. */
  abstract readonly raw: Memory;
  /** Whether its memory was handed out, and may be referred to for as long as one likes. */
  lent = false;

  /** The memory below this level, when no entry was written. */
  get primal(): Memory {
    this.lent = true;
    return this.raw;
  }

  abstract get(index: number): Scalar;

  /** A store of the same entries, which are not copied; what is written to either does not reach the other. */
  abstract alias(): DifferentiableStore;

  /** Throws the error for indices that leave the axes of a view of this store. */
  refuse(who: "get" | "set", shape: readonly number[], count: number, indices: readonly unknown[]): never {
    throw outsideView(who, shape, count, indices);
  }

  /** The entries as written ones, for the first write. */
  protected own(): Entries {
    let entries: Entries = new NumberEntries(new Float64Array(this.length));
    for (let i = 0; i < this.length; i++) entries = entries.put(i, this.get(i));
    return entries;
  }

  toJSON(): never {
    return noJson.call(this);
  }

  [Symbol.iterator](): never {
    throw rawRead("x.data");
  }

  /** The highest level among the entries of a view that the program has written: one that some of them once had will do, unless it has ended. */
  levelAmong(view: AnyArray): Level | undefined {
    return this.highest?.ended ? highestOf(elementsOf(view)) : this.highest;
  }

  set(index: number, value: Scalar): void {
    if (this.readOnly !== "") throw new TypeError(this.readOnly);
    if (index >>> 0 !== index || index >= this.length) throw outside(index, this.length);
    if (typeof value !== "number") {
      if (!(value instanceof TracedScalar))
        throw new TypeError(`set: got ${describe(value)}, a number or a traced number is needed as the last argument`);
      const { highest } = this;
      if (highest !== value.level && (highest === undefined || value.level.id > highest.id)) this.highest = value.level;
    }
    if (this.elements === undefined) {
      this.elements = this.own();
      if (this.highest === undefined || (this.level !== undefined && this.level.id > this.highest.id)) this.highest = this.level;
    }
    this.elements = this.elements.put(index, value);
  }
}

/** The error for whoever looks for numbers where a traced array has none. */
export function noMemory(what: string, cure: string): NotTraceableError {
  return new NotTraceableError(`${what}, but a traced array keeps no plain numbers there; ${cure}`);
}

function rawRead(what: string): NotTraceableError {
  return noMemory(`${what} was read or used`, "use x.get(i, …), or primal(x) where no derivative is wanted");
}

/** A writable array of scalars of any level: what `similar` and `copy` make while tracing. */
export class ElementStore extends DifferentiableStore {
  override elements: Entries;
  override readonly level = undefined;
  override readonly readOnly = "";

  /** @param highest the highest level among the entries */
  constructor(elements: Entries, length: number, dtype: FloatDType, highest: Level | undefined) {
    super(length, dtype);
    this.elements = elements;
    this.highest = highest;
  }

  override get raw(): never {
    throw new Error("an element store has no memory of one level");
  }

  override get(index: number): Scalar {
    const element = this.elements.at(index);
    if (element === undefined) throw outside(index, this.length);
    return element;
  }

  override alias(): never {
    throw new Error("what is written in place has no alias");
  }
}

/** Whether memory is a store. */
function isStore(memory: unknown): memory is DifferentiableStore {
  return memory instanceof TracedMemory;
}

/** The store of a traced array, or undefined for a plain one. */
export function storeOf(x: ArrayView<unknown>): DifferentiableStore | undefined {
  const data = x.data;
  return isStore(data) ? data : undefined;
}

/** The kind of number that results computed from an array have, traced or plain. */
export function floatKindOf(x: ArrayView<unknown>): FloatDType {
  return storeOf(x)?.dtype ?? floatDType(x.dtype);
}

/** A row-major array on a store. */
export function onStore(store: DifferentiableStore, shape: readonly number[]): AnyArray {
  return viewOnStore(store, shape, rowMajorStride(shape), 0);
}

/** A view on flat memory. */
export function onMemory(memory: Memory, shape: readonly number[], stride: readonly number[], offset: number): AnyArray {
  return isStore(memory) ? viewOnStore(memory, shape, stride, offset) : viewOn(memory, shape, stride, offset);
}

/** The entries of a view in row-major order; not to be written to. */
export function elementsOf(x: AnyArray): readonly Scalar[] {
  const store = x.data as GenericStore<Scalar>;
  if (isStore(store) && store.elements instanceof BoxedEntries && fillsStore(x)) return store.elements.list;
  const elements: Scalar[] = [];
  if (x.dtype === "generic") forEachPosition(x, (at) => elements.push(store.get(at)));
  else forEachPosition(x, (at) => elements.push((x.data as number[])[at] as number));
  return elements;
}

/** The highest level among scalars. */
function highestOf(elements: readonly Scalar[]): Level | undefined {
  let highest: Level | undefined;
  for (const element of elements) {
    if (typeof element !== "number" && (highest === undefined || element.level.id > highest.id)) highest = element.level;
  }
  return highest;
}

/** The row-major array that holds these scalars: plain when they are, else of the highest level among them. */
export function fromElements(elements: readonly Scalar[], shape: readonly number[], dtype: FloatDType = "float64"): AnyArray {
  const level = highestOf(elements);
  if (level !== undefined) return level.gather(elements, shape, dtype);
  const numbers = elements as readonly number[];
  return rowMajor(dtype === "float32" ? Float32Array.from(numbers) : Float64Array.from(numbers), shape);
}

/** A writable array of zeros that can hold values of any level. */
export function writable(shape: readonly number[], dtype: FloatDType): AnyArray {
  const size = sizeOf(shape);
  return onStore(new ElementStore(new NumberEntries(new Float64Array(size)), size, dtype, undefined), shape);
}

/** A writable row-major array of these scalars, which it keeps. */
export function holding(elements: Scalar[], shape: readonly number[], dtype: FloatDType): AnyArray {
  return onStore(new ElementStore(new BoxedEntries(elements), elements.length, dtype, highestOf(elements)), shape);
}

let closed = false;

/** Closes the ways to entries that pass by `get`; with the first store, since a program without any need not carry this. */
function closeOtherWays(): void {
  if (closed) return;
  closed = true;
  closeRawReads();
  closeScalarViews();
}

/** Numeric keys, and what typed arrays can do, are looked up on the store itself, then along its prototypes; the last one refuses them. */
function closeRawReads(): void {
  const refusing: ProxyHandler<object> = {
    get(target, key, receiver) {
      if (typeof key === "string" && (/^-?\d+$/.test(key) || (!(key in target) && key in Float64Array.prototype))) {
        throw rawRead(/\d/.test(key) ? `x.data[${key}]` : `x.data.${key}`);
      }
      return Reflect.get(target, key, receiver) as unknown;
    },
    set(_target, key, value, receiver: object) {
      if (typeof key === "string" && /^-?\d+$/.test(key)) throw noMemory(`x.data[${key}] was written`, "use x.set(i, …, value)");
      // A field of the store itself, where a compiler has made an assignment of its declaration.
      return Reflect.defineProperty(receiver, key, { value, writable: true, enumerable: true, configurable: true });
    },
  };
  Object.setPrototypeOf(brand(TracedMemory.prototype, tracedArray), new Proxy(Object.prototype, refusing));
}

/** ndarray's 0-d views answer `valueOf` with their element; a traced one would be an object in an operator without a word. */
function closeScalarViews(): void {
  Object.defineProperty(scalarViewPrototype(), Symbol.toPrimitive, {
    configurable: true,
    value(this: ArrayView<unknown>, hint: string): unknown {
      const element = this.get();
      return element instanceof TracedScalar ? element[Symbol.toPrimitive](hint) : element;
    },
  });
}
