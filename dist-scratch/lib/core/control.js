import { nonDifferentiable } from "./define.js";
import { primal } from "./dispatch.js";
/**
 * x with its derivatives stopped: the plain value, through all levels.
 *   ẏ = 0                        x̄ = 0
 */
export const stopGradient = nonDifferentiable((x) => x, { name: "stopGradient" });
/** The plain value of what `compute` returns: nothing inside contributes to any derivative. */
export function ignoreDerivatives(compute) {
    if (typeof compute !== "function")
        throw new TypeError("ignoreDerivatives: give a function without arguments, () => …");
    return primal(compute());
}
