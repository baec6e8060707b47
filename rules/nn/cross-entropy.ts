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
import { floatDType, isFloating, isNdArray, type NdArray, packedData, sameShape, zerosOf } from "../../lib/nd/index.js";
import { div, mul, sub } from "../elementwise/field.js";
import { sum } from "../reductions/sums.js";
import { expandDims } from "../shaping/axes.js";
import { isPlain } from "../support/fused.js";
import { along, type LossSettings, resultOf, rowsOf, seedsOf, spread, spreadToLabels } from "./cross-entropy-rows.js";
import { classesFor, type Labels, type LossOptions, type RowLabels, rowOptions } from "./labels.js";
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
  const { labelSmoothing: smoothing = 0, ...given } = optionsFor(who, options, "reduction, labelSmoothing, ignoreIndex");
  const filled = rowOptions(who, "logits", primal(x), given);
  const { reduction, ignoreIndex } = filled;
  if (typeof smoothing !== "number") throw new TypeError(`${who}: labelSmoothing is ${describe(smoothing)}; give a number from 0 to 1`);
  if (!(smoothing >= 0 && smoothing <= 1)) throw new RangeError(`${who}: labelSmoothing = ${smoothing}; give a number from 0 to 1`);
  const probable = isNdArray(labels) && sameShape(labels.shape, x.shape) && (x.size > 1 || x.dimension > 1 || isFloating(labels.dtype));
  if (!probable) return { smoothing, ...classesFor(who, primal(labels), x.shape, filled) };
  if (ignoreIndex !== undefined)
    throw new RangeError(
      `${who}: ignoreIndex = ${ignoreIndex} belongs to indices of classes, and the labels are probabilities; leave it out`,
    );
  return { reduction, smoothing, classes: undefined, kept: undefined, count: x.dimension === 1 ? 1 : (x.shape[0] as number) };
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

/** Terms of shape [N, C] or [C], or what broadcasts to them, 0 in rows that do not count. */
function ofKept(terms: Operand, x: AnyArray, { kept }: LossSettings): Operand {
  if (kept === undefined) return terms;
  const factors = zerosOf([...x.shape.slice(0, -1), 1], floatDType(primal(x).dtype));
  (factors.data as Float64Array).set(kept);
  return scale(factors as AnyArray, terms);
}

/** The sum of terms, reduced over rows. */
function reduced(terms: AnyArray, { reduction, count }: LossSettings): Operand {
  if (terms.dimension === 1) return sum(terms);
  if (reduction === "none") return sum(terms, { axis: 1 });
  return reduction === "sum" ? sum(terms) : div(sum(terms), count);
}

/** Its transpose: what broadcasts to the terms. */
function unreduced(ybar: Operand, x: AnyArray, { reduction, count }: LossSettings): Operand {
  if (x.dimension === 1 || reduction === "sum") return ybar;
  return reduction === "none" ? expandDims(ybar as AnyArray, 1) : div(ybar, count);
}

/** ∂/∂x of the loss of each row: p Σ w − w. */
function slopes(x: AnyArray, weights: AnyArray, { classes }: LossSettings): AnyArray {
  const p = softmax(x);
  return sub(classes === undefined ? mul(p, sum(weights, { axis: -1, keepDims: true })) : p, weights);
}

/**
 * The loss −Σ w log p of logits, p = softmax(x): w is 1 for the class of a row and 0 for the others, or a distribution. Nothing overflows.
 *   ẏ = Σ (p Σ w − w) ẋ − Σ log p · ẇ    x̄ = (p Σ w − w) ȳ,  w̅ = −log p · ȳ; divided by N for the mean
 * A class of weight 0 counts for nothing, even where log p is −∞. Nor does a row whose label is `ignoreIndex`: its loss and its slopes are 0,
 * and the mean is that of the others.
 * @param logits shape [N, C] or [C]
 * @param labels the indices of the classes, N of them (or one number), not differentiated; or an array w of the shape of the logits
 * @param options how the rows are reduced: "mean", "sum" or "none"; how much of w is spread over all classes alike; and the index of what is
 *        ignored
 * @returns a number; shape [N] for "none" of shape [N, C]
 * @throws {RangeError} when labels do not fit the logits, or nothing is left for a mean
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
      return [y, moved === undefined ? ZeroTangent : reduced(ofKept(moved, x, settings) as AnyArray, settings)];
    },
    rrule: (x: AnyArray, labels: unknown, options?: CrossEntropyOptions) => {
      const settings = settingsOf(x, labels, options);
      const plain = x as NdArray;
      const rows = isPlain(x, settings.classes === undefined ? labels : undefined) ? rowsOf(plain, labels, settings, true) : undefined;
      return [
        rows === undefined ? crossEntropy(x, labels as AnyArray, options) : resultOf(rows.state.losses, plain, labels, settings),
        function crossEntropyPullback(ybar: Operand) {
          const done = isPlain(ybar) ? rows : undefined;
          const seeds = (): Operand => ofKept(unreduced(ybar, x, settings), x, settings);
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
function picked(logp: NdArray, settings: RowLabels): number | NdArray {
  const { classes, kept } = settings;
  const length = logp.shape.at(-1) as number;
  const data = packedData(logp, "float64");
  const rows = Float64Array.from(classes, (label, n) => (kept?.[n] === 0 ? 0 : 0 - (data[n * length + label] as number)));
  return resultOf(rows, logp, undefined, settings);
}

function nllSettings(logp: NdArray, labels: unknown, options: LossOptions | undefined): RowLabels {
  const given = optionsFor("nllLoss", options, "reduction, ignoreIndex");
  const rows = rowOptions("nllLoss", "logp", logp, given);
  return classesFor("nllLoss", labels, logp.shape, rows);
}

/**
 * −Σ of the entries that the labels name, one in each row of logarithms of probabilities.
 *   ẏ = −Σ ẋ[n, label n]         x̄[n, label n] = −ȳ, 0 elsewhere; divided by N for the mean
 * A row whose label is `ignoreIndex` counts for nothing, and the mean is that of the others.
 * @param logp shape [N, C] or [C]
 * @param labels the indices of the classes, N of them (or one number); not differentiated
 * @param options how the rows are reduced: "mean", "sum" or "none"; and the index of what is ignored
 * @returns a number; shape [N] for "none" of shape [N, C]
 * @throws {RangeError} when labels do not fit the logarithms, or nothing is left for a mean
 */
export const nllLoss: LossOfRows<Labels, never, LossOptions> = linearRule(
  (logp: NdArray, labels: Labels, options?: LossOptions) => picked(logp, nllSettings(logp, labels, options)),
  (ybar: number | NdArray, logp: NdArray, labels: Labels, options?: LossOptions) => {
    const settings = nllSettings(logp, labels, options);
    const { classes } = settings;
    const xbar = zerosOf(logp.shape, floatDType(logp.dtype));
    const length = logp.shape.at(-1) as number;
    seedsOf(logp, ybar, settings, classes.length).forEach((seed, n) => {
      xbar.data[n * length + (classes[n] as number)] = 0 - seed;
    });
    return xbar;
  },
  { name: "nllLoss" },
);
