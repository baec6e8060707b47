import { TracedScalar, describe, isStructure, mapStructure, project } from "../core/index.js";
import { isNdArray, packed } from "../nd/index.js";
import { ReverseLevel } from "./reverse-level.js";
import { Sweep } from "./sweep.js";
import { Tape, returnTape, takeTape } from "./tape.js";
/** The operators over one differentiator, which rules of higher-order functions get. */
export function reverseOperators(ad) {
    const withGradient = (who, f, args) => {
        checkFunction(who, f);
        const tape = takeTape();
        const level = new ReverseLevel(ad, tape);
        try {
            const lifted = args.map((arg) => level.lift(arg));
            const y = scalarResult(who, f(...lifted));
            level.ended = true;
            const sweep = new Sweep(level, zeroed(tape));
            sweep.receive(y, 1);
            sweep.run();
            return { value: level.lower(y), gradient: args.map((arg, k) => sweep.read(arg, lifted[k])) };
        }
        finally {
            level.ended = true;
            returnTape(tape);
        }
    };
    const pullback = (f, ...args) => {
        checkFunction("pullback", f);
        const tape = new Tape();
        const level = new ReverseLevel(ad, tape);
        try {
            const lifted = args.map((arg) => level.lift(arg));
            const output = level.pin(synchronous("pullback", f(...lifted)));
            const y = mapStructure(ownCopy, level.lower(output));
            const back = (ybar) => {
                const sweep = new Sweep(level, new Float64Array(tape.size));
                sweep.receive(output, project(y, ybar, () => "pullback: ybar"));
                sweep.run();
                return args.map((arg, k) => sweep.read(arg, lifted[k]));
            };
            return [y, back];
        }
        finally {
            level.ended = true;
        }
    };
    return {
        gradient: (f, ...args) => withGradient("gradient", f, args).gradient,
        withGradient: (f, ...args) => withGradient("withGradient", f, args),
        pullback,
    };
}
function zeroed(tape) {
    if (tape.bars.length < tape.size)
        tape.bars = new Float64Array(tape.capacity);
    else
        tape.bars.fill(0, 0, tape.size);
    return tape.bars;
}
/** What the caller gets is the caller's: a plain array is copied, the tape keeps its own. */
function ownCopy(x) {
    return isNdArray(x) && x.dtype !== "generic" ? packed(x) : x;
}
function checkFunction(who, f) {
    if (typeof f !== "function")
        throw new TypeError(`${who}: the first argument is ${describe(f)}; give the function to differentiate`);
}
/** A function that is differentiated must be done when it returns. */
export function synchronous(who, y) {
    if (typeof y === "object" && y !== null && typeof y.then === "function") {
        throw new TypeError(`${who}: f returned a promise; differentiate synchronous code: await the data first, then call ${who}`);
    }
    return y;
}
function scalarResult(who, result) {
    const y = synchronous(who, result);
    if (typeof y === "number" || y instanceof TracedScalar)
        return y;
    if (isNdArray(y) && y.dimension === 0)
        return y.get();
    const cure = isNdArray(y) || isStructure(y) ? "; sum it, or use jacobian" : "; return a number";
    throw new TypeError(`${who}: f returned ${describe(y)}, a scalar is needed${cure}`);
}
