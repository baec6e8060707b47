import { declare } from "../calls/declare.js";
import { applyElementwise, type Binary, type PlainOperand } from "../calls/elementwise.js";
import { type Level, type Operand, type Scalar, TracedNumber } from "../level.js";
import type { AnyFunction } from "../rule.js";
import { cotangentOf } from "./broadcasting.js";
import { isZero, NoTangent, ZeroTangent } from "./tangent.js";

const sumOfTwo = (x: number, y: number): number => x + y;

/**
 * x + y, with broadcasting.
 *   ẏ = ẋ₁ + ẋ₂                  x̄₁ = x̄₂ = ȳ
 */
export const add: Binary = declare(
  {
    primal: (x: PlainOperand, y: PlainOperand) => applyElementwise("add", sumOfTwo as (...xs: number[]) => number, [x, y]),
    definer: "defineRule",
    zeros: "symbolic",
    pair: () => ({
      frule: ([, dx, dy], x: Operand, y: Operand) => [add(x, y), isZero(dx) ? dy : isZero(dy) ? dx : add(dx as Operand, dy as Operand)],
      rrule: (x: Operand, y: Operand) => [
        add(x, y),
        function addPullback(ybar: Operand) {
          return [NoTangent, cotangentOf(x, ybar), cotangentOf(y, ybar)];
        },
      ],
    }),
  },
  {
    name: "add",
    elementwise: { f: sumOfTwo, partials: () => [1, 1], exact: true, most: 2 },
    dispatch: (general: Binary) => {
      // In two halves, so that each is short enough for the compiler to inline in programs of many operations.
      const withNumber = (x: Scalar, y: Scalar): unknown => {
        if (typeof x === "number") {
          if (typeof y === "number") return x + y;
          if (y instanceof TracedNumber) {
            const q = y.primal;
            return y.level.unary(x + q, y, 1);
          }
        } else if (typeof y === "number" && x instanceof TracedNumber) {
          const p = x.primal;
          return x.level.unary(p + y, x, 1);
        }
        return general(x, y);
      };
      return ((x: Scalar, y: Scalar, index?: unknown, list?: unknown): unknown => {
        if (index !== undefined || list !== undefined) return (general as AnyFunction)(x, y, index, list);
        if (x instanceof TracedNumber && y instanceof TracedNumber && x.level === y.level) {
          const p = x.primal;
          const q = y.primal;
          return x.level.binary(p + q, x, 1, y, 1);
        }
        return withNumber(x, y);
      }) as Binary;
    },
  },
);

/** a·b, exactly 0 when either is 0, whatever the other is. */
export function strongProduct(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

/**
 * The strong product of a partial and a tangent or cotangent: exactly 0 where either is 0, ∞ and NaN included; with broadcasting.
 *   ẏ = ṗ·t + p·ṫ               p̄ = t·ȳ,  t̄ = p·ȳ
 */
export const scale: Binary = declare(
  {
    primal: (p: PlainOperand, t: PlainOperand) => applyElementwise("scale", strongProduct as (...xs: number[]) => number, [p, t]),
    definer: "defineRule",
    zeros: "symbolic",
    pair: () => ({
      frule: ([, dp, dt], p: Operand, t: Operand) => {
        const fromP = isZero(dp) ? ZeroTangent : scale(dp as Operand, t);
        const fromT = isZero(dt) ? ZeroTangent : scale(p, dt as Operand);
        return [scale(p, t), isZero(fromP) ? fromT : isZero(fromT) ? fromP : add(fromP as Operand, fromT as Operand)];
      },
      rrule: (p: Operand, t: Operand) => [
        scale(p, t),
        function scalePullback(ybar: Operand) {
          return [NoTangent, cotangentOf(p, scale(t, ybar)), cotangentOf(t, scale(p, ybar))];
        },
      ],
    }),
  },
  {
    name: "scale",
    elementwise: { f: strongProduct, partials: (_: Operand, p: Operand, t: Operand) => [t, p], exact: true, most: 2 },
    dispatch: (general: Binary) =>
      ((x: Scalar, y: Scalar, index?: unknown, list?: unknown): unknown => {
        if (index !== undefined || list !== undefined) return (general as AnyFunction)(x, y, index, list);
        if (typeof x === "number") {
          if (typeof y === "number") return strongProduct(x, y);
          if (y instanceof TracedNumber) return y.level.unary(strongProduct(x, y.primal), y, x);
        } else if (x instanceof TracedNumber) {
          const p = x.primal;
          if (typeof y === "number") return x.level.unary(strongProduct(p, y), x, y);
          if (y instanceof TracedNumber && y.level === x.level) return x.level.binary(strongProduct(p, y.primal), x, y.primal, y, p);
        }
        return general(x, y);
      }) as Binary,
  },
);

/** sum + p · t of numbers, traced or not; the product is strong. */
export function multiplyAdd(sum: Scalar, p: Scalar, t: Scalar): Scalar {
  if (typeof sum === "number" && typeof p === "number" && typeof t === "number") return sum + strongProduct(p, t);
  let level: Level | undefined;
  if (typeof sum !== "number") level = sum.level;
  if (typeof p !== "number" && (level === undefined || p.level.id > level.id)) level = p.level;
  if (typeof t !== "number" && (level === undefined || t.level.id > level.id)) level = t.level;
  return level?.multiplyAdd(sum, p, t) ?? add(sum, scale(p, t));
}
