import {
  type AnyArray,
  add,
  cotangentOf,
  defineRule,
  describe,
  isZero,
  linearRule,
  NoTangent,
  type Operand,
  optionsFor,
  type Plain,
  primal,
  type Scalar,
  scale,
  thunk,
  ZeroTangent,
} from "../../lib/core/index.js";
import { floatResult } from "../../lib/nd/float-array.js";
import { commonDType, floatDType, isFloating, isNdArray, type NdArray, packedData, sameShape, zerosOf } from "../../lib/nd/index.js";
import { div, mul, sub } from "../elementwise/field.js";
import { sum } from "../reductions/sums.js";
import { expandDims } from "../shaping/axes.js";
import { isPlain } from "../support/fused.js";
import { along, type LossSettings, resultOf, rowsOf, spread, spreadToLabels } from "./cross-entropy-rows.js";
import { classesFor, expectClasses, type Labels, type LossOptions, type LossReduction, reductionOf } from "./labels.js";
import { logSoftmax, softmax } from "./softmax.js";

/** Options of `crossEntropy`. */
export interface CrossEntropyOptions extends LossOptions {
  /** How much of each row's label is spread over all classes alike. 0 when absent. */
  readonly labelSmoothing?: number | undefined;
}

/** A loss of rows against labels of kind L: a number, an array with `reduction: "none"`; traced ones for traced arrays. */
export interface LossOfRows<L, Traced, O extends LossOptions> {
  (x: NdArray, labels: L | Plain<Traced>, options: O & { readonly reduction: "none" }): number | NdArray;
  (x: AnyArray, labels: L | Traced, options: O & { readonly reduction: "none" }): Operand;
  (x: NdArray, labels: L | Plain<Traced>, options?: O & { readonly reduction?: "mean" | "sum" | undefined }): number;
  (x: AnyArray, labels: L | Traced, options?: O & { readonly reduction?: "mean" | "sum" | undefined }): Scalar;
  (x: NdArray, labels: L | Plain<Traced>, options?: O): number | NdArray;
  (x: AnyArray, labels: L | Traced, options?: O): Operand;
}

const who = "crossEntropy";

function settingsOf(x: AnyArray | NdArray, labels: unknown, options: CrossEntropyOptions | undefined): LossSettings {
  const { reduction: named, labelSmoothing: smoothing = 0 } = optionsFor(who, options, "reduction, labelSmoothing");
  const reduction = reductionOf(who, named);
  if (typeof smoothing !== "number") throw new TypeError(`${who}: labelSmoothing is ${describe(smoothing)}; give a number from 0 to 1`);
  if (!(smoothing >= 0 && smoothing <= 1)) throw new RangeError(`${who}: labelSmoothing = ${smoothing}; give a number from 0 to 1`);
  expectClasses(who, "logits", primal(x), reduction);
  const probable = isNdArray(labels) && sameShape(labels.shape, x.shape) && (x.size > 1 || x.dimension > 1 || isFloating(labels.dtype));
  return { reduction, smoothing, classes: probable ? undefined : classesFor(who, primal(labels), x.shape) };
}

/** The weight of each class in each row: the labels as probabilities, smoothed. */
function weightsFor(x: AnyArray, labels: unknown, { smoothing, classes }: LossSettings): AnyArray {
  const count = x.shape.at(-1) as number;
  if (classes === undefined) return smoothing === 0 ? (labels as AnyArray) : add(mul(1 - smoothing, labels as AnyArray), smoothing / count);
  const weights = zerosOf(x.shape, floatDType(primal(x).dtype));
  (weights.data as Float64Array).fill(smoothing / count);
  classes.forEach((label, n) => {
    (weights.data[n * count + label] as number) += 1 - smoothing;
  });
  return weights;
}

/** The sum of terms of shape [N, C] or [C], reduced over rows. */
function reduced(terms: AnyArray, reduction: LossReduction): Operand {
  if (terms.dimension === 1) return sum(terms);
  if (reduction === "none") return sum(terms, { axis: 1 });
  return reduction === "sum" ? sum(terms) : div(sum(terms), terms.shape[0] as number);
}

/** Its transpose: what broadcasts to the terms. */
function unreduced(ybar: Operand, x: AnyArray, reduction: LossReduction): Operand {
  if (x.dimension === 1 || reduction === "sum") return ybar;
  return reduction === "none" ? expandDims(ybar as AnyArray, 1) : div(ybar, x.shape[0] as number);
}

/** ∂/∂x of the loss of each row: p Σ w − w. */
function slopes(x: AnyArray, weights: AnyArray, { classes }: LossSettings): AnyArray {
  const p = softmax(x);
  return sub(classes === undefined ? mul(p, sum(weights, { axis: -1, keepDims: true })) : p, weights);
}

/**
 * The loss −Σ w log p of logits, p = softmax(x): w is 1 for the class of a row and 0 for the others, or a distribution. Nothing overflows.
 *   ẏ = Σ (p Σ w − w) ẋ − Σ log p · ẇ    x̄ = (p Σ w − w) ȳ,  w̅ = −log p · ȳ; divided by N for the mean
 * A class of weight 0 counts for nothing, even where log p is −∞.
 * @param logits shape [N, C] or [C]
 * @param labels the indices of the classes, N of them (or one number), not differentiated; or an array w of the shape of the logits
 * @param options how the rows are reduced: "mean", "sum" or "none"; and how much of w is spread over all classes alike
 * @returns a number; shape [N] for "none" of shape [N, C]
 * @throws {RangeError} when labels do not fit the logits, or N = 0 has no mean
 * Source: C. Szegedy et al., Rethinking the Inception architecture for computer vision (2016), section 7, for the spread labels.
 */
