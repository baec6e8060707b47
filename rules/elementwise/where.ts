import { applyElementwise, operandsDType, type PlainOperand } from "../../lib/core/calls/elementwise.js";
import {
  type AnyArray,
  type AnyFunction,
  cotangentOf,
  describe,
  isScalar,
  linearRule,
  type Operand,
  type Scalar,
  scalarRule,
  TracedScalar,
  thunk,
  type Unary,
} from "../../lib/core/index.js";
import { floatResult } from "../../lib/nd/float-array.js";
import { isNdArray, type NdArray, packed } from "../../lib/nd/index.js";

/** What `where` chooses by: true or false, 1 or 0, or an array of 1 and 0. */
export type Condition = boolean | Operand;

/** a where the condition holds, else b. */
export interface Where {
  (cond: boolean | Scalar, a: number, b: number): number;
  (cond: boolean | Scalar, a: Scalar, b: Scalar): Scalar;
  (cond: boolean | PlainOperand, a: NdArray, b: PlainOperand): NdArray;
  (cond: boolean | PlainOperand, a: PlainOperand, b: NdArray): NdArray;
  (cond: NdArray, a: PlainOperand, b: PlainOperand): NdArray;
  (cond: boolean | PlainOperand, a: PlainOperand, b: PlainOperand): PlainOperand;
  (cond: Condition, a: AnyArray, b: Operand): AnyArray;
  (cond: Condition, a: Operand, b: AnyArray): AnyArray;
  (cond: AnyArray, a: Operand, b: Operand): AnyArray;
  (cond: Condition, a: Operand, b: Operand): Operand;
}

/** true as 1, false as 0; all else as it is. */
const asMask = (cond: Condition): Operand => (typeof cond === "boolean" ? Number(cond) : cond);

/** The chosen entries. They are moved, never multiplied: what is not chosen leaves no trace, whatever it is. */
function chosen(cond: boolean | PlainOperand, a: PlainOperand, b: PlainOperand): PlainOperand {
  const mask = asMask(cond) as PlainOperand;
  if (typeof mask !== "number" && !isNdArray(mask)) {
    throw new TypeError(`where: cond is ${describe(mask)}; a boolean, a number or an array of 0 and 1 is needed`);
  }
  // In double precision, so that the kind of the mask does not count.
  const held = isNdArray(mask) ? packed(mask, "float64") : mask;
  const y = applyElementwise("where", (holds, yes, no) => (holds === 0 ? no : yes), [held, a, b]);
  return typeof y === "number" ? y : floatResult(y.data as Float64Array, y.shape, operandsDType([a, b]));
}

/** The same of numbers. A product would do without a branch that nobody can foresee, but for what it makes of 0, ∞ and NaN. */
function choice(cond: number, a: number, b: number): number {
  const first = Number(cond !== 0);
  const y = a * first + b * (1 - first);
  if (Math.abs(y) > 0) return y;
  return cond !== 0 ? a : b;
}

/** 1 where a condition holds, else 0. */
const holds: Unary = scalarRule(
  (cond: number): number => Number(cond !== 0),
  () => [0],
  { name: "holds" },
);

/** 1 where a condition does not hold, else 0. */
const fails: Unary = scalarRule(
  (cond: number): number => Number(cond === 0),
  () => [0],
  { name: "fails" },
);

/**
 * a where cond holds, else b, entry by entry; all three broadcast. cond is not differentiated; anything but 0 holds. What is not chosen gets
 * a derivative of exactly 0, even where its own one is infinite or NaN.
 *   ẏ = where(cond, ȧ, ḃ)        ā = where(cond, ȳ, 0),  b̄ = where(cond, 0, ȳ)
 */
export const where: Where = linearRule(
  chosen,
  (ybar: PlainOperand, cond: unknown, a: Operand, b: Operand) => {
    const mask = cond as boolean | NdArray;
    return [thunk(() => cotangentOf(a, where(mask, ybar, 0) as Operand)), thunk(() => cotangentOf(b, where(mask, 0, ybar) as Operand))];
  },
  {
    name: "where",
    linearIn: [1, 2],
    byPrimal: [0],
    elementwise: {
      f: choice,
      partials: (_: Operand, cond: Operand) => [0, holds(cond), fails(cond)],
      operands: ([cond, ...others]) => [asMask(cond as Condition), ...others],
      most: 3,
      kindless: [0],
    },
    dispatch: (general) =>
      ((cond: Condition, a: Operand, b: Operand, index?: unknown, list?: unknown): unknown => {
        if (index !== undefined || list !== undefined) return (general as AnyFunction)(cond, a, b, index, list);
        if (isScalar(a) && isScalar(b)) {
          const holds = cond instanceof TracedScalar ? cond.primal : cond;
          if (typeof holds === "boolean") return holds ? a : b;
          if (typeof holds === "number") return holds === 0 ? b : a;
        }
        return (general as Where)(cond, a, b);
      }) as typeof chosen,
  },
);
