import { TangentError, TracedScalar, describe, mapStructure, project, realize } from "../core/index.js";
import { isNdArray, packed } from "../nd/index.js";
import { ForwardLevel, readOnlyInput } from "./forward-level.js";
/** The operators over one differentiator, which rules of higher-order functions get. */
export function forwardOperators(ad) {
    const push = (who, f, args, tangents) => {
        if (typeof f !== "function")
            throw new TypeError(`${who}: the first argument is ${describe(f)}; give the function to differentiate`);
        if (!Array.isArray(args) || !Array.isArray(tangents) || args.length !== tangents.length) {
            throw new TangentError(`${who}: ${Array.isArray(args) ? args.length : describe(args)} arguments and ${Array.isArray(tangents) ? tangents.length : describe(tangents)} tangents; give two lists of one length, one tangent for each argument`);
        }
        const level = new ForwardLevel(ad);
        try {
            const raised = args.map((arg, k) => level.raise(arg, project(arg, tangents[k], () => `${who}: tangent ${k + 1}`), () => `${who}: tangent ${k + 1}`, readOnlyInput));
            const result = f(...raised);
            if (typeof result?.then === "function") {
                throw new TypeError(`${who}: f returned a promise; differentiate synchronous code: await the data first, then call ${who}`);
            }
            const y = level.pin(result);
            const value = level.lower(y);
            return [mapStructure(ownCopy, value), mapStructure(ownCopy, realize(value, level.tangentOf(y)))];
        }
        finally {
            level.ended = true;
        }
    };
    return {
        pushforward: (f, args, tangents) => push("pushforward", f, args, tangents),
        derivative: (f, x) => {
            if (typeof x !== "number" && !(x instanceof TracedScalar)) {
                throw new TypeError(`derivative: x is ${describe(x)}, a number is needed; use jacobian, or gradient`);
            }
            return push("derivative", f, [x], [1])[1];
        },
    };
}
/** What the caller gets is the caller's. */
function ownCopy(x) {
    return isNdArray(x) && x.dtype !== "generic" ? packed(x) : x;
}
