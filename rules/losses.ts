import { applyElementwise } from "../lib/core/elementwise.js";
import {
  type AnyArray,
  add,
  broadcastTo,
  cotangentOf,
  defineRule,
  describe,
  highestLevel,
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
} from "../lib/core/index.js";
import { broadcastShapes, formatShape, isNdArray, type NdArray, sameShape, shown, sizeOf } from "../lib/nd/index.js";
import { clip } from "./bounds.js";
import { equal } from "./comparison.js";
import { log } from "./exponential.js";
import { div, mul, neg, sub } from "./field.js";
import { sigmoid } from "./sigmoid.js";
import { abs } from "./signs.js";
import { mean, sum } from "./sums.js";
import { type Condition, where } from "./where.js";

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

/** A number from one entry of a and one of b. */
type OfEntries = (a: number, b: number, parameter: number) => number;

/** What is summed up: entry by entry, with its derivatives by a and by b, of plain entries and in differentiable functions. */
interface Terms {
  readonly of: OfEntries;
  readonly by: readonly [OfEntries, OfEntries];
  readonly slopes: (a: Operand, b: Operand, parameter: number) => readonly [Operand, Operand];
  readonly averaged: boolean;
}

function shapeOf(x: Operand): readonly number[] {
  return isNdArray(x) ? x.shape : [];
}

/** The rule of a sum or mean of terms; `parameterOf` is what the options come to. */
function lossRule<O>(name: string, { of, by, slopes, averaged }: Terms, parameterOf: (options: O | undefined) => number): LossWith<O> {
  const total = (t: Operand): Operand => (isNdArray(t) ? (averaged ? mean(t as AnyArray) : sum(t as AnyArray)) : t);
  const loss = defineRule(
    (a: PlainOperand, b: PlainOperand, options?: O) => {
      const parameter = parameterOf(options);
      const terms = applyElementwise(name, (x, y) => of(x as number, y as number, parameter), [a, b]);
      if (averaged && isNdArray(terms) && terms.size === 0)
        throw new RangeError(`${name}: arrays of shape ${formatShape(terms.shape)} have no entries, and no mean; give some`);
      return total(terms) as number;
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
            const shape = broadcastShapes(name, shapeOf(a), shapeOf(b));
            const share = averaged ? div(ybar, sizeOf(shape)) : ybar;
            const barOf = (k: 0 | 1): Operand => {
              if (highestLevel([a, b, share]) === undefined) {
                const entry: OfEntries = (x, y) => strongProduct(by[k](x, y, parameter), share as number);
                return applyElementwise(name, entry as (...xs: number[]) => number, [a, b] as PlainOperand[]);
              }
              const t = scale(slopes(a, b, parameter)[k], share);
              return sameShape(shapeOf(t), shape) ? t : broadcastTo(t, shape);
            };
            return [NoTangent, thunk(() => cotangentOf(a, barOf(0))), thunk(() => cotangentOf(b, barOf(1)))];
          },
        ];
      },
    },
    { name, zeros: "symbolic" },
  ) as unknown as LossWith<O>;
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
  of: (a, b) => (a - b) ** 2,
  by: [(a, b) => 2 * (a - b), (a, b) => 2 * (b - a)],
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

/** A distance, but no farther than ±delta from 0. */
function within(distance: number, delta: number): number {
  return distance > delta ? delta : distance < -delta ? -delta : distance;
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
    of: (a, b, delta) => {
      const distance = Math.abs(a - b);
      return distance <= delta ? (distance * distance) / 2 : delta * (distance - delta / 2);
    },
    by: [(a, b, delta) => within(a - b, delta), (a, b, delta) => within(b - a, delta)],
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
  of: (x, t) => Math.max(x, 0) - x * t + Math.log1p(Math.exp(-Math.abs(x))),
  by: [(x, t) => sigmoid(x) - t, (x) => -x],
  slopes: (x, t) => [sub(sigmoid(x), t), neg(x)],
  averaged: true,
});

/** p (log p − log q), 0 at p = 0; p and q that are near each other keep their digits. */
function divergence(p: number, q: number): number {
  if (p === 0 && q >= 0) return 0;
  return p > q / 2 && p < 2 * q ? p * Math.log1p((p - q) / q) : p * (Math.log(p) - Math.log(q));
}

/** q, or 1 where both are 0. */
function apartFromZeros(p: number, q: number): number {
  return p === 0 && q === 0 ? 1 : q;
}

/**
 * The divergence of q from p, Σ p (log p − log q): a term is 0 where p = 0, ∞ where only q = 0. p and q need not add up to 1.
 *   ẏ = Σ (log p − log q + 1) ṗ − p/q q̇    p̄ = (log p − log q + 1) ȳ,  q̄ = −p/q ȳ, summed over axes that broadcast
 * At p = 0 the slope by p is its limit, −∞, and that by q is 0 where q = 0 too.
 * @throws {RangeError} when the shapes do not broadcast
 * Source: Kullback and Leibler, On information and sufficiency (1951).
 */
export const klDiv: Loss = plainLoss("klDiv", {
  of: divergence,
  by: [(p, q) => Math.log(p) - Math.log(apartFromZeros(p, q)) + 1, (p, q) => -p / apartFromZeros(p, q)],
  slopes: (p, q) => {
    const safe = where(equal(add(abs(p), abs(q)), 0) as Condition, 1, q);
    return [add(sub(log(p), log(safe)), 1) as Operand, neg(div(p, safe))];
  },
  averaged: false,
});
