import { checkOperands, operandsDType } from "../../lib/core/calls/elementwise.js";
import {
  type AnyArray,
  add,
  broadcastTo,
  cotangentOf,
  defineRule,
  describe,
  highestLevel,
  inplaceable,
  isZero,
  NoTangent,
  type Operand,
  optionsFor,
  type PlainOperand,
  type Scalar,
  scale,
  strongProduct,
  thunk,
  ZeroTangent,
} from "../../lib/core/index.js";
import {
  addInto,
  broadcastShapes,
  fillsStore,
  floatDType,
  formatShape,
  isFloating,
  isNdArray,
  type NdArray,
  sameShape,
  shown,
  sizeOf,
  zerosOf,
} from "../../lib/nd/index.js";
import { clip } from "../elementwise/bounds.js";
import { equal } from "../elementwise/comparison.js";
import { log } from "../elementwise/exponential.js";
import { div, mul, neg, sub } from "../elementwise/field.js";
import { sigmoid } from "../elementwise/sigmoid.js";
import { abs } from "../elementwise/signs.js";
import { type Condition, where } from "../elementwise/where.js";
import { mean, sum } from "../reductions/sums.js";
import {
  type AddSlopes,
  addFirst,
  addLogRatio,
  addRatio,
  addSurprise,
  addTwice,
  addWithin,
  divergences,
  huberTerms,
  logitTerms,
  pairsOf,
  squares,
  type Total,
} from "./loss-loops.js";

/** A loss of two numbers or arrays, which broadcast: a number, a traced one for a traced argument. */
export interface Loss {
  (a: number | NdArray, b: number | NdArray): number;
  (a: Operand, b: Operand): Scalar;
}

/** Options of `huber`. */
export interface HuberOptions {
  /** The distance up to which the loss is a square, positive. 1 when absent. */
  readonly delta?: number | undefined;
}

/** `Loss` with options. */
export interface LossWith<O> {
  (a: number | NdArray, b: number | NdArray, options?: O): number;
  (a: Operand, b: Operand, options?: O): Scalar;
}

/** What is summed up: the loops over plain entries, and the derivatives in differentiable functions. */
interface Terms {
  readonly total: Total;
  /** The slopes by a, and those by b with the other sign. */
  readonly add: readonly [AddSlopes, AddSlopes];
  readonly slopes: (a: Operand, b: Operand, parameter: number) => readonly [Operand, Operand];
  readonly averaged: boolean;
}

function shapeOf(x: Operand): readonly number[] {
  return isNdArray(x) ? x.shape : [];
}

/** The shape that both operands broadcast to. */
function commonShape(who: string, a: Operand, b: Operand): readonly number[] {
  return isNdArray(a) && isNdArray(b) && sameShape(a.shape, b.shape) ? a.shape : broadcastShapes(who, shapeOf(a), shapeOf(b));
}

/** The rule of a sum or mean of terms; `parameterOf` is what the options come to. */
function lossRule<O>(name: string, terms: Terms, parameterOf: (options: O | undefined) => number): LossWith<O> {
  const { averaged, slopes } = terms;
  const total = (t: Operand): Operand => (isNdArray(t) ? (averaged ? mean(t as AnyArray) : sum(t as AnyArray)) : t);

  /** x̄ of operand k, on plain numbers. */
  const plainCotangent = (k: 0 | 1, a: PlainOperand, b: PlainOperand, weight: number, parameter: number): unknown => {
    const operand = k === 0 ? a : b;
    const shape = commonShape(name, a, b);
    const into = (out: NdArray): NdArray => {
      if (weight === 0) return out;
      const pairs = pairsOf(a, b, shape);
      const signed = k === 0 ? weight : -weight;
      if (Number.isFinite(weight)) terms.add[k](out.data as Float64Array, pairs, signed, parameter);
      else {
        const plain = new Float64Array(pairs.size);
        terms.add[k](plain, pairs, 1, parameter);
        for (let i = 0; i < plain.length; i++) (out.data[i] as number) += strongProduct(plain[i] as number, signed);
      }
      return out;
    };
    if (typeof operand === "number" || !sameShape(operand.shape, shape))
      return thunk(() => cotangentOf(operand, into(zerosOf(shape, operandsDType([a, b])))));
    if (!isFloating(operand.dtype)) return NoTangent;
    const fresh = (): NdArray => into(zerosOf(shape, floatDType(operand.dtype)));
    return inplaceable((acc) => (fillsStore(acc) ? into(acc) : addInto(acc, fresh())), fresh);
  };

  const loss: LossWith<O> = defineRule(
    (a: PlainOperand, b: PlainOperand, options?: O) => {
      const parameter = parameterOf(options);
      checkOperands(name, [a, b]);
      const shape = commonShape(name, a, b);
      const pairs = pairsOf(a, b, shape);
      if (averaged && pairs.size === 0)
        throw new RangeError(`${name}: arrays of shape ${formatShape(shape)} have no entries, and no mean; give some`);
      const value = terms.total(pairs, parameter);
      return averaged ? value / pairs.size : value;
    },
    {
      frule: ([, da, db]: readonly unknown[], a: Operand, b: Operand, options?: O) => {
        const y = loss(a as NdArray, b as NdArray, options);
        const shares = slopes(a, b, parameterOf(options));
        const moved = [da, db].flatMap((d, k) => (isZero(d) ? [] : [scale(shares[k] as Operand, d as Operand)]));
        if (moved.length === 0) return [y, ZeroTangent];
        return [y, total(moved.reduce((p, q) => add(p, q)))];
      },
      rrule: (a: Operand, b: Operand, options?: O) => {
        const parameter = parameterOf(options);
        return [
          loss(a as NdArray, b as NdArray, options),
          function lossPullback(ybar: Scalar) {
            if (typeof ybar === "number" && highestLevel([a, b]) === undefined) {
              const [p, q] = [a, b] as [PlainOperand, PlainOperand];
              const weight = averaged ? ybar / sizeOf(commonShape(name, a, b)) : ybar;
              return [NoTangent, plainCotangent(0, p, q, weight, parameter), plainCotangent(1, p, q, weight, parameter)];
            }
            const shape = commonShape(name, a, b);
            const share = averaged ? div(ybar, sizeOf(shape)) : ybar;
            const barOf = (k: 0 | 1): Operand => {
              const t = scale(slopes(a, b, parameter)[k], share);
              return sameShape(shapeOf(t), shape) ? t : broadcastTo(t, shape);
            };
            return [NoTangent, thunk(() => cotangentOf(a, barOf(0))), thunk(() => cotangentOf(b, barOf(1)))];
          },
        ];
      },
    },
    { name, zeros: "symbolic" },
  );
  return loss;
}

