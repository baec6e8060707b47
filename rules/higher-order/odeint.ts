import {
  type AnyArray,
  type AnyFunction,
  type Differentiator,
  defineRule,
  describe,
  elementsOf,
  expectFunction,
  fromElements,
  handedOut,
  isDifferentiable,
  isScalar,
  isStructure,
  type Lifted,
  levelOf,
  NoTangent,
  NotTraceableError,
  type Operand,
  optionsFor,
  primal,
  type RulePair,
  type Scalar,
  type Widened,
} from "../../lib/core/index.js";
import { isNdArray, type NdArray, shown } from "../../lib/nd/index.js";
import { stack } from "../shaping/joining.js";
import { runPair } from "../support/run-rule.js";
import { type Plan, planned, type Tolerances } from "./adaptive-steps.js";
import { adjointCotangents, type Integrate } from "./adjoint.js";
import { differenceOf } from "./alike.js";
import { replayed, type Slope } from "./dormand-prince.js";
import { cotangentLike, inKindsOf, widened } from "./precision.js";
import type { IsStill } from "./still.js";

/** How an initial value problem is solved, and how its pullback goes. */
export interface OdeOptions {
  /** The relative error that a step may have; 1e-8 when absent. */
  readonly rtol?: number | undefined;
  /** What is added to that; 1e-10 when absent. */
  readonly atol?: number | undefined;
  /** Whether the pullback integrates the continuous adjoint backwards, which keeps nothing of the way; false when absent. */
  readonly adjoint?: boolean | undefined;
}

type Times = AnyArray | readonly Scalar[];

/** The states at all times: an array for a number or an array, a list for a structure; plain where nothing is traced. */
export type Trajectory<Y, Moving extends boolean> = Y extends Operand ? (Moving extends true ? AnyArray : NdArray) : Lifted<Widened<Y>>[];

/** Solves initial value problems. */
export type OdeSolver = <Y, T extends Times, P = undefined>(
  f: (y: Lifted<Widened<Y>>, t: Scalar, params: Lifted<Widened<P>>) => unknown,
  y0: Y,
  ts: T,
  params?: P,
  options?: OdeOptions,
) => Trajectory<Y, [IsStill<Y>, IsStill<T>, IsStill<P>] extends [true, true, true] ? false : true>;

type Problem = readonly [f: AnyFunction, y0: unknown, ts: Times, params?: unknown, options?: OdeOptions];

function timesOf(ts: Times): readonly Scalar[] {
  if (!isNdArray(ts) && !Array.isArray(ts)) throw new TypeError(`odeint: ts is ${describe(ts)}; give an array of times, or a list of them`);
  if (isNdArray(ts) && ts.dimension !== 1) throw new RangeError(`odeint: ts is ${describe(ts)}; give a vector of times`);
  const times = isNdArray(ts) ? elementsOf(ts as AnyArray) : (ts as readonly Scalar[]);
  if (times.length === 0) throw new RangeError("odeint: ts is empty; give at least the time of y0");
  times.forEach((time, k) => {
    if (!isScalar(time)) throw new TypeError(`odeint: ts has ${describe(time)} at place ${k}; give numbers`);
    const t = primal(time);
    if (!Number.isFinite(t) || (k > 0 && !(t > primal(times[k - 1] as Scalar))))
      throw new RangeError(
        `odeint: ts has ${t} at place ${k}${k > 0 ? ` after ${primal(times[k - 1] as Scalar)}` : ""}; give finite times that increase`,
      );
  });
  return times;
}

function tolerancesOf(options: OdeOptions | undefined): Tolerances {
  const { rtol = 1e-8, atol = 1e-10, adjoint = false } = optionsFor("odeint", options, "rtol, atol, adjoint");
  for (const [name, value] of Object.entries({ rtol, atol })) {
    if (typeof value !== "number" || !(value >= 0 && value < Number.POSITIVE_INFINITY))
      throw new RangeError(`odeint: ${name} = ${shown(value)}; give a number of at least 0`);
  }
  if (rtol < 1e-14) throw new RangeError(`odeint: rtol = ${rtol} is less than rounding; give at least 1e-14`);
  if (typeof adjoint !== "boolean") throw new TypeError(`odeint: adjoint is ${shown(adjoint)}; give true or false`);
  return { rtol, atol };
}

/** What f returned, when it has the structure of the state. */
function slopeLike(y: unknown, dy: unknown): unknown {
  const difference = differenceOf(y, dy);
  if (difference === undefined) return dy;
  const { path, expected, came } = difference;
  throw new TypeError(`odeint: f returned ${came} where y${path} is ${expected}; return dy/dt, of the structure of y`);
}

/** (y, t) => dy/dt for these parameters. */
function slopeOf(f: AnyFunction, params: unknown): Slope {
  return (y, t) => slopeLike(y, f(y, t, params));
}

/** The integration on plain numbers. Inside a rule f may close over what outer calls trace, and `foreign` is told so. */
function planOf(f: AnyFunction, y0: unknown, ts: readonly Scalar[], params: unknown, tolerances: Tolerances, foreign: () => void): Plan {
  const slope = slopeOf(primal(f), handedOut(primal(params)));
  const plain: Slope = (y, t) => {
    const dy = slope(y, t);
    if (levelOf(dy)?.ad === undefined) return dy;
    foreign();
    return primal(dy);
  };
  return planned(
    "odeint",
    plain,
    primal(y0),
    ts.map((t) => primal(t)),
    tolerances,
  );
}

