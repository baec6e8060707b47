import {
  type AnyFunction,
  accumulate,
  type Differentiator,
  innerProduct,
  isDifferentiable,
  mapStructure,
  type Operand,
  type Scalar,
  zeroLike,
} from "../../lib/core/index.js";
import { neg } from "../elementwise/field.js";
import { cotangentLike, widened } from "./precision.js";

/** An initial value problem whose states are known. */
export interface Solved {
  /** (y, t, params) => dy/dt */
  readonly f: AnyFunction;
  readonly params: unknown;
  readonly times: readonly Scalar[];
  /** The state at each time. */
  readonly states: readonly unknown[];
}

/** The states at these times, differentiable by what outer calls trace. */
export type Integrate = (slope: (state: never, t: Scalar) => unknown, start: unknown, times: readonly Scalar[]) => readonly unknown[];

/** What is integrated backwards: the state, its cotangent, and the cotangents of the parameters and of f's own ones so far. */
interface Backwards {
  readonly y: unknown;
  readonly a: unknown;
  readonly p: unknown;
  readonly f: unknown;
}

/** The cotangents of all that a solution depends on. */
export interface SolutionCotangents {
  readonly y0: unknown;
  readonly times: readonly Scalar[];
  readonly params: unknown;
  readonly f: unknown;
}

const negated = (x: unknown): unknown => mapStructure((leaf) => (isDifferentiable(leaf) ? neg(leaf as Operand) : leaf), x);

/**
 * The pullback of an initial value problem by its continuous adjoint: a(t) = ∂L/∂y(t) obeys da/dt = −(∂f/∂y)ᵀ a, and is integrated from the
 * last time to the first together with the state, which starts from what is known at each time. Nothing of the way there is kept.
 *   p̄ = ∫ (∂f/∂p)ᵀ a dt,  t̄ₖ = ⟨ȳₖ, f(yₖ, tₖ)⟩,  t̄₀ = −⟨a(t₀), f(y₀, t₀)⟩
 * @param ybars the cotangent of the state at each time
 * Source: R. T. Q. Chen, Y. Rubanova, J. Bettencourt, D. Duvenaud, "Neural Ordinary Differential Equations", NeurIPS 31 (2018), appendix B.
 */
export function adjointCotangents(
  ad: Differentiator,
  { f, params, times, states }: Solved,
  integrate: Integrate,
  ybars: readonly unknown[],
): SolutionCotangents {
  // Time runs from −tₖ to −tₖ₋₁, so that it increases.
  const slope = ({ y, a }: Backwards, t: Scalar): Backwards => {
    const [dy, back] = ad.pullback((at, time, own, g) => g(at, time, own), y, neg(t), params, f);
    const [abar, , pbar, fbar] = back(a);
    return { y: negated(dy), a: abar, p: pbar, f: fbar };
  };
  const tbars: Scalar[] = times.map(() => 0);
  let a: unknown = zeroLike(states[0]);
  let p: unknown = widened(zeroLike(params));
  let own: unknown = widened(zeroLike(f));
  for (let k = times.length - 1; k > 0; k--) {
    const t = times[k] as Scalar;
    tbars[k] = innerProduct(ybars[k], f(states[k], t, params));
    const start: Backwards = { y: states[k], a: accumulate(a, ybars[k]), p, f: own };
    const [, end] = integrate(slope, start, [neg(t), neg(times[k - 1] as Scalar)]) as [unknown, Backwards];
    ({ a, p, f: own } = end);
  }
  if (times.length > 1) tbars[0] = neg(innerProduct(a, f(states[0], times[0], params)));
  return { y0: accumulate(a, ybars[0]), times: tbars, params: cotangentLike(params, p), f: cotangentLike(f, own) };
}
