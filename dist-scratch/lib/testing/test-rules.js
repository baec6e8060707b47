import { NoTangent, ZeroTangent, describe, innerProduct, isDifferentiable, isStructure, isZero, project, realize, unthunk } from "../core/index.js";
import { isNdArray, packed } from "../nd/index.js";
import { centralDifference } from "./central-difference.js";
import { assertClose, numbersOf } from "./compare.js";
import { crossCheckWith } from "./cross-check.js";
import { canMove, randTangent, seededRandom } from "./random.js";
import { secondOrder } from "./second-order.js";
/** Random directions and cotangents for one subject, from the options' seed. */
function drawn({ args }, options) {
    const random = seededRandom(options.seed ?? 1);
    return { tangents: args.map((arg) => (canMove(arg) ? randTangent(arg, random) : NoTangent)), random };
}
/** The tolerance that finite differences can keep. */
function tolerance(options, error, y) {
    const single = isNdArray(y) && y.dtype === "float32";
    return { rtol: options.rtol ?? (single ? 2e-2 : 1e-6), atol: (options.atol ?? (single ? 1e-3 : 1e-8)) + 10 * error };
}
/** The name by which messages call the function. */
function nameOf(f) {
    return f.name || "f";
}
/** Checks the forward half: it exists, returns the primal's value, and a tangent of y's kind that agrees with finite differences. */
export function testFruleWith(engines, subject, options = {}) {
    const { f, args } = subject;
    const { tangents } = drawn(subject, options);
    const untouched = snapshot(args);
    const result = engines.frule([NoTangent, ...tangents], f, ...args);
    if (result === undefined)
        throw new Error(`${nameOf(f)}: it has no frule; give it one with defineRule(${nameOf(f)}, { frule })`);
    const [y, dy] = result;
    assertClose(y, f(...args), { rtol: 1e-12, atol: 0 }, `${nameOf(f)}: primal of the frule`);
    const tangent = realize(y, project(y, dy, () => `${nameOf(f)}: ẏ`));
    const numeric = centralDifference(f, args, tangents, { step: options.step });
    assertClose(tangent, numeric.derivative, tolerance(options, numeric.error, y), `${nameOf(f)}: ẏ against finite differences`);
    assertClose(args, untouched, { rtol: 0, atol: 0 }, `${nameOf(f)}: arguments after the frule`);
}
/**
 * Checks the reverse half: it exists, returns the primal's value, one cotangent of the right kind for the function and each argument, the
 * same when called twice, that agree with finite differences in a random direction; nothing given is written to.
 */
export function testRruleWith(engines, subject, options = {}) {
    const { f, args } = subject;
    const name = nameOf(f);
    const { tangents, random } = drawn(subject, options);
    const untouched = snapshot(args);
    const result = engines.rrule(f, ...args);
    if (result === undefined)
        throw new Error(`${name}: it has no rrule; give it one with defineRule(${name}, { rrule })`);
    const [y, pullback] = result;
    assertClose(y, f(...args), { rtol: 1e-12, atol: 0 }, `${name}: primal of the rrule`);
    const ybar = randTangent(y, random);
    const seed = snapshot(ybar);
    const cotangents = pullback(ybar);
    if (cotangents.length !== args.length + 1) {
        throw new Error(`${name}: the pullback gave ${cotangents.length} cotangents, expected ${args.length + 1}, one for ${name} and one for each argument`);
    }
    const xbars = args.map((arg, k) => checkedCotangent(`${name}: cotangent of argument ${k + 1}`, arg, cotangents[k + 1]));
    const again = pullback(ybar);
    args.forEach((arg, k) => {
        const second = checkedCotangent(`${name}: cotangent of argument ${k + 1}, second call`, arg, again[k + 1]);
        assertClose(second, xbars[k], { rtol: 0, atol: 0 }, `${name}: cotangent of argument ${k + 1} at the second call`);
    });
    assertClose(ybar, seed, { rtol: 0, atol: 0 }, `${name}: ȳ after the pullback`);
    assertClose(args, untouched, { rtol: 0, atol: 0 }, `${name}: arguments after the pullback`);
    args.forEach((arg, k) => {
        if (!canMove(arg))
            return;
        const alone = args.map((other, j) => (j === k ? tangents[k] : realize(other, ZeroTangent)));
        const numeric = centralDifference(f, args, alone, { step: options.step });
        const expected = innerProduct(ybar, numeric.derivative);
        const got = innerProduct(xbars[k], tangents[k]);
        const terms = numbersOf(ybar).reduce((sum, v) => sum + Math.abs(v), 0);
        assertClose(got, expected, tolerance(options, numeric.error * terms, y), `${name}: ⟨x̄, ẋ⟩ of argument ${k + 1} against finite differences`);
    });
}
/** A cotangent in the argument's own kind; what cannot move must have `NoTangent`. */
function checkedCotangent(who, arg, cotangent) {
    if (!isDifferentiable(arg) && !isStructure(arg)) {
        if (cotangent !== NoTangent)
            throw new Error(`${who}: got ${cotangent === ZeroTangent ? "ZeroTangent" : describe(cotangent)}, expected NoTangent: ${describe(arg)} has no tangent space`);
        return NoTangent;
    }
    if (cotangent === NoTangent && isDifferentiable(arg) && isNdArray(arg))
        throw new Error(`${who}: got NoTangent for an array that can move; return its cotangent, or ZeroTangent`);
    return isZero(cotangent) ? realize(arg, ZeroTangent) : realize(arg, project(arg, unthunk(cotangent), () => who));
}
/** Checks both halves, the adjoint identity between them, and second derivatives in all four pairs of modes. */
export function testRuleWith(engines, subject, options = {}) {
    testFruleWith(engines, subject, options);
    testRruleWith(engines, subject, options);
    const report = crossCheckWith(engines, subject, options);
    if (report.adjoint > 1e-10)
        throw new Error(`${report.name}: ⟨ȳ, J ẋ⟩ and ⟨Jᵀ ȳ, ẋ⟩ are ${report.adjoint.toExponential(1)} apart: frule and rrule do not belong together`);
    if (report.forwardReverse > 1e-10)
        throw new Error(`${report.name}: forward and reverse differ by ${report.forwardReverse.toExponential(1)} in some entry`);
    secondOrder(engines, subject, options);
}
/** Checks a function of one number: `testRule`, at this point. */
export function testScalarWith(engines, f, x, options = {}) {
    if (typeof x !== "number")
        throw new TypeError(`testScalar: x is ${describe(x)}; a number is needed`);
    testRuleWith(engines, { f, args: [x] }, options);
}
/** A copy of everything that could be written to. */
function snapshot(x) {
    if (isNdArray(x))
        return x.dtype === "float64" || x.dtype === "float32" ? packed(x) : x;
    return Array.isArray(x) ? x.map(snapshot) : x;
}
