import { isScalar, NoTangent } from "../../lib/core/index.js";
import { isNdArray } from "../../lib/nd/index.js";

/**
 * The cotangent of options that move, as the end of what a pullback returns: a record of the fields that the call was given, `NoTangent` for
 * those that do not move. Nothing where none of them does: options stand last, and what is left out there does not move.
 * @param bars the cotangents by the name of the field, as thunks; they are for numbers and arrays
 */
export function optionsCotangent(options: object | undefined, bars: Readonly<Record<string, unknown>>): readonly unknown[] {
  const fields = Object.entries(options ?? {}).map(([name, given]): [string, unknown] => [
    name,
    isScalar(given) || isNdArray(given) ? (bars[name] ?? NoTangent) : NoTangent,
  ]);
  return fields.every(([, bar]) => bar === NoTangent) ? [] : [Object.fromEntries(fields)];
}
