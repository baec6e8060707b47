import { sumFloats } from "../nd/index.js";
import { declare } from "./define.js";
import { highestLevel, levelOf, primal } from "./dispatch.js";
import { accumulate } from "./laws.js";
import { realize } from "./project.js";
import { DifferentiableStore, storeOf } from "./store.js";
import { NoTangent, ZeroTangent, isZero, unthunk } from "./tangent.js";
/**
 * The rule of a linear map from its transpose.
 *   ẏ = f(ẋ, …)                  x̄ = transpose(ȳ, x, …)
 * Both are written on plain arrays and return fresh arrays; every order follows, since the transpose of the transpose is f.
 * @param f         linear in the arguments named by `linearIn`
 * @param transpose (ȳ, ...args) => x̄, a list of cotangents where f is linear in several arguments; it may use the kind and shape of
 *                  those arguments, not their values, and may return thunks
 */
export function linearRule(f, transpose, options = {}) {
    const { linearIn = [0], kernel = f } = options;
    const name = options.name ?? f.name;
    const rawTranspose = transpose;
    const several = linearIn.length > 1;
    const run = (args) => (highestLevel(args) === undefined ? kernel(...args) : map(...args));
    /** args with those in which f is linear replaced. */
    const withLinear = (args, values) => {
        const replaced = [...args];
        linearIn.forEach((position, k) => {
            replaced[position] = values[k];
        });
        return replaced;
    };
    const map = declare({
        primal: f,
        definer: "linearRule",
        zeros: "symbolic",
        pair: () => ({
            frule: (tangents, ...args) => {
                const y = run(args);
                const moving = linearIn.map((position) => tangents[position + 1]);
                if (moving.every(isZero))
                    return [y, ZeroTangent];
                return [y, run(withLinear(args, moving.map((t, k) => realize(args[linearIn[k]], t))))];
            },
            rrule: (...args) => {
                const plain = highestLevel(args) === undefined;
                const y = plain ? kernel(...args) : map(...args);
                const pullback = (ybar) => {
                    const fixed = plain ? args : args.map(primal);
                    const xbars = levelOf(ybar) === undefined ? rawTranspose(ybar, ...fixed) : back(ybar, ...fixed);
                    const cotangents = [NoTangent];
                    for (let k = 0; k < args.length; k++)
                        cotangents.push(NoTangent);
                    for (let k = 0; k < linearIn.length; k++)
                        cotangents[linearIn[k] + 1] = several ? xbars[k] : xbars;
                    return cotangents;
                };
                return [y, pullback];
            },
        }),
    }, options.weight === undefined ? options : { ...options, dispatch: (general) => totalLane(options.weight, general) });
    const values = (xbars) => (several ? xbars.map(unthunk) : unthunk(xbars));
    const back = declare({
        primal: (ybar, ...args) => values(rawTranspose(ybar, ...args)),
        definer: "linearRule",
        zeros: "symbolic",
        pair: () => ({
            frule: ([, dybar], ybar, ...args) => [back(ybar, ...args), isZero(dybar) ? dybar : back(dybar, ...args)],
            rrule: (ybar, ...args) => [
                back(ybar, ...args),
                (zbar) => {
                    const zbars = linearIn.map((position, k) => realize(args[position], several ? zbar[k] : zbar));
                    return [NoTangent, run(withLinear(args, zbars)), ...args.map(() => NoTangent)];
                },
            ],
        }),
    }, { name: `${name}Transpose` });
    return map;
}
/** Sums of plain numbers go straight onto the level; everything else goes the general way. */
function totalLane(weight, general) {
    return (x, options, ...rest) => {
        const store = typeof x === "object" && x !== null ? storeOf(x) : undefined;
        if (store === undefined || store.elements !== undefined || rest.length > 0)
            return rest.length > 0 ? general(x, options, ...rest) : general(x, options);
        const { level, primal: memory } = store;
        if (level === undefined || memory instanceof DifferentiableStore)
            return general(x, options);
        const w = weight(x, options);
        if (w === undefined)
            return general(x, options);
        const { shape, stride, offset } = x;
        return level.total(w * sumFloats(memory, shape, stride, offset), x, w);
    };
}
/**
 * The rule of a map that is linear in its first argument and in its second one: matmul, outer, convolution, ….
 *   ẏ = f(ȧ, b) + f(a, ḃ)        ā = transposeLeft(ȳ, a, b),  b̄ = transposeRight(ȳ, a, b)
 * All three are written on plain arrays and return fresh arrays; every order follows, since the three are each other's transposes.
 * @param f              (a, b, ...static) => y
 * @param transposeLeft  (ȳ, a, b, ...static) => ā; of a it may use kind and shape, not values
 * @param transposeRight (ȳ, a, b, ...static) => b̄; of b it may use kind and shape, not values
 */
export function bilinearRule(f, transposeLeft, transposeRight, options = {}) {
    const name = options.name ?? f.name;
    /** ẏ of a map that is linear in two places: its value at (ṡ, t) plus that at (s, ṫ). */
    const product = (at, s, ds, t, dt) => accumulate(isZero(ds) ? ZeroTangent : at(ds, t), isZero(dt) ? ZeroTangent : at(s, dt));
    const map = declare({
        primal: f,
        definer: "bilinearRule",
        zeros: "symbolic",
        pair: () => ({
            frule: ([, da, db], a, b, ...rest) => [map(a, b, ...rest), product((p, q) => map(p, q, ...rest), a, da, b, db)],
            rrule: (a, b, ...rest) => [
                map(a, b, ...rest),
                (ybar) => [NoTangent, left(ybar, a, b, ...rest), right(ybar, a, b, ...rest), ...rest.map(() => NoTangent)],
            ],
        }),
    }, options);
    const left = declare({
        primal: (...args) => unthunk(transposeLeft(...args)),
        definer: "bilinearRule",
        zeros: "symbolic",
        pair: () => ({
            frule: ([, dybar, , db], ybar, a, b, ...rest) => [
                left(ybar, a, b, ...rest),
                product((p, q) => left(p, a, q, ...rest), ybar, dybar, b, db),
            ],
            rrule: (ybar, a, b, ...rest) => [
                left(ybar, a, b, ...rest),
                (zbar) => [NoTangent, map(zbar, b, ...rest), ZeroTangent, right(ybar, zbar, b, ...rest), ...rest.map(() => NoTangent)],
            ],
        }),
    }, { name: `${name}TransposeLeft` });
    const right = declare({
        primal: (...args) => unthunk(transposeRight(...args)),
        definer: "bilinearRule",
        zeros: "symbolic",
        pair: () => ({
            frule: ([, dybar, da], ybar, a, b, ...rest) => [
                right(ybar, a, b, ...rest),
                product((p, q) => right(p, q, b, ...rest), ybar, dybar, a, da),
            ],
            rrule: (ybar, a, b, ...rest) => [
                right(ybar, a, b, ...rest),
                (zbar) => [NoTangent, map(a, zbar, ...rest), left(ybar, a, zbar, ...rest), ZeroTangent, ...rest.map(() => NoTangent)],
            ],
        }),
    }, { name: `${name}TransposeRight` });
    return map;
}
