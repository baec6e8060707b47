import { type AnyArray, defineRule, describe, primal, type Scalar } from "../../lib/core/index.js";
import { extremePosition, isNdArray, type NdArray } from "../../lib/nd/index.js";
import { type Selection, selectionRule } from "../support/positions.js";
import { refuseEmpty } from "./ranges.js";

/** The greatest entry of an array. */
export interface GreatestEntry {
  (x: NdArray): number;
  (x: AnyArray): Scalar;
}

function check(x: unknown): void {
  if (!isNdArray(x)) throw new TypeError(`mymaximum: x is ${describe(x)}; a vector or a matrix is needed`);
  refuseEmpty("mymaximum", "x", x as AnyArray);
}

/** The greatest entry, by a walk in row-major order: the first of equals, and the first NaN before all numbers. */
function greatest(x: AnyArray): Scalar {
  let best: Scalar | undefined;
  let most = Number.NEGATIVE_INFINITY;
  const look = (entry: Scalar): void => {
    const value = primal(entry);
    if (best !== undefined && (value <= most || Number.isNaN(most))) return;
    best = entry;
    most = value;
  };
  const walk = (view: AnyArray): void => {
    if (view.dimension === 0) look(view.get());
    else if (view.dimension === 1) for (let i = 0; i < (view.shape[0] as number); i++) look(view.get(i));
    else for (let i = 0; i < (view.shape[0] as number); i++) walk(view.pick(i));
  };
  walk(x);
  return best as Scalar;
}

/**
 * The greatest entry of a vector or a matrix: one search, whose position is kept for the pullback.
 *   ẏ = ẋ[p]                     x̄[p] = ȳ, 0 elsewhere, p the position of that entry
 * Of equal entries the first in row-major order counts (the seed's Julia counts by columns, so it may name another one of them). NaN
 * counts as greatest, the first NaN before later ones.
 * @param x any number of axes
 * @throws {RangeError} when x has no entries
 * Source: lab 09, "Maximum".
 */
export const mymaximum: GreatestEntry = defineRule(
  (x: AnyArray) => {
    check(x);
    return greatest(x);
  },
  selectionRule((x): Selection => {
    check(x);
    return { positions: Int32Array.of(extremePosition(x, "max", "mymaximum")), shape: undefined };
  }),
  { name: "mymaximum" },
);