/** The states as they are returned: an array with one more axis in front for a number or an array, a list for a structure. */
function trajectory(y0: unknown, states: readonly unknown[]): unknown {
  const [first] = states;
  if (isNdArray(first)) return inKindsOf(y0, stack(states as AnyArray[]));
  if (isDifferentiable(first)) return fromElements(states as Scalar[], [states.length]);
  return states.map((state) => inKindsOf(y0, state));
}

function refuse(): never {
  throw new NotTraceableError(
    "odeint: f closes over a traced value, by which y could not be differentiated; pass that value in params, odeint(f, y0, ts, params)",
  );
}

/** The solution on plain numbers. */
function solve(...[f, y0, ts, params, options]: Problem): unknown {
  expectFunction("odeint", "f", f, "a function, (y, t, params) => dy/dt");
  if (!isDifferentiable(y0) && !isNdArray(y0) && !isStructure(y0))
    throw new TypeError(`odeint: y0 is ${describe(y0)}; give a number, an array, or a structure of them`);
  const times = timesOf(ts);
  return trajectory(y0, planOf(f, widened(y0), times, params, tolerancesOf(options), refuse).states);
}

/** The solution with given steps. */
function retraced({ fractions }: Plan): AnyFunction {
  return (...[f, y0, ts, params]: Problem) => trajectory(y0, replayed(slopeOf(f, params), widened(y0), timesOf(ts), fractions));
}

/** The reverse half by the continuous adjoint. */
function adjointRrule(ad: Differentiator, ...args: Problem): readonly [y: unknown, pullback: (ybar: unknown) => unknown[]] {
  const [f, y0, ts, params, options] = args;
  const tolerances = tolerancesOf(options);
  const integrated = (g: AnyFunction, start: unknown, times: readonly Scalar[], own: unknown): readonly unknown[] => {
    let outer = levelOf([start, times, own, g]) !== undefined;
    const { states, fractions } = planOf(g, start, times, own, tolerances, () => {
      outer = true;
    });
    return outer ? replayed(slopeOf(g, own), start, times, fractions) : states;
  };
  const integrate: Integrate = (slope, start, times) => integrated(slope, start, times, undefined);
  const times = timesOf(ts);
  const states = integrated(f, widened(y0), times, params);
  const partOf = (ybar: unknown, k: number): unknown => {
    if (!isNdArray(ybar)) return (ybar as unknown[])[k];
    return ybar.dimension === 1 ? ybar.get(k) : ybar.pick(k);
  };
  return [
    trajectory(y0, states),
    function odeintPullback(ybar: unknown) {
      const ybars = times.map((_, k) => widened(partOf(ybar, k)));
      const bars = adjointCotangents(ad, { f, params, times, states }, integrate, ybars);
      const listed = Array.isArray(ts);
      const tsbar = listed ? bars.times : cotangentLike(ts, fromElements(bars.times, [times.length]));
      return [NoTangent, bars.f, cotangentLike(y0, bars.y0), tsbar, bars.params, NoTangent].slice(0, args.length + 1);
    },
  ];
}

function pairOf(ad: Differentiator): RulePair {
  const discrete = ([f, y0, ts, params, options]: Problem): RulePair => {
    const plan = planOf(f, widened(y0), timesOf(ts), params, tolerancesOf(options), () => undefined);
    return runPair(ad, retraced(plan), 4);
  };
  return {
    frule: (tangents: unknown, ...args: Problem) => (discrete(args).frule as AnyFunction)(tangents, ...args),
    rrule: (...args: Problem) => (args[4]?.adjoint ? adjointRrule(ad, ...args) : (discrete(args).rrule as AnyFunction)(...args)),
  };
}

/**
 * The solution of dy/dt = f(y, t, params), y(ts[0]) = y0, at the times ts, by the Dormand–Prince method of order 5(4) with steps that their
 * error decides; a step ends exactly at each time.
 *   ẏ, and ȳ0, t̄s, p̄ by default: of what was computed, its steps being fixed fractions of the times between outputs; exact to rounding
 *   ȳ0, t̄s, p̄ with { adjoint: true }: by integrating the adjoint backwards; nothing of the way is kept, exact to the tolerances
 * Every order follows in both ways. f's own parameters count as parameters where it is a callable.
 * @param f      (y, t, params) => dy/dt, of the structure of y; params is all that it may be traced by: a traced value of the running call
 *               that it closes over is refused
 * @param y0     a number, an array, or a structure of them
 * @param ts     a vector or a list of times that increase, the first of which is that of y0
 * @param params any structure
 * @param options rtol, atol: the error of each step is at most atol + rtol |y|, as the root of the mean square over entries
 * @returns      for a number or an array one more axis in front, as long as ts; for a structure a list of states
 * @throws {RangeError} when times do not increase, a tolerance is negative, or the solution cannot be continued (steps become too small, or
 *               there are too many)
 * @throws {TypeError} when f is no function or returns another structure than that of y
 * Source: E. Hairer, S. P. Nørsett, G. Wanner, Solving Ordinary Differential Equations I, Springer (1993), section II.4.
 */
export const odeint: OdeSolver = defineRule(solve as AnyFunction, pairOf, { name: "odeint", still: [4], zeros: "symbolic" }) as AnyFunction;
