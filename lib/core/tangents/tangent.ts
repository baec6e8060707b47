import { brand, marked, type NdArray } from "../../nd/index.js";
import { describe, expectFunction, TangentError } from "../errors.js";
import { isRecord } from "../structures/record.js";

/** The two tangents that carry no number. */
class SymbolicTangent<K extends string> {
  readonly kind: K;

  constructor(kind: K) {
    this.kind = kind;
  }

  get [Symbol.toStringTag](): string {
    return this.kind;
  }
}

/** May move, does not: the zero of every tangent space. One frozen object, compared by `===`. */
export const ZeroTangent: ZeroTangent = Object.freeze(brand(new SymbolicTangent("ZeroTangent" as const), "ZeroTangent"));
export type ZeroTangent = SymbolicTangent<"ZeroTangent">;

/** Cannot move: an index, a flag, a string has no tangent space. One frozen object, compared by `===`. */
export const NoTangent: NoTangent = Object.freeze(brand(new SymbolicTangent("NoTangent" as const), "NoTangent"));
export type NoTangent = SymbolicTangent<"NoTangent">;

const MarkedTangent: new () => object = /* @__PURE__ */ marked("a Tangent");
const MarkedThunk: new () => object = /* @__PURE__ */ marked("a thunk");
const MarkedGap: new () => object = /* @__PURE__ */ marked("a tangent that is not implemented");

/** A tangent of a record, a tuple, a list or a callable's parameters; an absent field is zero. */
export class Tangent extends MarkedTangent {
  readonly fields: Readonly<Record<string, unknown>>;

  /** @param fields the tangents by field name, or a list of them for tuples and lists */
  constructor(fields: Readonly<Record<string, unknown>> | readonly unknown[]) {
    super();
    if (!Array.isArray(fields) && !isRecord(fields))
      throw new TypeError(`Tangent: the fields are ${describe(fields)}; give a record of tangents, or a list of them`);
    this.fields = Object.freeze({ ...(fields as Record<string, unknown>) });
  }

  get [Symbol.toStringTag](): string {
    return "Tangent";
  }
}

/** A tangent that is not computed before its value is needed, then kept. */
export class Thunk extends MarkedThunk {
  declare private compute: (() => unknown) | undefined;
  declare private kept: unknown;

  constructor(compute: () => unknown) {
    super();
    this.compute = compute;
    this.kept = undefined;
  }

  get [Symbol.toStringTag](): string {
    return "Thunk";
  }

  /** The value; computed at the first call. */
  value(): unknown {
    if (this.compute !== undefined) {
      this.kept = unthunk(this.compute());
      this.compute = undefined;
    }
    return this.kept;
  }
}

/** A thunk that can also add itself to an array that exists, without making one of its own. */
export class Inplaceable extends Thunk {
  /** Adds the tangent to `accumulator`, which holds plain numbers and has the primal's shape; writes nothing else. */
  declare readonly addTo: (accumulator: NdArray) => void;

  constructor(addTo: (accumulator: NdArray) => void, compute: () => unknown) {
    super(compute);
    this.addTo = addTo;
  }
}

/** A tangent that its rule's author has not written: it adds, but throws as soon as its value is needed. */
export class NotImplemented extends MarkedGap {
  readonly why: string;

  constructor(why: string) {
    super();
    this.why = why;
  }

  get [Symbol.toStringTag](): string {
    return "NotImplemented";
  }

  /** The error that says so. */
  error(): TangentError {
    return new TangentError(`a derivative that is not implemented is needed: ${this.why}`);
  }
}

/** A tangent computed when it is needed. */
export function thunk(compute: () => unknown): Thunk {
  expectFunction("thunk", "the argument", compute, "a function, () => tangent");
  return new Thunk(compute);
}

/**
 * A tangent that knows how to add itself to an existing array.
 * @param addTo   adds the tangent to an array of plain numbers of the primal's shape
 * @param compute the tangent's value, for whoever needs it alone
 */
export function inplaceable(addTo: (accumulator: NdArray) => void, compute: () => unknown): Inplaceable {
  expectFunction("inplaceable", "addTo", addTo, "a function, (accumulator) => void");
  expectFunction("inplaceable", "compute", compute, "a function, () => tangent");
  return new Inplaceable(addTo, compute);
}

/** A tangent that throws as soon as its value is needed. */
export function notImplemented(why: string): NotImplemented {
  if (typeof why !== "string") throw new TypeError(`notImplemented: why is ${describe(why)}; say in words what has not been written`);
  return new NotImplemented(why);
}

/** The value of a thunk; anything else as it is. */
export function unthunk(t: unknown): unknown {
  return t instanceof Thunk ? t.value() : t;
}

/**
 * The value of a tangent that is needed now.
 * @throws {TangentError} when it is not implemented
 */
export function needed(t: unknown): unknown {
  const value = unthunk(t);
  if (value instanceof NotImplemented) throw value.error();
  return value;
}

/** Whether t is one of the two zeros. */
export function isZero(t: unknown): t is ZeroTangent | NoTangent {
  return t === ZeroTangent || t === NoTangent;
}

/**
 * The field of a structural tangent, whatever form it has; absent is zero.
 * @throws {TangentError} when it has no fields
 */
export function fieldOf(t: unknown, key: string | number): unknown {
  if (isZero(t)) return t;
  if (typeof t !== "object" || t === null) throw new TangentError(`fieldOf: ${describe(t)} has no fields; give the tangent of a structure`);
  const fields = t instanceof Tangent ? t.fields : (t as Record<string, unknown>);
  return (Object.hasOwn(fields, key) ? fields[key as string] : undefined) ?? ZeroTangent;
}

/** Whether t is a tangent with fields. */
export function isStructural(t: unknown): boolean {
  return t instanceof Tangent || Array.isArray(t) || isRecord(t);
}
