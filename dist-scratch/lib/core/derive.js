import { MissingRuleError, NotTraceableError, TangentError, describe } from "./errors.js";
import { accumulate, innerProduct, times } from "./laws.js";
import { basisOf, isDifferentiable, oneLike, project, realize } from "./project.js";
import { isStructure } from "./structure.js";
import { NoTangent, ZeroTangent, isZero } from "./tangent.js";
/**
 * Both halves of a rule, the missing one derived from the other.
 * @throws {MissingRuleError} (from the derived half, when it is called) where it cannot be derived
 */
export function resolve(rule, ad) {
    if (rule.resolved !== undefined && rule.resolved.ad === ad)
        return rule.resolved;
    const { frule, rrule } = rule.pair(ad);
    rule.resolved = {
        ad,
        frule: frule ?? fruleFrom(rule, rrule, ad),
        rrule: rrule ?? rruleFrom(frule),
    };
    return rule.resolved;
}
/**
 * The forward half from the reverse one: a pullback is linear in ȳ, so J ẋ is the gradient of ⟨pullback(ȳ), ẋ⟩ by ȳ, exactly. Where the
 * pullback reads raw data and cannot be traced, one pullback for each entry of the output does it.
 */
function fruleFrom(rule, rrule, ad) {
    let warned = false;
    return (tangents, ...args) => {
        const [y, pullback] = rrule(...args);
        const moving = args.flatMap((arg, k) => (hasSpace(arg) && !isZero(tangents[k + 1]) ? [k] : []));
        if (moving.length === 0)
            return [y, ZeroTangent];
        const directions = moving.map((k) => tangents[k + 1]);
        const cotangents = (ybar) => {
            const all = pullback(ybar);
            return moving.map((k) => realize(args[k], project(args[k], all[k + 1] ?? ZeroTangent, () => `${rule.name}: cotangent ${k + 1}`)));
        };
        if (ad !== undefined) {
            try {
                const [, back] = ad.pullback(cotangents, oneLike(y));
                return [y, back(directions)[0]];
            }
            catch (error) {
                if (!(error instanceof NotTraceableError))
                    throw error;
            }
        }
        if (ad === undefined) {
            throw new MissingRuleError(`${rule.name} has no frule and its pullback is not differentiable here; give it one with defineRule(${rule.name}, { frule })`);
        }
        if (!warned) {
            warned = true;
            console.warn(`${rule.name} has no frule and its pullback reads raw data: one pullback for each output entry stands in; give it one with defineRule(${rule.name}, { frule })`);
        }
        let dy = ZeroTangent;
        for (const e of basisOf(y))
            dy = accumulate(dy, times(innerProduct(cotangents(e), directions), e));
        return [y, dy];
    };
}
/** The reverse half from the forward one: x̄ has ⟨ȳ, J e⟩ at the place of each basis direction e of the inputs. */
function rruleFrom(frule) {
    return (...args) => {
        const still = args.map((arg) => (hasSpace(arg) ? realize(arg, ZeroTangent) : NoTangent));
        const [y] = frule([NoTangent, ...still], ...args);
        return [
            y,
            (ybar) => [
                NoTangent,
                ...args.map((arg, k) => {
                    if (!hasSpace(arg))
                        return NoTangent;
                    let xbar = ZeroTangent;
                    for (const e of basisOf(arg)) {
                        const [, dy] = frule([NoTangent, ...still.slice(0, k), e, ...still.slice(k + 1)], ...args);
                        xbar = accumulate(xbar, times(innerProduct(ybar, dy), e));
                    }
                    return xbar;
                }),
            ],
        ];
    };
}
/** Whether an argument can move at all. */
function hasSpace(x) {
    return isDifferentiable(x) || isStructure(x);
}
/** The pair that a rule's half must return, checked. */
export function checkedPair(rule, half, result) {
    if (!Array.isArray(result) || result.length !== 2) {
        throw new TangentError(`${rule.name}: its ${half} returned ${describe(result)}; it must return [y, ${half === "frule" ? "dy" : "pullback"}]`);
    }
    if (half === "rrule" && typeof result[1] !== "function") {
        throw new TangentError(`${rule.name}: its rrule returned ${describe(result[1])} in the pullback's place; return [y, (ybar) => [NoTangent, xbar, …]]`);
    }
    return result;
}
/** The list that a pullback must return: one entry for f itself, then one for each argument; absent ones at the end are filled in. */
export function checkedCotangents(rule, args, cotangents) {
    if (!Array.isArray(cotangents)) {
        throw new TangentError(`${rule.name}: its pullback returned ${describe(cotangents)}; return a list, [NoTangent, xbar, …]`);
    }
    const expected = args.length + 1;
    if (cotangents.length === expected)
        return cotangents;
    const missing = args.slice(Math.max(0, cotangents.length - 1));
    if (cotangents.length === 0 || cotangents.length > expected || missing.some(isDifferentiable)) {
        throw new TangentError(`${rule.name}: its pullback returned ${cotangents.length} cotangents for ${args.length} arguments; expected ${expected}, the first for ${rule.name} itself (NoTangent), then one for each argument`);
    }
    return [...cotangents, ...missing.map(() => NoTangent)];
}
