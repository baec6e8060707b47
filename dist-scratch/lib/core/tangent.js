import { TangentError } from "./errors.js";
import { isRecord } from "./structure.js";
/** The two tangents that carry no number. */
class SymbolicTangent {
    kind;
    constructor(kind) {
        this.kind = kind;
    }
    get [Symbol.toStringTag]() {
        return this.kind;
    }
}
/** May move, does not: the zero of every tangent space. One frozen object, compared by `===`. */
export const ZeroTangent = Object.freeze(new SymbolicTangent("ZeroTangent"));
/** Cannot move: an index, a flag, a string has no tangent space. One frozen object, compared by `===`. */
export const NoTangent = Object.freeze(new SymbolicTangent("NoTangent"));
/** A tangent of a record, a tuple, a list or a callable's parameters; an absent field is zero. */
export class Tangent {
    fields;
    /** @param fields the tangents by field name, or a list of them for tuples and lists */
    constructor(fields) {
        this.fields = Object.freeze({ ...fields });
    }
    get [Symbol.toStringTag]() {
        return "Tangent";
    }
}
/** A tangent that is not computed before its value is needed, then kept. */
export class Thunk {
    constructor(compute) {
        this.compute = compute;
        this.kept = undefined;
    }
    get [Symbol.toStringTag]() {
        return "Thunk";
    }
    /** The value; computed at the first call. */
    value() {
        if (this.compute !== undefined) {
            this.kept = unthunk(this.compute());
            this.compute = undefined;
        }
        return this.kept;
    }
}
/** A thunk that can also add itself to an array that exists, without making one of its own. */
export class Inplaceable extends Thunk {
    constructor(addTo, compute) {
        super(compute);
        this.addTo = addTo;
    }
}
/** A tangent that its rule's author has not written: it adds, but throws as soon as its value is needed. */
export class NotImplemented {
    why;
    constructor(why) {
        this.why = why;
    }
    get [Symbol.toStringTag]() {
        return "NotImplemented";
    }
    /** The error that says so. */
    error() {
        return new TangentError(`a derivative that is not implemented is needed: ${this.why}`);
    }
}
/** A tangent computed when it is needed. */
export function thunk(compute) {
    return new Thunk(compute);
}
/**
 * A tangent that knows how to add itself to an existing array.
 * @param addTo   adds the tangent to an array of plain numbers of the primal's shape
 * @param compute the tangent's value, for whoever needs it alone
 */
export function inplaceable(addTo, compute) {
    return new Inplaceable(addTo, compute);
}
/** A tangent that throws as soon as its value is needed. */
export function notImplemented(why) {
    return new NotImplemented(why);
}
/** The value of a thunk; anything else as it is. */
export function unthunk(t) {
    return t instanceof Thunk ? t.value() : t;
}
/** Whether t is one of the two zeros. */
export function isZero(t) {
    return t === ZeroTangent || t === NoTangent;
}
/** The field of a structural tangent, whatever form it has; absent is zero. */
export function fieldOf(t, key) {
    if (isZero(t))
        return t;
    const fields = t instanceof Tangent ? t.fields : t;
    return fields[key] ?? ZeroTangent;
}
/** Whether t is a tangent with fields. */
export function isStructural(t) {
    return t instanceof Tangent || Array.isArray(t) || isRecord(t);
}
