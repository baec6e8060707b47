import {
  type AnyArray,
  type AnyFunction,
  byFrule,
  byRrule,
  defineRule,
  fieldOf,
  isScalar,
  linearRule,
  NoTangent,
  optionsFor,
  type Scalar,
  thunk,
  ZeroTangent,
} from "../../lib/core/index.js";
import { copyInto, expectSize, floatDType, type NdArray, packed, sameStore, shown, sumData, zerosOf } from "../../lib/nd/index.js";
import { optionsCotangent } from "../support/options-cotangent.js";
import { spreadTo, takePositions } from "../support/positions.js";
import { arrayFor } from "../support/reduce-options.js";
import type { Rearrangement } from "./axes.js";
import { type CopyMode, copiedPositions, isCopyMode } from "./pad-modes.js";

/** How many entries to add before and after: one number, one pair for all axes, or a pair for each. */
export type PadWidths = number | readonly [before: number, after: number] | readonly (readonly [before: number, after: number])[];

/** What to add. */
export interface PadOptions {
  /** "constant" when absent. "edge" repeats the outermost entry, "reflect" and "symmetric" mirror without and with it, "wrap" goes round. */
  readonly mode?: "constant" | CopyMode | undefined;
  /** 0 when absent. Differentiable too. */
  readonly value?: Scalar | undefined;
}

/** The pair of each axis. */
function pairsOf(x: NdArray, widths: PadWidths): (readonly [before: number, after: number])[] {
  if (typeof widths !== "number" && !Array.isArray(widths))
    throw new TypeError(`pad: widths is ${shown(widths)}; give a number, a pair [before, after], or a pair for each axis`);
  const list = typeof widths === "number" ? [[widths, widths] as const] : typeof widths[0] === "number" ? [widths] : widths;
  const pairs = list as readonly (readonly [number, number])[];
  if (pairs.length !== 1 && pairs.length !== x.dimension) {
    throw new RangeError(`pad: ${pairs.length} pairs of widths for ${x.dimension} axes; give one for all, or one for each axis`);
  }
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2 || !pair.every((width) => Number.isInteger(width) && width >= 0)) {
      const came = Array.isArray(pair) ? `[${pair.map(shown).join(",")}]` : shown(pair);
      throw new RangeError(`pad: widths ${came}; give pairs [before, after] of integers, 0 or more`);
    }
  }
  return x.shape.map((_, k) => pairs[pairs.length === 1 ? 0 : k] as readonly [number, number]);
}

/** The part of a padded array that holds the entries of x. */
function inner(padded: NdArray, x: NdArray, pairs: readonly (readonly [before: number, after: number])[]): NdArray {
  let { offset } = padded;
  for (let k = 0; k < pairs.length; k++) offset += (pairs[k] as readonly [number, number])[0] * (padded.stride[k] as number);
  return sameStore(padded, x.shape, padded.stride, offset);
}

/** How an array is to be padded. */
interface Plan {
  readonly pairs: readonly (readonly [before: number, after: number])[];
  readonly shape: readonly number[];
  /** Where the entries come from, in row-major order; absent where a value is added. */
  readonly positions: Int32Array | undefined;
}

function planOf(x: NdArray, widths: PadWidths, options: PadOptions | undefined): readonly [value: Scalar, plan: Plan] {
  const { mode = "constant", value = 0 } = optionsFor("pad", options, "mode, value");
  if (mode !== "constant" && !isCopyMode(mode)) {
    const came = typeof mode === "string" ? JSON.stringify(mode) : shown(mode);
    throw new RangeError(`pad: mode = ${came} is not there; use "constant", "edge", "reflect", "symmetric" or "wrap"`);
  }
  if (!isScalar(value)) throw new TypeError(`pad: value is ${shown(value)}; give a number`);
  const pairs = pairsOf(arrayFor("pad", x), widths);
  const shape = x.shape.map((extent, k) => {
    const [before, after] = pairs[k] as readonly [number, number];
    return extent + before + after;
  });
  expectSize("pad", shape);
  return [value, { pairs, shape, positions: mode === "constant" ? undefined : copiedPositions(x.shape, pairs, shape, mode) }];
}

/** Pads as planned. */
interface PadBy {
  (x: NdArray, value: number, plan: Plan): NdArray;
  (x: AnyArray, value: Scalar, plan: Plan): AnyArray;
}

/** Padding as a map that is linear in x and the value together. */
const padBy: PadBy = linearRule(
  (x: NdArray, value: number, { pairs, shape, positions }: Plan) => {
    if (positions !== undefined) return takePositions(x, positions, shape);
    const y = zerosOf(shape, floatDType(x.dtype));
    if (value !== 0) (y.data as Float64Array).fill(value);
    copyInto(inner(y, x, pairs), x);
    return y;
  },
  (ybar: NdArray, x: NdArray, _: number, { pairs, positions }: Plan) => {
    if (positions !== undefined) return [spreadTo(positions, ybar, x), ZeroTangent];
    const view = inner(ybar, x, pairs);
    return [thunk(() => packed(view)), thunk(() => sumData(ybar) - sumData(view))];
  },
  { name: "padBy", linearIn: [0, 1] },
);

/**
 * x with entries of one value, or copies of its own, added before and after, along each axis.
 *   ẏ = pad(ẋ, widths) with v̇ around it     x̄ = ȳ without what was added, v̄ = Σ of that; ȳ of copies goes to their originals
 * @param widths how many: one number, one pair [before, after] for all axes, or a list of pairs, one for each axis
 * @throws {RangeError} when a width is not an integer, 0 or more, the pairs do not match the axes, or an empty axis
 *         is to be padded with copies
 */
export const pad: Rearrangement<[widths: PadWidths, options?: PadOptions]> = defineRule(
  (x: NdArray, widths: PadWidths, options?: PadOptions) => padBy(x, ...(planOf(x, widths, options) as [number, Plan])),
  {
    frule: ([, dx, , doptions]: readonly unknown[], x: AnyArray, widths: PadWidths, options?: PadOptions) =>
      byFrule([NoTangent, dx, fieldOf(doptions ?? NoTangent, "value")], padBy as AnyFunction, x, ...planOf(x as NdArray, widths, options)),
    rrule: (x: AnyArray, widths: PadWidths, options?: PadOptions) => {
      const [y, back] = byRrule(padBy as AnyFunction, x, ...planOf(x as NdArray, widths, options));
      return [
        y,
        function padPullback(ybar: AnyArray) {
          const [, xbar, value] = back(ybar);
          return [NoTangent, xbar, NoTangent, ...optionsCotangent(options, { value })];
        },
      ];
    },
  },
  { name: "pad", still: [1] },
);
