import {
  type AnyFunction,
  add,
  type Binary,
  type Scalar,
  scalarRule,
  type Ternary,
  TracedNumber,
  type Unary,
} from "../../lib/core/index.js";
import { multiplyAddOnce } from "./rounded-once.js";

export { add };

// Programs on numbers call these millions of times. Each one is written out, so that no two of them share an inline cache.

/**
 * x − y.
 *   ẏ = ẋ₁ − ẋ₂                  x̄₁ = ȳ,  x̄₂ = −ȳ
 */
export const sub: Binary = scalarRule(
  (x: number, y: number): number => x - y,
  () => [1, -1],
  {
    name: "sub",
    exact: true,
    dispatch: (general: Binary) => {
      // In two halves, so that each is short enough for the compiler to inline in programs of many operations.
      const withNumber = (x: Scalar, y: Scalar): unknown => {
        if (typeof x === "number") {
          if (typeof y === "number") return x - y;
          if (y instanceof TracedNumber) {
            const q = y.primal;
            return y.level.unary(x - q, y, -1);
          }
        } else if (typeof y === "number" && x instanceof TracedNumber) {
          const p = x.primal;
          return x.level.unary(p - y, x, 1);
        }
        return general(x, y);
      };
      return ((x: Scalar, y: Scalar, index?: unknown, list?: unknown): unknown => {
        if (index !== undefined || list !== undefined) return (general as AnyFunction)(x, y, index, list);
        if (x instanceof TracedNumber && y instanceof TracedNumber && x.level === y.level) {
          const p = x.primal;
          const q = y.primal;
          return x.level.binary(p - q, x, 1, y, -1);
        }
        return withNumber(x, y);
      }) as Binary;
    },
  },
);

/**
 * x·y.
 *   ẏ = x₂ ẋ₁ + x₁ ẋ₂            x̄₁ = x₂ ȳ,  x̄₂ = x₁ ȳ
 */
export const mul: Binary = scalarRule(
  (x: number, y: number): number => x * y,
  (_, x, y) => [y, x],
  {
    name: "mul",
    exact: true,
    dispatch: (general: Binary) => {
      // In two halves, so that each is short enough for the compiler to inline in programs of many operations.
      const withNumber = (x: Scalar, y: Scalar): unknown => {
        if (typeof x === "number") {
          if (typeof y === "number") return x * y;
          if (y instanceof TracedNumber) {
            const q = y.primal;
            return y.level.unary(x * q, y, x);
          }
        } else if (typeof y === "number" && x instanceof TracedNumber) {
          const p = x.primal;
          return x.level.unary(p * y, x, y);
        }
        return general(x, y);
      };
      return ((x: Scalar, y: Scalar, index?: unknown, list?: unknown): unknown => {
        if (index !== undefined || list !== undefined) return (general as AnyFunction)(x, y, index, list);
        if (x instanceof TracedNumber && y instanceof TracedNumber && x.level === y.level) {
          const p = x.primal;
          const q = y.primal;
          return x.level.binary(p * q, x, q, y, p);
        }
        return withNumber(x, y);
      }) as Binary;
    },
  },
);

/**
 * y = x₁ / x₂.
 *   ẏ = (ẋ₁ − y ẋ₂) / x₂         x̄₁ = ȳ / x₂,  x̄₂ = −y ȳ / x₂
 */
export const div: Binary = scalarRule(
  (x: number, y: number): number => x / y,
  (out, _, y) => [reciprocal(y), neg(div(out, y))],
  {
    name: "div",
    exact: true,
    dispatch: (general: Binary) => {
      // In two halves, so that each is short enough for the compiler to inline in programs of many operations.
      const withNumber = (x: Scalar, y: Scalar): unknown => {
        if (typeof x === "number") {
          if (typeof y === "number") return x / y;
          if (y instanceof TracedNumber) {
            const q = y.primal;
            return y.level.unary(x / q, y, -(x / q / q));
          }
        } else if (typeof y === "number" && x instanceof TracedNumber) {
          const p = x.primal;
          return x.level.unary(p / y, x, 1 / y);
        }
        return general(x, y);
      };
      return ((x: Scalar, y: Scalar, index?: unknown, list?: unknown): unknown => {
        if (index !== undefined || list !== undefined) return (general as AnyFunction)(x, y, index, list);
        if (x instanceof TracedNumber && y instanceof TracedNumber && x.level === y.level) {
          const p = x.primal;
          const q = y.primal;
          return x.level.binary(p / q, x, 1 / q, y, -(p / q / q));
        }
        return withNumber(x, y);
      }) as Binary;
    },
  },
);

/**
 * −x.
 *   ẏ = −ẋ                       x̄ = −ȳ
 */
export const neg: Unary = scalarRule(
  (x: number): number => -x,
  () => [-1],
  {
    name: "neg",
    exact: true,
    dispatch: (general: Unary) =>
      ((x: Scalar, index?: unknown, list?: unknown): unknown => {
        if (index !== undefined || list !== undefined) return (general as AnyFunction)(x, index, list);
        if (typeof x === "number") return -x;
        if (!(x instanceof TracedNumber)) return general(x);
        const p = x.primal;
        return x.level.unary(-p, x, -1);
      }) as Unary,
  },
);

/**
 * x².
 *   ẏ = 2x ẋ                     x̄ = 2x ȳ
 */
export const square: Unary = scalarRule(
  (x: number): number => x * x,
  (_, x) => [mul(2, x)],
  {
    name: "square",
    exact: true,
    dispatch: (general: Unary) =>
      ((x: Scalar, index?: unknown, list?: unknown): unknown => {
        if (index !== undefined || list !== undefined) return (general as AnyFunction)(x, index, list);
        if (typeof x === "number") return x * x;
        if (!(x instanceof TracedNumber)) return general(x);
        const p = x.primal;
        return x.level.unary(p * p, x, 2 * p);
      }) as Unary,
  },
);

/**
 * y = 1/x.
 *   ẏ = −y² ẋ                    x̄ = −y² ȳ
 */
export const reciprocal: Unary = scalarRule(
  (x: number): number => 1 / x,
  (y) => [neg(square(y))],
  { name: "reciprocal" },
);

/**
 * x·y + z, rounded once: the product's last digits are kept until the sum. (In arrays of single precision the double result is rounded to it.)
 *   ẏ = x₂ ẋ₁ + x₁ ẋ₂ + ẋ₃       x̄₁ = x₂ ȳ,  x̄₂ = x₁ ȳ,  x̄₃ = ȳ
 */
export const fma: Ternary = scalarRule(multiplyAddOnce, (_, x, y) => [y, x, 1], { name: "fma" });
