import { NoTangent, basisOf, innerProduct, realize, zeroLike } from "../core/index.js";
import { centralDifference } from "./central-difference.js";
import { numbersOf, relativeDifference } from "./compare.js";
import { canMove, randTangent, seededRandom } from "./random.js";
const EXACT = 1e-10;
/** Forward against reverse against finite differences, for any function. */
export function crossCheckWith(engines, { f, args }, options = {}) {
    const random = seededRandom(options.seed ?? 1);
    const tangents = args.map((arg) => (canMove(arg) ? randTangent(arg, random) : NoTangent));
    const [value, dy] = engines.pushforward(f, args, tangents);
    const ybar = randTangent(value, random);
    const [, back] = engines.pullback(f, ...args);
    const xbars = back(ybar);
    const forwardSum = innerProduct(ybar, dy);
    const reverseSum = innerProduct(xbars, tangents);
    const adjoint = difference(forwardSum, reverseSum, termsOf(ybar, dy));
    const picked = pickDirections(args, random, options.entries ?? 16);
    const forwardEntries = picked.map((e) => innerProduct(ybar, engines.pushforward(f, args, e)[1]));
    const reverseEntries = picked.map((e) => innerProduct(xbars, e));
    const largest = Math.max(0, ...numbersOf(xbars).slice(0, 1e4).map(Math.abs));
    const forwardReverse = Math.max(0, ...forwardEntries.map((x, k) => difference(x, reverseEntries[k], largest)));
    const numeric = centralDifference(f, args, tangents, { step: options.step });
    const size = Math.max(1e-300, ...numbersOf(dy).slice(0, 1e4).map(Math.abs));
    const finiteDifference = relativeDifference(realize(value, dy), numeric.derivative);
    const finiteDifferenceError = numeric.error / size;
    const rtol = options.rtol ?? 1e-6;
    const agrees = forwardReverse <= EXACT && adjoint <= EXACT && finiteDifference <= Math.max(rtol, 10 * finiteDifferenceError) && finiteDifferenceError < 1e-2;
    const name = f.name || "f";
    const report = { name, value, forwardReverse, finiteDifference, finiteDifferenceError, adjoint, entries: picked.length, agrees };
    return { ...report, toString: () => table(report) };
}
function difference(a, b, scale) {
    if (Object.is(a, b) || a === b)
        return 0;
    const apart = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), scale);
    return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart;
}
/** Σ |aₖ bₖ|: what the rounding of an inner product is relative to. */
function termsOf(a, b) {
    const q = numbersOf(b);
    return numbersOf(a).reduce((total, x, k) => total + Math.abs(x * (q[k] ?? 0)), 0);
}
/** Directions that move one entry each, spread at random over all entries that can move. */
function pickDirections(args, random, count) {
    const sizes = args.map((arg) => numbersOf(zeroLike(arg)).length);
    const total = sizes.reduce((a, b) => a + b, 0);
    const wanted = new Set();
    if (total <= count)
        for (let k = 0; k < total; k++)
            wanted.add(k);
    else
        while (wanted.size < count)
            wanted.add(Math.floor(random() * total));
    return [...wanted].map((position) => {
        let k = 0;
        let rest = position;
        while (rest >= sizes[k])
            rest -= sizes[k++];
        return args.map((arg, j) => (j === k ? unitDirection(arg, rest) : zeroLike(arg)));
    });
}
/** The direction that moves the n-th entry of a value. */
function unitDirection(x, n) {
    const e = zeroLike(x);
    const data = e.data;
    if (data !== undefined) {
        data[n] = 1;
        return e;
    }
    let k = 0;
    for (const basis of basisOf(x))
        if (k++ === n)
            return basis;
    return e;
}
function table(report) {
    const rows = [
        ["forward against reverse", `${report.forwardReverse.toExponential(1)} (${report.entries} entries)`],
        ["against finite differences", `${report.finiteDifference.toExponential(1)} (their own error ${report.finiteDifferenceError.toExponential(1)})`],
        ["adjoint identity", report.adjoint.toExponential(1)],
    ];
    return [`${report.name}: ${report.agrees ? "agrees" : "DISAGREES"}`, ...rows.map(([label, text]) => `  ${label.padEnd(28)}${text}`)].join("\n");
}
