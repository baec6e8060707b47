import { callableParts } from "./callable.js";
import { checkedCotangents, checkedPair, resolve } from "./derive.js";
import { TangentError } from "./errors.js";
import { isDifferentiable, realize } from "./project.js";
import { ruleOf } from "./rule.js";
import { isStructure } from "./structure.js";
import { NoTangent, ZeroTangent, isZero } from "./tangent.js";
/** Whether f has a rule, and it does not step aside for these arguments. */
export function hasRule(f, ...args) {
    const parts = callableParts(f);
    if (parts !== undefined)
        return hasRule(parts.apply, parts.params, ...args);
    const rule = ruleOf(f);
    return rule !== undefined && !(args.length > 0 && rule.stepsAside?.(...args));
}
/** The protocol's calls; without a differentiator they use the halves that are given and derive none. */
export function protocolCalls(ad) {
    const missing = (f, half, args) => {
        if (!hasRule(f, ...args))
            return true;
        return ad === undefined && (ruleOf(f)?.derived.includes(half) ?? true);
    };
    const frule = (tangents, f, ...args) => {
        const parts = callableParts(f);
        if (parts !== undefined) {
            if (hasRule(parts.apply, parts.params, ...args))
                return frule([NoTangent, ...tangents], parts.apply, parts.params, ...args);
            if (ad === undefined)
                return undefined;
            const all = [parts.params, ...args];
            return ad.pushforward(parts.apply, all, all.map((arg, k) => tangentFor(arg, tangents[k])));
        }
        if (missing(f, "frule", args))
            return undefined;
        if (tangents.length > args.length + 1) {
            throw new TangentError(`frule: ${tangents.length} tangents for ${args.length} arguments of ${f.name}; give [dself, ...dargs]`);
        }
        const rule = ruleOf(f);
        if (rule === undefined)
            return undefined;
        const dargs = args.map((arg, k) => (rule.zeros === "symbolic" ? (tangents[k + 1] ?? ZeroTangent) : tangentFor(arg, tangents[k + 1])));
        return checkedPair(rule, "frule", resolve(rule, ad).frule([tangents[0] ?? NoTangent, ...dargs], ...args));
    };
    const rrule = (f, ...args) => {
        const parts = callableParts(f);
        if (parts !== undefined) {
            if (hasRule(parts.apply, parts.params, ...args)) {
                const [y, back] = rrule(parts.apply, parts.params, ...args);
                return [y, (ybar) => back(ybar).slice(1)];
            }
            return ad?.pullback(parts.apply, parts.params, ...args);
        }
        if (missing(f, "rrule", args))
            return undefined;
        const rule = ruleOf(f);
        if (rule === undefined)
            return undefined;
        const [y, pullback] = checkedPair(rule, "rrule", resolve(rule, ad).rrule(...args));
        return [y, (ybar) => checkedCotangents(rule, args, pullback(ybar))];
    };
    return { frule, rrule };
}
/** A tangent as rules get it: a real zero for one that is absent or symbolic, `NoTangent` for what cannot move. */
function tangentFor(arg, tangent) {
    if (!isDifferentiable(arg) && !isStructure(arg))
        return NoTangent;
    return tangent === undefined || isZero(tangent) ? realize(arg, ZeroTangent) : tangent;
}