export const crossEntropy: LossOfRows<Labels, AnyArray, CrossEntropyOptions> = defineRule(
  (x: NdArray, labels: NdArray | Labels, options?: CrossEntropyOptions) => {
    const settings = settingsOf(x, labels, options);
    return resultOf(rowsOf(x, labels, settings, false).state.losses, x, labels, settings);
  },
  {
    frule: ([, dx, dlabels]: readonly unknown[], x: AnyArray, labels: unknown, options?: CrossEntropyOptions) => {
      const settings = settingsOf(x, labels, options);
      const moves = settings.classes === undefined && !isZero(dlabels);
      if (!moves && !isZero(dx) && isPlain(x, settings.classes === undefined ? labels : undefined, dx)) {
        const rows = rowsOf(x as NdArray, labels, settings, true);
        const y = resultOf(rows.state.losses, x as NdArray, labels, settings);
        return [y, along(x as NdArray, labels, dx as NdArray, settings, rows)];
      }
      const y = crossEntropy(x, labels as AnyArray, options);
      const fromX = isZero(dx) ? undefined : scale(slopes(x, weightsFor(x, labels, settings), settings), dx as AnyArray);
      const fromLabels = moves ? scale(mul(settings.smoothing - 1, logSoftmax(x)), dlabels as AnyArray) : undefined;
      const moved = fromX === undefined ? fromLabels : fromLabels === undefined ? fromX : add(fromX, fromLabels);
      return [y, moved === undefined ? ZeroTangent : reduced(moved as AnyArray, settings.reduction)];
    },
    rrule: (x: AnyArray, labels: unknown, options?: CrossEntropyOptions) => {
      const settings = settingsOf(x, labels, options);
      const plain = x as NdArray;
      const rows = isPlain(x, settings.classes === undefined ? labels : undefined) ? rowsOf(plain, labels, settings, true) : undefined;
      return [
        rows === undefined ? crossEntropy(x, labels as AnyArray, options) : resultOf(rows.state.losses, plain, labels, settings),
        function crossEntropyPullback(ybar: Operand) {
          const done = isPlain(ybar) ? rows : undefined;
          const seeds = (): Operand => unreduced(ybar, x, settings.reduction);
          return [
            NoTangent,
            thunk(() =>
              cotangentOf(
                x,
                done === undefined
                  ? scale(slopes(x, weightsFor(x, labels, settings), settings), seeds())
                  : (spread(plain, labels, ybar as number | NdArray, settings, done) as AnyArray),
              ),
            ),
            settings.classes === undefined
              ? thunk(() =>
                  cotangentOf(
                    labels as AnyArray,
                    done === undefined
                      ? scale(mul(settings.smoothing - 1, logSoftmax(x)), seeds())
                      : (spreadToLabels(plain, ybar as number | NdArray, settings, done) as AnyArray),
                  ),
                )
              : NoTangent,
          ];
        },
      ];
    },
  },
  { name: who, still: [2], zeros: "symbolic" },
);

/** −Σ of one entry of each row. */
function picked(name: string, logp: NdArray, labels: unknown, reduction: LossReduction): number | NdArray {
  const classes = logp.shape.at(-1) as number;
  const data = packedData(logp, "float64");
  const rows = Float64Array.from(classesFor(name, labels, logp.shape), (label, n) => 0 - (data[n * classes + label] as number));
  if (logp.dimension === 1) return rows[0] as number;
  if (reduction === "none") return floatResult(rows, [rows.length], commonDType([logp]));
  const total = rows.reduce((sofar, loss) => sofar + loss, 0);
  return reduction === "sum" ? total : total / rows.length;
}

function nllSettings(logp: NdArray, options: LossOptions | undefined): LossReduction {
  const reduction = reductionOf("nllLoss", optionsFor("nllLoss", options, "reduction").reduction);
  expectClasses("nllLoss", "logp", logp, reduction);
  return reduction;
}

/**
 * −Σ of the entries that the labels name, one in each row of logarithms of probabilities.
 *   ẏ = −Σ ẋ[n, label n]         x̄[n, label n] = −ȳ, 0 elsewhere; divided by N for the mean
 * @param logp shape [N, C] or [C]
 * @param labels the indices of the classes, N of them (or one number); not differentiated
 * @param options how the rows are reduced: "mean", "sum" or "none"
 * @returns a number; shape [N] for "none" of shape [N, C]
 * @throws {RangeError} when labels do not fit the logarithms, or N = 0 has no mean
 */
export const nllLoss: LossOfRows<Labels, never, LossOptions> = linearRule(
  (logp: NdArray, labels: Labels, options?: LossOptions) => picked("nllLoss", logp, labels, nllSettings(logp, options)),
  (ybar: number | NdArray, logp: NdArray, labels: Labels, options?: LossOptions) => {
    const reduction = nllSettings(logp, options);
    const xbar = zerosOf(logp.shape, floatDType(logp.dtype));
    const classes = logp.shape.at(-1) as number;
    const weights = typeof ybar === "number" ? undefined : packedData(ybar, "float64");
    const count = reduction === "mean" && logp.dimension === 2 ? (logp.shape[0] as number) : 1;
    classesFor("nllLoss", labels, logp.shape).forEach((label, n) => {
      xbar.data[n * classes + label] = -(weights === undefined ? (ybar as number) : (weights[n] as number)) / count;
    });
    return xbar;
  },
  { name: "nllLoss" },
);
