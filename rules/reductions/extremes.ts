import {
  type AnyArray,
  defineRule,
  describe,
  isScalar,
  isZero,
  NoTangent,
  nonDifferentiable,
  type Operand,
  optionsFor,
  primal,
  type Scalar,
  ZeroTangent,
} from "../../lib/core/index.js";
import { floatResult } from "../../lib/nd/float-array.js";
import {
  type Extreme,
  extremePosition,
  floatDType,
  isNdArray,
  lineExtremes,
  type NdArray,
  normalizeAxis,
  positionsInLines,
  reducedShape,
  rowMajor,
} from "../../lib/nd/index.js";
import { isPlain } from "../support/fused.js";
import { entriesAt, putPositions, type Selection, selectionRule, spreadTo } from "../support/positions.js";
import { arrayFor, type ReduceOptions, type Reduction, reducedBy } from "../support/reduce-options.js";

/** `max` and `min`: they reduce an array, or choose among numbers. */
export interface ExtremeOf extends Reduction {
  (...xs: number[]): number;
  (...xs: Scalar[]): Scalar;
}

/** The extremes of a plain array, and where they lie. */
interface Found {
  readonly y: number | NdArray;
  readonly selection: () => Selection;
}

const finding =
  (which: Extreme) =>
  (x: NdArray, options?: ReduceOptions): Found => {
    arrayFor(which, x);
    if (isScalar(options) || isNdArray(options)) {
      throw new TypeError(
        `${which}: ${describe(options)} stands after an array; compare entry by entry with ${which}imum, or give { axis, keepDims }`,
      );
    }
    if (options === undefined) {
      const positions = Int32Array.of(extremePosition(x, which));
      return { y: entriesAt(x, positions, undefined), selection: () => ({ positions, shape: undefined }) };
    }
    const { axes, shape } = reducedBy(which, x.shape, options);
    const { values, places } = lineExtremes(x, axes, which);
    const y = shape === undefined ? (values[0] as number) : floatResult(values, shape, floatDType(x.dtype));
    return { y, selection: () => ({ positions: positionsInLines(places, x.shape, axes), shape }) };
  };

/** Which of some numbers is the extreme: the first of equals, and the first NaN before all. */
function choice(xs: readonly unknown[], which: Extreme): number {
  let best = 0;
  let extreme = Number.NaN;
  for (let k = 0; k < xs.length; k++) {
    const entry = xs[k];
    if (!isScalar(entry)) throw new TypeError(`${which}: argument ${k + 1} is ${describe(entry)}; give numbers, or one array`);
    const x = primal(entry);
    if (Number.isNaN(x)) return k;
    if (k === 0 || (which === "max" ? x > extreme : x < extreme)) {
      best = k;
      extreme = x;
    }
  }
  return best;
}

/** An extreme of numbers is one of them: it needs no rule. That of an array is one of its entries. */
function extremeOf(which: Extreme): ExtremeOf {
  const find = finding(which);
  /** The rule for what an outer call traces. */
  const traced = selectionRule((x: NdArray, options?: ReduceOptions) => find(x, options).selection());
  const frule: typeof traced.frule = (tangents, x, options) => {
    const dx = tangents[1] as NdArray;
    if (isZero(dx) || !isPlain(x, dx)) return traced.frule(tangents, x, options);
    const { y, selection } = find(x as NdArray, options);
    const { positions, shape } = selection();
    return [y, entriesAt(dx, positions, shape)];
  };
  const rrule: typeof traced.rrule = (x, options) => {
    if (!isPlain(x)) return traced.rrule(x, options);
    const plain = x as NdArray;
    const { y, selection } = find(plain, options);
    return [
      y,
      function extremePullback(ybar: Operand) {
        const { positions } = selection();
        const xbar = isPlain(ybar)
          ? spreadTo(positions, ybar as number | NdArray, plain)
          : putPositions(ybar, positions, plain.shape, floatDType(plain.dtype));
        return [NoTangent, xbar];
      },
    ];
  };
  const fits = (args: readonly unknown[]): args is [x: AnyArray, options?: ReduceOptions] => {
    if (args.length === 0) throw new RangeError(`${which}: there is nothing to compare; give at least one number, or an array`);
    return !isScalar(args[0]);
  };
  function extreme(...xs: number[]): number;
  function extreme(x: NdArray, options?: ReduceOptions): number | NdArray;
  function extreme(...args: unknown[]): unknown {
    return fits(args) ? find(args[0] as NdArray, args[1]).y : args[choice(args, which)];
  }
  return defineRule(
    extreme,
    {
      frule: (tangents: readonly unknown[], ...args: unknown[]) => {
        if (fits(args)) return frule(tangents, ...args);
        const k = choice(args, which);
        return [args[k], tangents[k + 1]];
      },
      rrule: (...args: unknown[]) => {
        if (fits(args)) return rrule(...args);
        const k = choice(args, which);
        return [args[k], (ybar: Scalar) => [NoTangent, ...args.map((_, j) => (j === k ? ybar : ZeroTangent))]];
      },
    },
    {
      name: which,
      dispatch: (general, rule) =>
        ((...args: unknown[]) =>
          fits(args) || rule.stepsAside !== undefined ? general(...(args as never[])) : args[choice(args, which)]) as typeof general,
    },
  );
}

/**
 * The largest entry over axes, or the largest of some numbers. At ties it is the first in row-major order; the first NaN beats all.
 *   ẏ = ẋ[k], k the place of that entry     x̄[k] = ȳ, 0 elsewhere
 * @throws {RangeError} when an axis does not exist or is named twice, or there are no entries
 */
export const max: ExtremeOf = extremeOf("max");

/**
 * The smallest entry over axes, or the smallest of some numbers. At ties it is the first in row-major order; the first NaN beats all.
 *   ẏ = ẋ[k], k the place of that entry     x̄[k] = ȳ, 0 elsewhere
 * @throws {RangeError} when an axis does not exist or is named twice, or there are no entries
 */
export const min: ExtremeOf = extremeOf("min");

/** Where an extreme is looked for: along an axis, or in the whole array when it is absent. */
export interface ArgOptions {
  readonly axis?: number | undefined;
}

/** Indices of extremes along an axis; without one, the row-major position in the whole array. */
export interface ArgExtremeOf {
  (x: AnyArray): number;
  (x: AnyArray, options: { readonly axis: number }): NdArray;
  (x: AnyArray, options?: ArgOptions): number | NdArray;
}

function argExtremeOf(name: string, which: Extreme): ArgExtremeOf {
  const find = (x: NdArray, options?: ArgOptions): number | NdArray => {
    const { shape } = arrayFor(name, x);
    const { axis: named } = optionsFor(name, options, "axis");
    if (named === undefined) return extremePosition(x, which, name);
    const axis = normalizeAxis(name, named, shape.length);
    return rowMajor(lineExtremes(x, [axis], which, name).places, reducedShape(shape, [axis]));
  };
  return nonDifferentiable(find, { name });
}

/**
 * Where the largest entries lie: their indices along an axis (an int32 array), or without an axis the row-major position of the largest
 * of all. Ties and NaN as in `max`. Not differentiable: indices do not move.
 * @throws {RangeError} when the axis does not exist, or there are no entries
 */
export const argmax: ArgExtremeOf = argExtremeOf("argmax", "max");

/** Where the smallest entries lie; otherwise as `argmax`. */
export const argmin: ArgExtremeOf = argExtremeOf("argmin", "min");
