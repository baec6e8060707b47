import { type ArrayView, branded, type FloatDType, isNdArray, marked, tracedNumber } from "../nd/index.js";
import type { EntryCall } from "./entry-function.js";
import { NotTraceableError } from "./errors.js";
import type { Differentiator, Rule } from "./rule.js";

/** A number, or a number that an engine is tracing. */
export type Scalar = number | TracedScalar;

/** Any array that differentiable functions take: plain, or traced. */
export type AnyArray = ArrayView<Scalar>;

/** What elementwise functions take. */
export type Operand = Scalar | AnyArray;

/**
 * A Float64Array or Float32Array as functions that differentiate see it: plain, or one whose entries move. It is read as any float array;
 * methods that give a float array give one of the same class.
 */
export interface AnyFloats<C extends Float64Array | Float32Array = Float64Array | Float32Array> {
  readonly [Symbol.toStringTag]: C[typeof Symbol.toStringTag];
  readonly [index: number]: Scalar;
  readonly length: number;
  [Symbol.iterator](): IterableIterator<Scalar>;
  at(index: number): Scalar | undefined;
  every(test: (entry: Scalar, index: number) => unknown): boolean;
  filter(test: (entry: Scalar, index: number) => unknown): AnyFloats<C>;
  forEach(each: (entry: Scalar, index: number) => void): void;
  map(f: (entry: Scalar, index: number) => Scalar): AnyFloats<C>;
  reduce<T>(f: (total: T, entry: Scalar, index: number) => T, start: T): T;
  slice(start?: number, end?: number): AnyFloats<C>;
  some(test: (entry: Scalar, index: number) => unknown): boolean;
}

/** The entries of an array that the program writes. What is put in comes out again: a value is never stale, and it may be of any level. */
export interface Entries {
  /** The entry at a position; undefined outside. */
  at(index: number): Scalar | undefined;
  /** Replaces an entry; the entries from now on, which are others when these cannot hold the value. */
  put(index: number, value: Scalar): Entries;
  /** A view of these entries as an array of that level which later writes do not reach; undefined where they must be gathered one by one. */
  pinned(level: Level, view: AnyArray, dtype: FloatDType): AnyArray | undefined;
}

let levels = 0;

/** What JSON.stringify asks of a traced number, and of the store of a traced array: neither has a text. */
export function noJson(this: unknown): never {
  throw new NotTraceableError(
    `JSON.stringify: got ${branded(this)}, which stands for a derivative that is being computed and has no text; give it primal(x)`,
  );
}

/**
 * Stands first among the fields of the pair of engines, which each level holds, and of a store. structuredClone and postMessage know no method that they would ask; they read
 * the fields of what they copy, and what these hold, one after the other.
 */
export const uncloneable: object = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.defineProperty({}, "traced", {
    enumerable: true,
    get(): never {
      throw new NotTraceableError(
        "structuredClone, postMessage: got a traced number or array, which stands for a derivative that is being computed and cannot be copied; " +
          "give it primal(x)",
      );
    },
  }),
);

/**
 * One differentiation call. Its id is never used again, so an inner call always has the higher one; a primitive unwraps the highest level
 * among its arguments and applies its rule to what is left, which outer levels may be tracing.
 */
export abstract class Level {
  readonly id: number = ++levels;
  /** Whether the call is over: its values may no longer be used. */
  ended = false;
  /** Whether every rule is checked as it runs: no fast lane is taken then. */
  readonly checked: boolean = false;
  /** What rules of higher-order functions differentiate with; absent when an engine is used alone. */
  readonly ad: Differentiator | undefined;

  constructor(ad: Differentiator | undefined) {
    this.ad = ad;
  }

