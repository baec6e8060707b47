import { checkOperands, operandsDType } from "../../lib/core/calls/elementwise.js";
import {
  type AnyArray,
  type AnyFunction,
  add,
  broadcastTo,
  cotangentOf,
  defineRule,
  fieldOf,
  highestLevel,
  inplaceable,
  isZero,
  NoTangent,
  type Operand,
  type Plain,
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
  sizeOf,
  zerosOf,
} from "../../lib/nd/index.js";
import { div } from "../elementwise/field.js";
import { mean, sum } from "../reductions/sums.js";
import { optionsCotangent } from "../support/options-cotangent.js";
import { type AddSlopes, pairsOf, type Total } from "./loss-loops.js";

/** A loss of two numbers or arrays, which broadcast: a number, a traced one for a traced argument. */
export interface Loss {
  (a: number | NdArray, b: number | NdArray): number;
  (a: Operand, b: Operand): Scalar;
}

/** `Loss` with options. */
export interface LossWith<O> {
  (a: number | NdArray, b: number | NdArray, options?: Plain<O>): number;
  (a: Operand, b: Operand, options?: O): Scalar;
}

/** What is summed up: the loops over plain entries, and the derivatives in differentiable functions. */
export interface Terms {
  readonly total: Total;
  /** The slopes by a, and those by b with the other sign. */
  readonly add: readonly [AddSlopes, AddSlopes];
  readonly slopes: (a: Operand, b: Operand, parameter: Scalar) => readonly [Operand, Operand];
  /** The option that is a parameter of the terms and moves with it, and the slopes by it, of the operands' common shape. */
  readonly moving?: readonly [option: string, slope: (a: Operand, b: Operand, parameter: Scalar) => Operand];
  readonly averaged: boolean;
}

function shapeOf(x: Operand): readonly number[] {
  return isNdArray(x) ? x.shape : [];
}

/** The shape that both operands broadcast to. */
function commonShape(who: string, a: Operand, b: Operand): readonly number[] {
  return isNdArray(a) && isNdArray(b) && sameShape(a.shape, b.shape) ? a.shape : broadcastShapes(who, shapeOf(a), shapeOf(b));
}

/** The rule of a sum or mean of terms; `parameterOf` is what the options come to, a traced number where theirs is one. */
export function lossRule<O>(name: string, terms: Terms, parameterOf: (options: O | undefined) => Scalar): LossWith<O> {
  const { averaged, slopes, moving } = terms;
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
      const parameter = parameterOf(options) as number;
      checkOperands(name, [a, b]);
      const shape = commonShape(name, a, b);
      const pairs = pairsOf(a, b, shape);
      if (averaged && pairs.size === 0)
        throw new RangeError(`${name}: arrays of shape ${formatShape(shape)} have no entries, and no mean; give some`);
      const value = terms.total(pairs, parameter);
      return averaged ? value / pairs.size : value;
    },
    {
      frule: ([, da, db, doptions]: readonly unknown[], a: Operand, b: Operand, options?: O) => {
        const y = loss(a as NdArray, b as NdArray, options);
        const parameter = parameterOf(options);
        const shares = slopes(a, b, parameter);
        const moved = [da, db].flatMap((d, k) => (isZero(d) ? [] : [scale(shares[k] as Operand, d as Operand)]));
        const dparameter = moving === undefined ? NoTangent : fieldOf(doptions ?? NoTangent, moving[0]);
        if (moving !== undefined && !isZero(dparameter)) moved.push(scale(moving[1](a, b, parameter), dparameter as Scalar));
        if (moved.length === 0) return [y, ZeroTangent];
        return [y, total(moved.reduce((p, q) => add(p, q)))];
      },
      rrule: (a: Operand, b: Operand, options?: O) => {
        const parameter = parameterOf(options);
        return [
          loss(a as NdArray, b as NdArray, options),
          function lossPullback(ybar: Scalar) {
            const optionsbar = (): readonly unknown[] => {
              if (moving === undefined) return [];
              const bar = (): Scalar => scale(total(moving[1](a, b, parameter)) as Scalar, ybar);
              return optionsCotangent(options as object | undefined, { [moving[0]]: thunk(bar) });
            };
            if (typeof ybar === "number" && highestLevel([a, b, parameter]) === undefined) {
              const [p, q, plain] = [a, b, parameter] as [PlainOperand, PlainOperand, number];
              const weight = averaged ? ybar / sizeOf(commonShape(name, a, b)) : ybar;
              return [NoTangent, plainCotangent(0, p, q, weight, plain), plainCotangent(1, p, q, weight, plain), ...optionsbar()];
            }
            const shape = commonShape(name, a, b);
            const share = averaged ? div(ybar, sizeOf(shape)) : ybar;
            const barOf = (k: 0 | 1): Operand => {
              const t = scale(slopes(a, b, parameter)[k], share);
              return sameShape(shapeOf(t), shape) ? t : broadcastTo(t, shape);
            };
            return [NoTangent, thunk(() => cotangentOf(a, barOf(0))), thunk(() => cotangentOf(b, barOf(1))), ...optionsbar()];
          },
        ];
      },
    },
    { name, zeros: "symbolic" },
  ) as AnyFunction as LossWith<O>;
  return loss;
}
