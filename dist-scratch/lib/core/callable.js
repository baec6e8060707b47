const made = new WeakMap();
/**
 * A function with parameters: `c(...args)` is `apply(params, ...args)`. Given to an operator as an argument, its parameters are
 * differentiated; as the function of `frule` and `rrule` their tangent and cotangent stand in the self slot.
 * A rule for it is a rule for `apply`.
 * @param params numbers, arrays, or structures of them
 * @param apply  (params, ...args) => y, written in differentiable functions, or made by a definer
 */
export function callable(params, apply) {
    if (typeof apply !== "function")
        throw new TypeError("callable: apply is not a function; give (params, ...args) => y as the second argument");
    const c = (...args) => apply(params, ...args);
    Object.defineProperty(c, "name", { value: apply.name });
    made.set(c, { params, apply });
    return c;
}
/** The parts of a callable, or undefined for any other value. */
export function callableParts(x) {
    return typeof x === "function" ? made.get(x) : undefined;
}
