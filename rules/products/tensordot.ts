import { formatShape, normalizeAxis, numbersFor, shown } from "../../lib/nd/index.js";
import type { Axes } from "../support/reduce-options.js";
import { contractionRule, type Product } from "./contraction-rule.js";
import { namesFrom } from "./dot.js";

/** Which axes are summed: how many, the last of a with the first of b, or those of a and those of b, in pairs. */
export type TensordotAxes = number | readonly [ofA: Axes, ofB: Axes];

/** One operand's axes that are summed, counted from the front. */
function named(axes: unknown, which: string, rank: number): number[] {
  const list = numbersFor("tensordot", `axes of ${which}`, axes).map((axis) => normalizeAxis(`tensordot: axes of ${which}`, axis, rank));
  const twice = list.find((axis, k) => list.indexOf(axis) !== k);
  if (twice !== undefined) throw new RangeError(`tensordot: axes of ${which}: axis ${twice} is named twice; name each axis once`);
  return list;
}

/** The pairs of axes that are summed. */
function pairsOf(a: readonly number[], b: readonly number[], axes: TensordotAxes): readonly [number[], number[]] {
  if (typeof axes === "number") {
    if (!Number.isInteger(axes) || axes < 0 || axes > Math.min(a.length, b.length)) {
      throw new RangeError(
        `tensordot: axes = ${axes} for shapes ${formatShape(a)} and ${formatShape(b)}; give how many to sum over, an integer from 0 to ${Math.min(a.length, b.length)}`,
      );
    }
    return [namesFrom(a.length - axes, axes), namesFrom(0, axes)];
  }
  if (!Array.isArray(axes) || axes.length !== 2)
    throw new TypeError(`tensordot: axes is ${shown(axes)}; give how many to sum over, or a pair, [axes of a, axes of b]`);
  const pairs = [named(axes[0], "the first", a.length), named(axes[1], "the second", b.length)] as const;
  if (pairs[0].length !== pairs[1].length)
    throw new RangeError(`tensordot: axes names ${pairs[0].length} of the first and ${pairs[1].length} of the second; name as many`);
  return pairs;
}

/**
 * The sum of products over pairs of axes, as NumPy's `tensordot`: y has the axes of a that are left, then those of b. A number when none
 * are.
 *   ẏ = tensordot(ȧ, b) + tensordot(a, ḃ)   ā = Σ ȳ b,  b̄ = Σ ȳ a, over the axes of the other one that are left
 * @param axes how many: the last ones of a with the first ones of b (2 when absent); or a pair of lists, the axes of a and those of b
 * @throws {RangeError} when an axis does not exist or is named twice, the lists differ in length, or extents that are summed differ
 */
export const tensordot: Product<[axes?: TensordotAxes]> = contractionRule("tensordot", (a, b, axes: TensordotAxes = 2) => {
  const [ofA, ofB] = pairsOf(a, b, axes);
  const left = namesFrom(0, a.length);
  const right = namesFrom(a.length, b.length);
  ofA.forEach((axis, k) => {
    const other = ofB[k] as number;
    if (a[axis] !== b[other]) {
      throw new RangeError(
        `tensordot: axis ${axis} of the first has ${a[axis]} entries, axis ${other} of the second has ${b[other]}; make them equal`,
      );
    }
    right[other] = axis;
  });
  return {
    left,
    right,
    out: [...left.filter((_, k) => !ofA.includes(k)), ...right.filter((_, k) => !ofB.includes(k))],
    shape: [...a.filter((_, k) => !ofA.includes(k)), ...b.filter((_, k) => !ofB.includes(k))],
  };
});
