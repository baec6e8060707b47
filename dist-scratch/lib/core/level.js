import { NotTraceableError } from "./errors.js";
let levels = 0;
/**
 * One differentiation call. Its id is never used again, so an inner call always has the higher one; a primitive unwraps the highest level
 * among its arguments and applies its rule to what is left, which outer levels may be tracing.
 */
export class Level {
    id = ++levels;
    /** Whether the call is over: its values may no longer be used. */
    ended = false;
    /** What rules of higher-order functions differentiate with; absent when an engine is used alone. */
    ad;
    constructor(ad) {
        this.ad = ad;
    }
}
/** A number that an engine is tracing. Opaque: differentiable functions take it, `primal` gives its plain number. */
export class TracedScalar {
    /** JavaScript's own operators would lose the derivative; they throw instead. */
    [Symbol.toPrimitive](hint) {
        if (hint === "string") {
            throw new NotTraceableError("a traced number cannot be written into a string: its derivative would be lost; use primal(x) for its plain number");
        }
        throw new NotTraceableError("a traced number cannot be used in a JavaScript operator or stored in a plain array: its derivative would be lost; " +
            "write add(a, b), mul(a, b), less(a, b), … instead of a + b, a * b, a < b; primal(x) gives the plain number for branching; " +
            "similar(x), or similar(x, shape, { holds: [a] }), makes an array that can hold it");
    }
}
/** The error for a value that outlived its level. */
export function endedError() {
    return new NotTraceableError("a traced value was used after its differentiation call had ended; return it from the function that is differentiated, or keep primal(x)");
}
