import { ZeroTangent, accumulate, isDifferentiable, mapTangents, realize, times } from "../core/index.js";
import { isNdArray } from "../nd/index.js";
import { numbersOf } from "./compare.js";
const STEPS = 5;
const SHRINK = 8;
/**
 * The derivative of f at args in the direction of tangents, from values of f alone. Central differences at two steps are extrapolated to
 * fourth order; of five pairs of steps, each smaller than the one before by a factor of 8, the one whose own error estimate (the two
 * orders' distance, and rounding) is least is taken.
 * Source: C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), 1982; the choice is made without looking at any other derivative.
 * @param args     numbers, arrays, or structures of them
 * @param tangents one for each argument, of its own structure
 */
export function centralDifference(f, args, tangents, options = {}) {
    const at = (h) => f(...args.map((arg, k) => shifted(arg, h, tangents[k])));
    const y = at(0);
    const central = (h) => times(1 / (2 * h), accumulate(tangentOf(at(h)), times(-1, tangentOf(at(-h)))));
    const sizes = numbersOf(tangents.map((t) => t)).map(Math.abs);
    const speed = Math.max(1e-300, ...chunkMax(sizes));
    const rounding = single(args) ? 1.2e-7 : 2.3e-16;
    const reach = Math.max(1, ...chunkMax(numbersOf(args.filter(isDifferentiable)).map(Math.abs)));
    let step = (options.step ?? (single(args) ? 4e-2 : 1e-3) * reach) / speed;
    const noise = rounding * Math.max(1e-300, ...chunkMax(numbersOf(y).map(Math.abs).filter(Number.isFinite)));
    let best;
    for (let k = 0; k < STEPS; k++, step /= SHRINK) {
        const coarse = central(step);
        const fine = central(step / 2);
        const derivative = accumulate(times(4 / 3, fine), times(-1 / 3, coarse));
        const apart = Math.max(0, ...chunkMax(distances(derivative, fine)));
        const error = apart + noise / step;
        if (best === undefined || error < best.error)
            best = { derivative: realize(y, derivative), error };
    }
    return best;
}
/** x + h ẋ; what cannot move stays. */
function shifted(x, h, tangent) {
    return h === 0 ? x : accumulate(x, times(h, tangent));
}
/** A result as an element of its tangent space: what cannot move becomes zero. */
function tangentOf(y) {
    return mapTangents((leaf) => (isDifferentiable(leaf) ? leaf : ZeroTangent), y);
}
function single(args) {
    let found = false;
    mapTangents((leaf) => {
        found ||= isNdArray(leaf) && leaf.dtype === "float32";
        return leaf;
    }, args);
    return found;
}
function distances(a, b) {
    const q = numbersOf(b);
    return numbersOf(a).map((x, k) => (Object.is(x, q[k]) ? 0 : Math.abs(x - q[k])));
}
/** The maximum of a long list as a list of one, so that it can be spread beside others. */
function chunkMax(xs) {
    let max = Number.NEGATIVE_INFINITY;
    for (const x of xs)
        if (x > max || Number.isNaN(x))
            max = x;
    return xs.length === 0 ? [] : [max];
}
