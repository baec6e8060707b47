import { type AnyArray, defineRule, isZero, NoTangent, type Operand, scale } from "../lib/core/index.js";
import { floatResult, resultLike } from "../lib/nd/float-array.js";
import { extentsOf, floatDType, isNdArray, type NdArray, overLines, sameShape } from "../lib/nd/index.js";
import { type Fold, FoldState } from "./fold-lines.js";
import { isPlain } from "./fused.js";
import { linedNumbers } from "./lined-numbers.js";
import { arrayFor, type Reduced, type ReduceOptions, type Reduction, reducedBy } from "./reduce-options.js";
import { reshape } from "./reshape.js";
import { sum } from "./sums.js";

/** How to reduce an array under some options: the loops, and a number that they need. */
export interface Folding {
  readonly fold: Fold;
  readonly factor?: number;
}

/** A reduction's result, or its cotangent, with the reduced axes kept: it broadcasts to the array that was reduced. */
export function kept(y: Operand, x: AnyArray, options: ReduceOptions | undefined): Operand {
  if (!isNdArray(y)) return y;
  const { kept: shape } = reducedBy("kept", x.shape, options, "axis, keepDims, ddof, ord");
  return sameShape(y.shape, shape) ? y : reshape(y as AnyArray, shape);
}

/** A reduction of plain arrays under way. */
interface Run {
  readonly fold: Fold;
  readonly reduced: Reduced;
  readonly state: FoldState;
}

/** One number for each line, as the result that a reduction of x gives: a number, or an array. */
function resultOf(numbers: Float64Array, x: NdArray, { shape }: Reduced): number | NdArray {
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
    const state = new FoldState(extentsOf(shape, reduced.axes).count, factor);
    if (slopesFollow && fold.keeping !== undefined) {
      state.entries = new Float64Array(x.size);
      overLines(fold.keeping, state, shape, reduced.axes, [x], [state.entries]);
    } else overLines(fold.value, state, shape, reduced.axes, [x], []);
    return { fold, reduced, state };
  };

  /** What the loops for slopes read in the place of x. */
  const readIn = (x: NdArray, { fold, state }: Run): NdArray | Float64Array => (fold.keeping === undefined ? x : state.entries);

  const spread = (x: NdArray, ybar: number | NdArray, done: Run): NdArray => {
    const { fold, state, reduced } = done;
    state.t = typeof ybar === "number" ? Float64Array.of(ybar) : linedNumbers(ybar);
    const xbar = resultLike(x);
    overLines(fold.spread, state, x.shape, reduced.axes, [readIn(x, done)], [xbar]);
    return xbar;
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
          const { fold, state, reduced } = done;
          state.t = new Float64Array(state.y.length);
          overLines(fold.along, state, x.shape, reduced.axes, [readIn(x, done), dx as NdArray], []);
          return [resultOf(state.y, x, reduced), resultOf(state.t, x, reduced)];
        }
        const y = reduction(x as AnyArray, options);
        if (isZero(dx)) return [y, dx];
        const moved = scale(slopes(x, kept(y, x, options), options), dx as AnyArray);
        return [y, sum(moved, { axis: options?.axis, keepDims: options?.keepDims })];
      },
      rrule: (x: NdArray, options?: O) => {
        if (!isPlain(x)) {
          const y = reduction(x as AnyArray, options);
          return [
            y,
            function reductionPullback(ybar: Operand) {
              return [NoTangent, composed(x, y, ybar, options)];
            },
          ];
        }
        const done = run(x, options, true);
        const y = resultOf(done.state.y, x, done.reduced);
        return [
          y,
          function reductionPullback(ybar: Operand) {
            return [NoTangent, isPlain(ybar) ? spread(x, ybar as number | NdArray, done) : composed(x, y, ybar, options)];
          },
        ];
      },
    },
    { name },
  ) as unknown as Reduction<O>;
  return reduction;
}