/** Such a loss without options. */
function plainLoss(name: string, terms: Terms): Loss {
  return lossRule<undefined>(name, terms, () => 0);
}

/**
 * The mean of squared differences, Σ (a − b)² / n.
 *   ẏ = 2/n Σ (a − b) (ȧ − ḃ)    ā = 2/n (a − b) ȳ,  b̄ = −ā; summed over axes that broadcast
 * @throws {RangeError} when the shapes do not broadcast, or there are no entries
 */
export const mse: Loss = plainLoss("mse", {
  total: squares,
  add: [addTwice, addTwice],
  slopes: (a, b) => {
    const slope = mul(2, sub(a, b));
    return [slope, neg(slope)];
  },
  averaged: true,
});

function deltaOf(options: HuberOptions | undefined): number {
  const { delta = 1 } = optionsFor("huber", options, "delta");
  if (typeof delta !== "number") throw new TypeError(`huber: delta is ${describe(delta)}; give a positive number`);
  if (delta > 0) return delta;
  throw new RangeError(`huber: delta = ${shown(delta)}; give a positive number`);
}

/**
 * The mean of ½ d² where |d| ≤ delta and of delta (|d| − ½ delta) farther away, d = a − b.
 *   ẏ = 1/n Σ s (ȧ − ḃ)          ā = s ȳ / n,  b̄ = −ā, summed over axes that broadcast;  s = d, but no farther than ±delta from 0
 * The slope is continuous; at |d| = delta its own one is that of the square.
 * @throws {RangeError} when the shapes do not broadcast, there are no entries, or delta is not positive
 * Source: Huber, Robust estimation of a location parameter (1964).
 */
export const huber: LossWith<HuberOptions> = lossRule<HuberOptions>(
  "huber",
  {
    total: huberTerms,
    add: [addWithin, addWithin],
    slopes: (a, b, delta) => {
      const slope = clip(sub(a, b), -delta, delta);
      return [slope, neg(slope)];
    },
    averaged: true,
  },
  deltaOf,
);

/**
 * The mean of −t log σ(x) − (1 − t) log σ(−x), computed as max(x, 0) − x t + log(1 + e^−|x|): nothing overflows.
 *   ẏ = 1/n Σ ((σ(x) − t) ẋ − x ṫ)    x̄ = (σ(x) − t) ȳ / n,  t̄ = −x ȳ / n, summed over axes that broadcast
 * @param a the logits x
 * @param b the probabilities t
 * @throws {RangeError} when the shapes do not broadcast, or there are no entries
 */
export const bceWithLogits: Loss = plainLoss("bceWithLogits", {
  total: logitTerms,
  add: [addSurprise, addFirst],
  slopes: (x, t) => [sub(sigmoid(x), t), neg(x)],
  averaged: true,
});

/**
 * The divergence of q from p, Σ p (log p − log q): a term is 0 where p = 0, ∞ where only q = 0. p and q need not add up to 1.
 *   ẏ = Σ (log p − log q + 1) ṗ − p/q q̇    p̄ = (log p − log q + 1) ȳ,  q̄ = −p/q ȳ, summed over axes that broadcast
 * At p = 0 the slope by p is its limit, −∞, and that by q is 0 where q = 0 too.
 * @throws {RangeError} when the shapes do not broadcast
 * Source: Kullback and Leibler, On information and sufficiency (1951).
 */
export const klDiv: Loss = plainLoss("klDiv", {
  total: divergences,
  add: [addLogRatio, addRatio],
  slopes: (p, q) => {
    const safe = where(equal(add(abs(p), abs(q)), 0) as Condition, 1, q);
    return [add(sub(log(p), log(safe)), 1) as Operand, neg(div(p, safe))];
  },
  averaged: false,
});
