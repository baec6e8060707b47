import { type AnyArray, defineRule, isZero, NoTangent, type Operand, scale, strongProduct } from "../../lib/core/index.js";
import { asFloatArray, floatResult, resultLike } from "../../lib/nd/float-array.js";
import {
  extentsOf,
  floatDType,
  isNdArray,
  type NdArray,
  offsetOfPosition,
  overLines,
  positionsInLines,
  reducedShape,
  sameShape,
} from "../../lib/nd/index.js";
import { reshape } from "../shaping/reshape.js";
import { type Fold, FoldState } from "../support/fold-lines.js";
import { isPlain } from "../support/fused.js";
import { linedNumbers } from "../support/lined-numbers.js";
import { arrayFor, type Reduced, type ReduceOptions, type Reduction, reducedBy } from "../support/reduce-options.js";
import { sum } from "./sums.js";

/** How to reduce an array under some options: the loops, and a number that they need. */
export interface Folding {
  readonly fold: Fold;
  readonly factor?: number;
}

/** A reduction's result, or its cotangent, with the reduced axes kept: it broadcasts to the array that was reduced. */
export function kept(y: Operand, x: AnyArray, options: ReduceOptions | undefined): Operand {
  if (!isNdArray(y)) return y;
  const shape = reducedShape(x.shape, reducedBy("kept", x.shape, options, "axis, keepDims, ddof, ord").axes, true);
  return sameShape(y.shape, shape) ? y : reshape(y as AnyArray, shape);
}

const none = new Int32Array(0);

/** A reduction of plain arrays under way. */
interface Run {
  readonly fold: Fold;
  readonly reduced: Reduced;
  readonly state: FoldState;
}

/** One number for each line, as the result that a reduction of x gives: a number, or an array. */
export function resultOf(numbers: Float64Array, x: NdArray, { shape }: Pick<Reduced, "shape">): number | NdArray {
  return shape === undefined ? (numbers[0] as number) : floatResult(numbers, shape, floatDType(x.dtype));
}

/**
 * The rule of a reduction, from loops over lines for plain arrays, and from its slopes for what an outer call traces: for each entry of x the
 * derivative of the result it goes into.
 *   ẏ = Σ slopes · ẋ over the axes       x̄ = slopes · ȳ
 * @param foldingFor the loops for an array and options; it throws where these are wrong
 * @param slopes     (x, y, options) => an array of the shape of x, written in differentiable functions; y comes with its axes kept
 * @param names      all that the options may hold, where it is more than axis and keepDims
 */
export function reductionRule<O extends ReduceOptions>(
  name: string,
  foldingFor: (x: NdArray, reduced: Reduced, options: O | undefined) => Folding,
  slopes: (x: AnyArray, y: Operand, options: O | undefined) => Operand,
  names?: string,
): Reduction<O> {
  /** @param slopesFollow whether what slopes are made of is kept */
  const run = (x: NdArray, options: O | undefined, slopesFollow: boolean): Run => {
    const reduced = reducedBy(name, arrayFor(name, x).shape, options, names);
    const { fold, factor = 0 } = foldingFor(x, reduced, options);
    const { shape } = x;
    const { axes } = reduced;
    const state = new FoldState(extentsOf(shape, axes).count, factor);
    const keeping = slopesFollow && fold.keeps;
    if (fold.decides || keeping) state.entries = new Float64Array(keeping ? x.size : state.y.length);
    overLines(fold.value, state, shape, axes, [x], keeping ? [state.entries] : []);
    return { fold, reduced, state };
  };

  const spread = (x: NdArray, ybar: number | NdArray, { fold, state, reduced: { axes } }: Run): NdArray => {
    const seeds = typeof ybar === "number" ? Float64Array.of(ybar) : linedNumbers(ybar);
    const xbar = resultLike(x);
    if (fold.decides) {
      const positions = x.size === 0 ? none : positionsInLines(state.aside, x.shape, axes);
      for (let n = 0; n < positions.length; n++)
        xbar.data[positions[n] as number] = strongProduct(state.entries[n] as number, seeds[n] as number);
    } else {
      state.t = seeds;
      overLines(fold.spread, state, x.shape, axes, [fold.keeps ? state.entries : x], [xbar]);
    }
    return xbar;
  };

  const along = (x: NdArray, dx: NdArray, { fold, state, reduced }: Run): number | NdArray => {
    const dy = new Float64Array(state.y.length);
    if (fold.decides) {
      const positions = x.size === 0 ? none : positionsInLines(state.aside, x.shape, reduced.axes);
      const moved = asFloatArray(dx);
      for (let n = 0; n < positions.length; n++)
        dy[n] = strongProduct(state.entries[n] as number, moved.data[offsetOfPosition(moved, positions[n] as number)] as number);
    } else {
      state.t = dy;
      overLines(fold.along, state, x.shape, reduced.axes, [fold.keeps ? state.entries : x, dx], []);
    }
    return resultOf(dy, x, reduced);
  };

  const composed = (x: AnyArray, y: Operand, ybar: Operand, options: O | undefined): Operand =>
    scale(slopes(x, kept(y, x, options), options), kept(ybar, x, options));

  const reduction: Reduction<O> = defineRule(
    (x: NdArray, options?: O) => {
      const { state, reduced } = run(x, options, false);
      return resultOf(state.y, x, reduced);
    },
    {
      frule: ([, dx]: readonly unknown[], x: NdArray, options?: O) => {
        if (!isZero(dx) && isPlain(x, dx)) {
          const done = run(x, options, true);
          return [resultOf(done.state.y, x, done.reduced), along(x, dx as NdArray, done)];
        }
        const y = reduction(x as AnyArray, options);
        if (isZero(dx)) return [y, dx];
        const moved = scale(slopes(x, kept(y, x, options), options), dx as AnyArray);
        return [y, sum(moved, { axis: options?.axis, keepDims: options?.keepDims })];
      },
      rrule: (x: NdArray, options?: O) => {
        const done = isPlain(x) ? run(x, options, true) : undefined;
        const y = done === undefined ? reduction(x as AnyArray, options) : resultOf(done.state.y, x, done.reduced);
        return [
          y,
          function reductionPullback(ybar: Operand) {
            return [
              NoTangent,
              done !== undefined && isPlain(ybar) ? spread(x, ybar as number | NdArray, done) : composed(x, y, ybar, options),
            ];
          },
        ];
      },
    },
    { name, still: [1], fresh: true },
  );
  return reduction;
}
