import { allocate, broadcastShapes, broadcastView, floatDType, forEachEntry, isNdArray, map1, map2, packed, rowMajor, sizeOf, viewOn } from "../nd/index.js";
import { describe } from "./errors.js";
/**
 * f entry by entry, with broadcasting.
 * @throws {TypeError} when an operand is neither a number nor an array
 * @throws {RangeError} when the shapes do not broadcast
 */
export function applyElementwise(who, f, operands) {
    const [x] = operands;
    if (operands.length === 1) {
        if (typeof x === "number")
            return f(x);
        if (isNdArray(x))
            return map1(f, x.dtype === "generic" ? packed(x) : x);
    }
    if (typeof x === "number" && operands.every((operand) => typeof operand === "number"))
        return f(...operands);
    checkOperands(who, operands);
    const shape = broadcastShapes(who, ...operands.map((operand) => (typeof operand === "number" ? [] : operand.shape)));
    const views = operands.map((operand) => operandView(operand, shape));
    const dtype = operandsDType(operands);
    if (views.length === 2) {
        return map2(f, views[0], views[1], dtype);
    }
    const out = allocate(dtype, sizeOf(shape));
    const entries = new Array(views.length);
    forEachEntry(views, shape, (n, positions) => {
        for (let k = 0; k < views.length; k++)
            entries[k] = views[k].data[positions[k]];
        out[n] = f(...entries);
    });
    return rowMajor(out, shape);
}
/** The operand read with this shape: a number or an array repeated along the new axes, in place. */
export function operandView(x, shape) {
    if (typeof x === "number")
        return viewOn([x], shape, new Array(shape.length).fill(0), 0);
    return broadcastView(x.dtype === "generic" ? packed(x) : x, shape);
}
/** float32 when all arrays are; numbers do not count. */
export function operandsDType(operands) {
    let dtype;
    for (const operand of operands) {
        if (typeof operand === "number")
            continue;
        if (floatDType(operand.dtype) === "float64")
            return "float64";
        dtype = "float32";
    }
    return dtype ?? "float64";
}
/** Throws where an operand is neither a number nor an array. */
export function checkOperands(who, operands) {
    operands.forEach((operand, k) => {
        if (typeof operand !== "number" && !isNdArray(operand)) {
            throw new TypeError(`${who}: argument ${k + 1} is ${describe(operand)}; a number or an array is needed`);
        }
    });
}
