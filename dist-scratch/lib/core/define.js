import { highestLevel, primal } from "./dispatch.js";
import { register, ruleOf } from "./rule.js";
import { NoTangent, ZeroTangent } from "./tangent.js";
/** Makes the differentiable function of a declaration and registers its rule. */
export function declare(declaration, options = {}) {
    const { primal: raw, plain = raw } = declaration;
    const name = options.name ?? raw.name;
    if (typeof raw !== "function")
        throw new TypeError(`${declaration.definer}: the first argument is ${typeof raw}; give the function that the rule is for`);
    const rule = { zeros: options.zeros ?? "real", derived: [], stepsAside: undefined, resolved: undefined, plain, ...declaration, name };
    const general = ((...args) => {
        const level = highestLevel(args);
        return level === undefined ? plain(...args) : level.apply(rule, args);
    });
    const f = options.dispatch?.(general) ?? general;
    Object.defineProperty(f, "name", { value: name });
    register(rule, f, options.replace ?? false);
    return f;
}
/**
 * Gives f a rule by hand: both halves stand in one declaration. One of them may be missing; it is derived then.
 *   frule: ([dself, dx, …], x, …) => [y, dy]
 *   rrule: (x, …) => [y, (ybar) => [NoTangent, xbar, …]]
 * A higher-order function takes `(ad) => ({ frule, rrule })`, with `ad.pushforward` and `ad.pullback` to differentiate what it was handed.
 * @returns the differentiable function: plain values run f and nothing else, traced values hand it to their engine
 * @throws {TypeError} when neither half is given, or f has a rule already and `replace` is not set
 */
export function defineRule(f, pair, options = {}) {
    if (typeof pair === "function") {
        return declare({
            primal: f,
            definer: "defineRule",
            pair: (ad) => {
                if (ad === undefined)
                    throw new TypeError(`${options.name ?? f.name}: its rule differentiates a function it is handed; call frule and rrule from the main entry`);
                return pair(ad);
            },
        }, options);
    }
    const { frule, rrule } = pair;
    if (frule === undefined && rrule === undefined) {
        throw new TypeError(`defineRule: ${options.name ?? f.name} was given neither frule nor rrule; give at least one of them`);
    }
    const derived = frule === undefined ? ["frule"] : rrule === undefined ? ["rrule"] : [];
    return declare({ primal: f, definer: "defineRule", pair: () => pair, derived }, options);
}
/**
 * Declares that f has zero derivative both ways: indices, shapes, comparisons. Traced arguments reach f as plain values.
 * @returns the differentiable function
 */
export function nonDifferentiable(f, options = {}) {
    const onPrimals = (...args) => f(...args.map(primal));
    return declare({
        primal: f,
        definer: "nonDifferentiable",
        zeros: "symbolic",
        pair: () => ({
            frule: (_tangents, ...args) => [onPrimals(...args), NoTangent],
            rrule: (...args) => [onPrimals(...args), () => [NoTangent, ...args.map(() => ZeroTangent)]],
        }),
    }, options);
}
/**
 * Makes the rule of f step aside where `predicate(...args)` says yes: engines then trace through its primal. Several predicates add up.
 * @throws {TypeError} when f has no rule
 */
export function optOut(f, predicate) {
    const rule = ruleOf(f);
    if (rule === undefined)
        throw new TypeError(`optOut: ${f.name || "the function"} has no rule to step aside`);
    const before = rule.stepsAside;
    rule.stepsAside = (...args) => (before?.(...args) ?? false) || predicate(...args);
    return f;
}
