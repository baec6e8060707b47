import { type AnyArray, type AnyFunction, defineRule, NoTangent, primal, type Pullback, rrule } from "../../lib/core/index.js";
import type { NdArray } from "../../lib/nd/index.js";
import { takePositions } from "../positions.js";

/** Where a function reads its results: row-major positions in its argument, and the results' shape (a number where absent). */
export interface Critical {
  readonly positions: Int32Array;
  readonly shape?: readonly number[] | undefined;
}

/**
 * The rule of a function that finds by a search which entries of its first argument decide its results, and returns these. Once they are
 * found it is linear: tangents are read at the same positions, cotangents added there, at every order; the search runs once, on plain
 * numbers.
 *   ẏ = ẋ[critical]              x̄[critical] += ȳ
 * @param find the search: (x, ...rest) => positions
 */
export function criticalRule<F extends AnyFunction>(f: F, find: (x: NdArray, ...rest: never[]) => Critical, options: { name: string }): F {
  const search = find as (x: unknown, ...rest: unknown[]) => Critical;
  const frule = ([, dx]: readonly AnyArray[], x: AnyArray, ...rest: unknown[]): [unknown, unknown] => {
    const { positions, shape } = search(primal(x), ...rest);
    return [takePositions(x, positions, shape), takePositions(dx as AnyArray, positions, shape)];
  };
  const reverse = (x: AnyArray, ...rest: unknown[]): [unknown, Pullback] => {
    const { positions, shape } = search(primal(x), ...rest);
    const [y, back] = rrule(takePositions, x, positions, shape) as readonly [unknown, Pullback];
    return [y, (ybar) => [NoTangent, back(ybar)[1]]];
  };
  return defineRule(f, { frule, rrule: reverse } as never, options);
}
