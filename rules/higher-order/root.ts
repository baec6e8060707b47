import type { Lifted, Operand, Plain, Widened } from "../../lib/core/index.js";
import { implicitRule, type SearchOptions } from "./implicit.js";
import { newton } from "./newton.js";
import type { IsStill } from "./still.js";

/** x for which an equation with parameters holds: a plain one where nothing is traced. */
export type Solution = <X extends Operand, P = undefined>(
  f: (x: Lifted<Widened<X>>, params: Lifted<Widened<P>>) => Operand,
  x0: X,
  params?: P,
  options?: SearchOptions,
) => [IsStill<X>, IsStill<P>] extends [true, true] ? Plain<X> : Lifted<Widened<X>>;

/**
 * x for which f(x, params) = 0, by Newton's method from x0: its jacobian by central differences, its steps halved until |f| falls.
 *   ẋ = −(∂f/∂x)⁻¹ ∂f/∂params ṗ          p̄ = −(∂f/∂params)ᵀ (∂f/∂x)⁻ᵀ x̄
 * These are taken where the search ends (implicit function theorem), at every order; the derivative by x0 is 0. f's own parameters count as
 * parameters where it is a callable. Cost: as many pushforwards as x has entries, and a matrix of that size.
 * @param f      (x, params) => as many equations as unknowns, in the shape of x; params is all that it may be traced by: a traced value of
 *               the running call that it closes over is refused
 * @param x0     where to start: a number or an array, of which x has the shape
 * @param params any structure
 * @param options tol: the search ends when a step is at most tol times the larger of 1 and |x|, or rounding leaves nothing to gain
 * @throws {RangeError} when tol is not greater than 0, f is not finite at x0, no root is found from there, or ∂f/∂x is singular at it
 * @throws {TypeError} when f is no function or returns another shape than that of x
 * Source: A. Griewank, A. Walther, Evaluating Derivatives, SIAM (2008), chapter 15.
 */
export const root: Solution = implicitRule({ who: "root", residual: (y) => y, search: newton, maxIterations: 100 }) as Solution;