  /** y = f(x), ∂f/∂x = px, all plain numbers: the fast lane. x is of this level. */
  abstract unary(y: number, x: TracedNumber, px: number): TracedScalar;
  /** y = f(a, b) with both of this level and all else plain numbers. */
  abstract binary(y: number, a: TracedNumber, pa: number, b: TracedNumber, pb: number): TracedScalar;
  /** y = weight · Σ x, x a view of this level; y is below it. */
  abstract total(y: Scalar, x: AnyArray, weight: number): TracedScalar;
  /** sum + p · t, a strong product; one of them is of this level and none of a higher one. Undefined where the level has no short way. */
  multiplyAdd(_sum: Scalar, _p: Scalar, _t: Scalar): Scalar | undefined {
    return undefined;
  }
  /** Applies a rule to arguments of which at least one is of this level and none of a higher one. */
  abstract apply(rule: Rule, args: readonly unknown[]): unknown;
  /**
   * Applies an elementwise rule by its loops; all operands lie in plain memory below this level.
   * @param moving bit k is set where operand k is of this level
   * @param args   of which `call` was made
   */
  applyEntries(rule: Rule, _call: EntryCall, _moving: number, args: readonly unknown[]): unknown {
    return this.apply(rule, args);
  }
  /** Entries that keep values of this level without an object for each, beginning with these numbers; undefined where it has none. */
  entries(_numbers: Float64Array): Entries | undefined {
    return undefined;
  }
  /** The speed of a number of this level, where both are plain numbers; a level that gives none can not be carried on a tape. */
  speedOf(_x: TracedScalar): number | undefined {
    return undefined;
  }
  /** A number that moves at that speed; of a level that gives speeds. */
  withSpeed(_value: number, _speed: number): TracedScalar {
    return nothing();
  }
  /** The array of numbers that move at these speeds, which it keeps; of a level that gives speeds. */
  withSpeeds(_values: Float64Array, _speeds: Float64Array, _dtype: FloatDType): AnyArray {
    return nothing();
  }
  /** The row-major array that holds these scalars, none of a higher level. */
  abstract gather(elements: readonly Scalar[], shape: readonly number[], dtype: FloatDType): AnyArray;
}

/** A level without numbers and arrays of its own. */
export abstract class BareLevel extends Level {
  override unary(): never {
    return nothing();
  }
  override binary(): never {
    return nothing();
  }
  override total(): never {
    return nothing();
  }
  override gather(): never {
    return nothing();
  }
}

function nothing(): never {
  throw new NotTraceableError("this level has no numbers and arrays of that kind");
}

const MarkedNumber: new () => object = /* @__PURE__ */ marked(tracedNumber);

/** A number that an engine is tracing. Opaque: differentiable functions take it, `primal` gives its plain number. */
export abstract class TracedScalar extends MarkedNumber {
  abstract readonly level: Level;
  abstract readonly primal: Scalar;

  toJSON(): never {
    return noJson.call(this);
  }

  /** JavaScript's own operators would lose the derivative; they throw instead. */
  [Symbol.toPrimitive](hint: string): never {
    if (hint === "string") {
      throw new NotTraceableError(
        "a traced number cannot be written into a string: its derivative would be lost; use primal(x) for its plain number",
      );
    }
    throw new NotTraceableError(
      "a traced number cannot be used in a JavaScript operator or stored in a plain array: its derivative would be lost; " +
        "mark the function with differentiable(…), or write add(a, b), mul(a, b), less(a, b), … instead of a + b, a * b, a < b; " +
        "primal(x) gives the plain number for branching; similar(x), or similar(x, shape, { holds: [a] }), makes an array that can hold it",
    );
  }
}

/** A plain constructor whose objects count as those of a class of traced numbers, which itself does not run. */
export function inheriting<C extends { readonly prototype: object }>({ prototype }: { readonly prototype: object }, made: C): C {
  Object.setPrototypeOf(made.prototype, prototype);
  return made;
}

/**
 * What the entries of a traced array lie in; it tells such an array apart. All that it does stands in `DifferentiableStore`. Classes that
 * derive from it define their fields and do not `declare` them: the prototypes end in a Proxy, which the first assignment to a field that
 * is not there would ask, and a whole operation on a small array then takes three times as long.
 */
export abstract class TracedMemory {}

/**
 * A traced number below which all is plain, numbers that stand for its derivative too: what lanes for numbers look for. They read one field
 * of one kind then, whatever else the program has used: with one class for all, an operation with one operand took 9 ns after nested calls
 * where it takes 5.
 */
export abstract class TracedNumber extends TracedScalar {
  abstract override readonly primal: number;
}

/**
 * The number in a traced number of a checked call. Fast lanes look for a plain one there; finding none they leave it to the general way,
 * where rules are checked.
 */
export class KeptNumber {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** What a traced number is without its level. */
export function below(x: TracedScalar): Scalar {
  const kept = x.primal as unknown;
  return kept instanceof KeptNumber ? kept.value : x.primal;
}

/** The error for a value that outlived its level. */
export function endedError(): NotTraceableError {
  return new NotTraceableError(
    "a traced value was used after its differentiation call had ended; return it from the function that is differentiated, or keep primal(x)",
  );
}

/** The error for a rule whose result is traced by the very call that applies it. */
export function closureError(rule: Rule): NotTraceableError {
  return new NotTraceableError(
    `${rule.name}: its rule, or a function it was handed, closes over a traced value of the call that is running; pass that value as an argument`,
  );
}

/** Whether x is a number, plain or traced. */
export function isScalar(x: unknown): x is Scalar {
  return typeof x === "number" || x instanceof TracedScalar;
}

/** Whether x is a number or an array, plain or traced. */
export function isOperand(x: unknown): x is Operand {
  return isScalar(x) || isNdArray(x);
}
