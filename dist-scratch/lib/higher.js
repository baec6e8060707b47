import { TracedScalar, basisOf, describe, elementsOf, fromElements, storeOf } from "./core/index.js";
import { floatDType, isNdArray } from "./nd/index.js";
/** The operators over the two engines. */
export function higherOperators(ad) {
    const gradientOf = (f) => (x) => ad.gradient(f, x)[0];
    const jacobian = (f, x, options = {}) => {
        const mode = checked("jacobian", f, x, options);
        const forward = (y) => columns(y, x, [...basisOf(x)].map((e) => ad.pushforward(f, [x], [e])));
        if (mode === "forward")
            return forward();
        const [y, back] = ad.pullback(f, x);
        if (!isOperand(y))
            throw new TypeError(`jacobian: f returned ${describe(y)}; a number or an array is needed`);
        if (mode === "auto" && shapeSize(x) <= shapeSize(y))
            return forward(y);
        const rows = [...basisOf(y)].map((e) => entriesOf(back(e)[0]));
        return assemble(rows.flat(), [...shapeOf(y), ...shapeOf(x)], kindOf(x));
    };
    /** Columns come one for each input entry; the result has the output's axes first. */
    const columns = (known, x, pairs) => {
        const y = known ?? pairs[0]?.[0];
        if (y === undefined)
            return assemble([], [...shapeOf(x)], kindOf(x));
        if (!isOperand(y))
            throw new TypeError(`jacobian: f returned ${describe(y)}; a number or an array is needed`);
        const lists = pairs.map(([, dy]) => entriesOf(dy));
        const entries = [];
        for (let row = 0; row < shapeSize(y); row++)
            for (const list of lists)
                entries.push(list[row]);
        return assemble(entries, [...shapeOf(y), ...shapeOf(x)], kindOf(y));
    };
    return {
        jacobian: jacobian,
        hessian: (f, x, options = {}) => {
            const mode = checked("hessian", f, x, options);
            return jacobian(gradientOf(f), x, { mode: mode === "reverse" ? "reverse" : "forward" });
        },
        hvp: (f, x, v) => ad.pushforward(gradientOf(f), [x], [v])[1],
        vhp: (f, v, x) => ad.pullback(gradientOf(f), x)[1](v)[0],
    };
}
function isOperand(x) {
    return typeof x === "number" || x instanceof TracedScalar || isNdArray(x);
}
function checked(who, f, x, options) {
    if (typeof f !== "function")
        throw new TypeError(`${who}: the first argument is ${describe(f)}; give the function to differentiate`);
    if (!isOperand(x))
        throw new TypeError(`${who}: x is ${describe(x)}; a number or an array is needed`);
    const { mode = "auto" } = options;
    if (mode !== "forward" && mode !== "reverse" && mode !== "auto") {
        throw new TypeError(`${who}: mode = ${String(mode)}; use "forward", "reverse" or "auto"`);
    }
    return mode;
}
function shapeOf(x) {
    return isNdArray(x) ? x.shape : [];
}
function shapeSize(x) {
    return isNdArray(x) ? x.size : 1;
}
function entriesOf(x) {
    return isNdArray(x) ? elementsOf(x) : [x];
}
function kindOf(x) {
    return isNdArray(x) ? (storeOf(x)?.dtype ?? floatDType(x.dtype)) : "float64";
}
function assemble(entries, shape, dtype) {
    return shape.length === 0 ? entries[0] : fromElements(entries, shape, dtype);
}
