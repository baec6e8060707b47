const rules = new WeakMap();
/** The rule of a function, whether it is the differentiable function or the raw one; undefined when it has none. */
export function ruleOf(f) {
    return typeof f === "function" ? rules.get(f) : undefined;
}
/**
 * f with its own rule set aside: engines trace through its primal.
 * @throws {TypeError} when f has no rule to set aside
 */
export function traced(f) {
    const rule = ruleOf(f);
    if (rule === undefined)
        throw new TypeError(`traced: ${f?.name || "the function"} has no rule; engines trace through it as it is`);
    return rule.primal;
}
/** Ties a rule to the raw function and to the differentiable one. */
export function register(rule, differentiable, replace) {
    if (rules.has(rule.primal) && !replace) {
        throw new TypeError(`${rule.name} has a rule already; pass { replace: true } to give it another one`);
    }
    rules.set(rule.primal, rule);
    rules.set(differentiable, rule);
}
