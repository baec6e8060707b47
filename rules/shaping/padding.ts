import {
  type AnyArray,
  defineRule,
  fieldOf,
  frule,
  inplaceable,
  isScalar,
  linearRule,
  NoTangent,
  optionsFor,
  type Pullback,
  rrule,
  type Scalar,
  thunk,
  ZeroTangent,
} from "../../lib/core/index.js";
import { addInto, copyInto, expectSize, floatDType, type NdArray, packed, sameStore, shown, sumData, zerosOf } from "../../lib/nd/index.js";
import { optionsCotangent } from "../support/options-cotangent.js";
import { takePositions } from "../support/positions.js";
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

function padded(x: NdArray, value: number, widths: PadWidths): NdArray {
  const pairs = pairsOf(arrayFor("pad", x), widths);
  const shape = x.shape.map(
    (extent, k) => extent + (pairs[k] as readonly [number, number])[0] + (pairs[k] as readonly [number, number])[1],
  );
  expectSize("pad", shape);
  const y = zerosOf(shape, floatDType(x.dtype));
  if (value !== 0) (y.data as Float64Array).fill(value);
  copyInto(inner(y, x, pairs), x);
  return y;
}

/** Pads with one value. */
interface PadWith {
  (x: NdArray, value: number, widths: PadWidths): NdArray;
  (x: AnyArray, value: Scalar, widths: PadWidths): AnyArray;
}

/** Padding as a map that is linear in x and the value together. */
const padWith: PadWith = linearRule(
  padded,
  (ybar: NdArray, x: NdArray, _: number, widths: PadWidths) => {
    const view = inner(ybar, x, pairsOf(x, widths));
    return [
      inplaceable(
        (acc) => addInto(acc, view),
        () => packed(view),
      ),
      thunk(() => sumData(ybar) - sumData(view)),
    ];
  },
  { name: "padWith", linearIn: [0, 1] },
);

function constantOf(options: PadOptions | undefined): Scalar {
  const { mode = "constant", value = 0 } = optionsFor("pad", options, "mode, value");
  if (mode !== "constant" && !isCopyMode(mode)) {
    const came = typeof mode === "string" ? JSON.stringify(mode) : shown(mode);
    throw new RangeError(`pad: mode = ${came} is not there; use "constant", "edge", "reflect", "symmetric" or "wrap"`);
  }
  if (!isScalar(value)) throw new TypeError(`pad: value is ${shown(value)}; give a number`);
  return value;
}

/** Padding with copies of entries, as a selection of them; undefined where a value is added. */
function copiesOf(x: AnyArray, widths: PadWidths, options: PadOptions | undefined): readonly [Int32Array, readonly number[]] | undefined {
  constantOf(options);
  const mode = options?.mode;
  if (!isCopyMode(mode)) return undefined;
  const { positions, shape } = copiedPositions(x.shape, pairsOf(arrayFor("pad", x as NdArray), widths), mode);
  return [positions, shape];
}

/**
 * x with entries of one value, or copies of its own, added before and after, along each axis.
 *   ẏ = pad(ẋ, widths) with v̇ around it     x̄ = ȳ without what was added, v̄ = Σ of that; ȳ of copies goes to their originals
 * @param widths how many: one number, one pair [before, after] for all axes, or a list of pairs, one for each axis
 * @throws {RangeError} when a width is not an integer, 0 or more, the pairs do not match the axes, or an empty axis
 *         is to be padded with copies
 */
export const pad: Rearrangement<[widths: PadWidths, options?: PadOptions]> = defineRule(
  (x: NdArray, widths: PadWidths, options?: PadOptions) => {
    const copies = copiesOf(arrayFor("pad", x), widths, options);
    return copies === undefined ? padded(x, constantOf(options) as number, widths) : takePositions(x, ...copies);
  },
  {
    frule: ([, dx, , doptions]: readonly unknown[], x: AnyArray, widths: PadWidths, options?: PadOptions) => {
      const copies = copiesOf(x, widths, options);
      const moved =
        copies === undefined
          ? frule([NoTangent, dx, fieldOf(doptions ?? NoTangent, "value")], padWith, x, constantOf(options), widths)
          : frule([NoTangent, dx, NoTangent, NoTangent], takePositions, x, ...copies);
      return moved as readonly [unknown, unknown];
    },
    rrule: (x: AnyArray, widths: PadWidths, options?: PadOptions) => {
      const copies = copiesOf(x, widths, options);
      const [y, back] = (
        copies === undefined ? rrule(padWith, x, constantOf(options), widths) : rrule(takePositions, x, ...copies)
      ) as readonly [unknown, Pullback];
      return [
        y,
        function padPullback(ybar: AnyArray) {
          const [, xbar, value] = back(ybar);
          return [NoTangent, xbar, NoTangent, ...optionsCotangent(options, { value: copies === undefined ? value : ZeroTangent })];
        },
      ];
    },
  },
  { name: "pad", still: [1] },
);
