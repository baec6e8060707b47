import {
  type AnyArray,
  add,
  elementsOf,
  fromElements,
  isDifferentiable,
  levelOf,
  mapStructure,
  type Scalar,
} from "../../lib/core/index.js";
import { isNdArray, type NdArray, packedData } from "../../lib/nd/index.js";
import { mul } from "../elementwise/index.js";
import { combination } from "./combination.js";

/** dy/dt at a state and a time. */
export type Slope = (y: unknown, t: Scalar) => unknown;

/** Where each stage stands in a step, and the weights of the slopes before it. */
const stages: readonly (readonly [place: number, weights: readonly number[]])[] = [
  [1 / 5, [1 / 5]],
  [3 / 10, [3 / 40, 9 / 40]],
  [4 / 5, [44 / 45, -56 / 15, 32 / 9]],
  [8 / 9, [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729]],
  [1, [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656]],
];

/** Of the fifth order, at the end of a step. */
const ending: readonly number[] = [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84];

/** By how much it differs from the fourth order, the slope at the end included. */
export const errorWeights: readonly number[] = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

/** Up to so many traced entries, operations on numbers cost less than one on arrays. */
const FEW = 16;

/** y + h Σ wₖ kₖ for each part of a state. */
export function advanced(y: unknown, h: Scalar, slopes: readonly unknown[], weights: readonly number[]): unknown {
  const which = weights.flatMap((weight, k) => (weight === 0 ? [] : [k]));
  const factors = which.map((k) => weights[k] as number);
  const number = (entry: Scalar, ks: readonly Scalar[]): Scalar => {
    let sum: Scalar = mul(factors[0] as number, ks[0] as Scalar);
    for (let k = 1; k < ks.length; k++) sum = add(sum, mul(factors[k] as number, ks[k] as Scalar));
    return add(entry, mul(h, sum));
  };
  return mapStructure(
    (leaf, ...ks) => {
      if (!isDifferentiable(leaf)) return leaf;
      if (!isNdArray(leaf)) return number(leaf as Scalar, ks as Scalar[]);
      const { size, shape } = leaf as AnyArray;
      if (size > FEW || levelOf([leaf, h, ks]) === undefined) return combination(leaf as AnyArray, h, ks as AnyArray[], factors);
      const lists = ks.map((k) => elementsOf(k as AnyArray));
      return fromElements(
        elementsOf(leaf as AnyArray).map((entry, n) =>
          number(
            entry,
            lists.map((list) => list[n] as Scalar),
          ),
        ),
        shape,
      );
    },
    y,
    ...which.map((k) => slopes[k]),
  );
}

/** A step: where it ends, and the seven slopes on the way, the last of which is the next step's first. */
export interface Step {
  readonly y: unknown;
  readonly slopes: readonly unknown[];
}

/**
 * One step of the Dormand–Prince method of fifth order, from y at time t by h.
 * @param first the slope at y
 * Source: J. R. Dormand, P. J. Prince, "A family of embedded Runge–Kutta formulae", J. Comput. Appl. Math. 6 (1980).
 */
export function stepped(slope: Slope, y: unknown, t: Scalar, h: Scalar, first: unknown): Step {
  const slopes = [first];
  for (const [place, weights] of stages) slopes.push(slope(advanced(y, h, slopes, weights), add(t, mul(place, h))));
  const end = advanced(y, h, slopes, ending);
  slopes.push(slope(end, add(t, h)));
  return { y: end, slopes };
}

/** The state at each time, by steps that are given as fractions of the intervals between times, the last one of each 1. */
export function replayed(slope: Slope, y0: unknown, ts: readonly Scalar[], fractions: readonly (readonly number[])[]): unknown[] {
  const states = [y0];
  if (ts.length === 1) return states;
  let y = y0;
  let first = slope(y0, ts[0] as Scalar);
  fractions.forEach((ends, k) => {
    const interval = intervalOf(ts[k] as Scalar, ts[k + 1] as Scalar);
    let from = 0;
    for (const to of ends) {
      const { y: end, slopes } = stepped(slope, y, timeAt(interval, from), mul(to - from, interval.span), first);
      y = end;
      first = slopes[6];
      from = to;
    }
    states.push(y);
  });
  return states;
}

/** The time from one output to the next. */
export interface Interval {
  readonly start: Scalar;
  readonly span: Scalar;
}

export function intervalOf(start: Scalar, end: Scalar): Interval {
  return { start, span: add(end, mul(-1, start)) };
}

export function timeAt({ start, span }: Interval, fraction: number): Scalar {
  return fraction === 0 ? start : add(start, mul(fraction, span));
}

/** The numbers of a plain state, in order. */
export function numbersOf(state: unknown): Float64Array {
  const numbers: number[] = [];
  mapStructure((leaf) => {
    if (typeof leaf === "number") numbers.push(leaf);
    else if (isNdArray(leaf)) for (const entry of packedData(leaf as NdArray, "float64")) numbers.push(entry);
    return leaf;
  }, state);
  return Float64Array.from(numbers);
}
