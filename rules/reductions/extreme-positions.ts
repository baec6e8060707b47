import {
  type AnyArray,
  type AnyFunction,
  defineRule,
  describe,
  fieldOf,
  isZero,
  NoTangent,
  type Operand,
  type Pullback,
  primal,
  rrule,
  type Scalar,
  ZeroTangent,
} from "../../lib/core/index.js";
import { type Extreme, extremePosition, lineExtremes, type NdArray, positionsInLines, rowMajor } from "../../lib/nd/index.js";
import { entriesAt, takePositions } from "../support/positions.js";
import { arrayFor, isWhole, reducedBy } from "../support/reduce-options.js";

/** Where an extreme is looked for: along one axis, or in the whole array when it is absent. */
export interface FindOptions {
  readonly axis?: number | undefined;
  /** Whether the reduced axes stay, with extent 1. */
  readonly keepDims?: boolean | undefined;
}

/** Options under which an array is left. */
type Partly = FindOptions & ({ readonly axis: number } | { readonly keepDims: true });

/** The extremes with their positions: two numbers (the first traced for a traced array) without options, else two arrays. */
export interface FindExtreme {
  (x: NdArray): [value: number, position: number];
  (x: AnyArray): [value: Scalar, position: number];
  (x: NdArray, options: Partly): [values: NdArray, positions: NdArray];
  (x: AnyArray, options: Partly): [values: AnyArray, positions: NdArray];
  (x: NdArray, options?: FindOptions): [values: number | NdArray, positions: number | NdArray];
  (x: AnyArray, options?: FindOptions): [values: Operand, positions: number | NdArray];
}

/** What was found: the positions in the whole array with the shape of the result (none for a number), and as the caller gets them. */
interface Found {
  readonly entries: Int32Array;
  readonly shape: readonly number[] | undefined;
  readonly positions: number | NdArray;
}

function findExtreme(name: string, which: Extreme): FindExtreme {
  const find = (x: NdArray, options: FindOptions | undefined): Found => {
    const named: unknown = options?.axis;
    if (named !== undefined && typeof named !== "number" && Array.isArray(named))
      throw new TypeError(`${name}: axis is ${describe(named)}; a position counts along one axis: give one, or none for the whole array`);
    const { axes, shape } = reducedBy(name, arrayFor(name, x).shape, options);
    if (named === undefined) {
      const position = extremePosition(x, which, name);
      const entries = Int32Array.of(position);
      return { entries, shape, positions: isWhole(options) ? position : rowMajor(entries.slice(), shape as readonly number[]) };
    }
    const { places } = lineExtremes(x, axes, which, name);
    return { entries: positionsInLines(places, x.shape, axes), shape, positions: rowMajor(places, shape as readonly number[]) };
  };
  return defineRule(
    ((x: NdArray, options?: FindOptions) => {
      const { entries, shape, positions } = find(x, options);
      return [entriesAt(x, entries, shape), positions];
    }) as FindExtreme,
    {
      frule: ([, dx], x: AnyArray, options?: FindOptions) => {
        const { entries, shape, positions } = find(primal(x), options);
        return [
          [takePositions(x, entries, shape), positions],
          [isZero(dx) ? dx : takePositions(dx as AnyArray, entries, shape), typeof positions === "number" ? ZeroTangent : NoTangent],
        ];
      },
      rrule: (x: AnyArray, options?: FindOptions) => {
        const { entries, shape, positions } = find(primal(x), options);
        const [values, back] = rrule(takePositions as AnyFunction, x, entries, shape) as readonly [unknown, Pullback];
        return [
          [values, positions],
          function findPullback(ybar: unknown) {
            const valuesbar = fieldOf(ybar, 0);
            return [NoTangent, isZero(valuesbar) ? valuesbar : back(valuesbar)[1]];
          },
        ];
      },
    },
    {
      name,
      still: [1],
      // Engines trace every number of a result; a position is plain, so that it can be an index.
      dispatch: (general: FindExtreme, _rule) =>
        ((x: NdArray, options?: FindOptions) => {
          const [values, position] = general(x, options);
          return [values, primal(position as Operand)];
        }) as FindExtreme,
    },
  ) as FindExtreme;
}

/**
 * The largest entries with their positions: `[max, argmax]` in one pass, along an axis or of the whole array. Positions are integers that do
 * not move: indices along the axis (an int32 array), or without an axis the row-major position in the whole array. Ties and NaN as in `max`.
 *   [ẏ, 0] = [ẋ[k], 0], k the places       x̄[k] = ȳ, 0 elsewhere
 * @throws {RangeError} when the axis does not exist, or there are no entries
 */
export const findmax: FindExtreme = findExtreme("findmax", "max");

/** The smallest entries with their positions; otherwise as `findmax`. */
export const findmin: FindExtreme = findExtreme("findmin", "min");
