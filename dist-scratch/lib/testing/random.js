import { NoTangent, TracedScalar, isDifferentiable, isStructure, mapTangents } from "../core/index.js";
import { floatDType, isNdArray, zerosOf } from "../nd/index.js";
/** A seeded source of numbers in [0, 1): mulberry32, a 32-bit generator of T. Ettinger (public domain). */
export function seededRandom(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}
/** A short decimal between −9 and 9, never 0, so that failures print readably. */
function decimal(random) {
    const hundredths = Math.floor(random() * 1800) - 900;
    return (hundredths === 0 ? 1 : hundredths) / 100;
}
/**
 * A random tangent of a value: of its structure, short decimals from −9 to 9 in its numbers and arrays, `NoTangent` where it cannot move.
 * @param random where the numbers come from; a source of its own, seeded with 1, when absent
 */
export function randTangent(x, random = seededRandom(1)) {
    return mapTangents((leaf) => {
        if (typeof leaf === "number" || leaf instanceof TracedScalar)
            return decimal(random);
        if (!isDifferentiable(leaf) || !isNdArray(leaf))
            return NoTangent;
        const tangent = zerosOf(leaf.shape, floatDType(leaf.dtype));
        for (let k = 0; k < tangent.size; k++)
            tangent.data[k] = decimal(random);
        return tangent;
    }, x);
}
/** Whether any of the values can move. */
export function canMove(x) {
    if (isDifferentiable(x))
        return true;
    if (!isStructure(x))
        return false;
    let moves = false;
    mapTangents((leaf) => {
        moves ||= isDifferentiable(leaf);
        return leaf;
    }, x);
    return moves;
}
