import { isScalar } from "../../lib/core/index.js";
import { isNdArray } from "../../lib/nd/index.js";

/**
 * The cotangent of options that move, as the end of what a pullback returns: a record of those fields that the call was given as numbers or
 * arrays. Nothing where there are none: options stand last, and what is left out there does not move.
 * @param bars the cotangents by the name of the field, as thunks
 */
export function optionsCotangent(options: object | undefined, bars: Readonly<Record<string, unknown>>): readonly unknown[] {
  if (options === undefined) return [];
  const moving = Object.entries(bars).filter(([name]) => {
    const given = (options as Record<string, unknown>)[name];
    return isScalar(given) || isNdArray(given);
  });
  return moving.length === 0 ? [] : [Object.fromEntries(moving)];
}
