import { sub } from "../elementwise/index.js";
import { implicitRule } from "./implicit.js";
import { iterated } from "./newton.js";
import type { Solution } from "./root.js";

/**
 * x for which x = f(x, params), by iterating f from x0.
 *   ẋ = (1 − ∂f/∂x)⁻¹ ∂f/∂params ṗ       p̄ = (∂f/∂params)ᵀ (1 − ∂f/∂x)⁻ᵀ x̄
 * These are taken where the iteration ends (implicit function theorem; nothing is unrolled), at every order; the derivative by x0 is 0. f's
 * own parameters count as parameters where it is a callable. Cost: as many pushforwards as x has entries, and a matrix of that size.
 * @param f      (x, params) => the next x, in its shape; it must contract near the solution. params is all that it may be traced by: a
 *               traced value of the running call that it closes over is refused
 * @param x0     where to start: a number or an array
 * @param params any structure
 * @param options tol: the iteration ends when its last step, and the distance that is left by the rate at which steps shrink, are at most
 *               tol times the larger of 1 and |x|
 * @throws {RangeError} when tol is not greater than 0, the iteration does not settle, or 1 − ∂f/∂x is singular where it does
 * @throws {TypeError} when f is no function or returns another shape than that of x
 * Source: B. Christianson, "Reverse accumulation and attractive fixed points", Optim. Methods Softw. 3 (1994).
 */
export const fixedPoint: Solution = implicitRule({
  who: "fixedPoint",
  residual: (y, x) => sub(x, y),
  search: iterated,
  maxIterations: 10_000,
});
