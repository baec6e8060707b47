import { addToProduct } from "../add-to-product.js";
import type { Formulas } from "./formula.js";

// Names are those of the library, with what tells variants apart behind them.
export const arithmetic: Formulas = {
  add: { on: ["normal", "normal"], value: "a + b", slopes: ["1", "1"] },
  sub: { on: ["normal", "normal"], value: "a - b", slopes: ["1", "-1"] },
  mul: { on: ["normal", "normal"], value: "a * b", slopes: ["b", "a"] },
  div: { on: ["normal", [0.5, 3]], first: "const r = 1 / b;", value: "a * r", slopes: ["r", "-y * r"] },
  neg: { on: ["normal"], value: "-a", slopes: ["-1"] },
  square: { on: ["normal"], value: "a * a", slopes: ["2 * a"] },
  reciprocal: { on: [[0.5, 3]], value: "1 / a", slopes: ["-y * y"] },
  fma: { on: ["normal", "normal", "normal"], value: "addToProduct(a, b, c)", slopes: ["b", "a", "1"], kernels: { addToProduct } },
  // The lab's first function.
  f1: { on: ["normal", "normal"], value: "a * a + 3 * b", slopes: ["2 * a", "3"] },
  // xʸ⁻¹ is xʸ / x unless xʸ has left the range of normal numbers.
  pow: {
    on: [
      [0.1, 4],
      [-2, 3],
    ],
    value: "a ** b",
    slopes: ["y > 1e-290 && y < 1e290 ? (b * y) / a : b * a ** (b - 1)", "y === 0 ? 0 : y * Math.log(a)"],
  },
  mod: {
    on: [
      [-9, 9],
      [0.5, 3],
    ],
    first: "const r = a % b;",
    value: "r === 0 ? (b < 0 ? -0 : 0) : r < 0 !== b < 0 ? r + b : r",
    slopes: ["1", "-Math.round((a - y) / b)"],
  },
  rem: {
    on: [
      [-9, 9],
      [0.5, 3],
    ],
    value: "a % b",
    slopes: ["1", "-Math.round((a - y) / b)"],
  },
};

/** The same with a number in the place of an operand. */
export const withNumbers: Formulas = {
  "add(x, 1)": { on: ["normal"], value: "a + p", slopes: ["1"], statics: [1] },
  "sub(1, x)": { on: ["normal"], value: "p - a", slopes: ["-1"], statics: [1] },
  "mul(x, 3)": { on: ["normal"], value: "a * p", slopes: ["p"], statics: [3] },
  "div(1, x)": { on: [[0.5, 3]], first: "const r = 1 / a;", value: "p * r", slopes: ["-y * r"], statics: [1] },
  "pow(x, 2.5)": {
    on: [[0.1, 4]],
    value: "a ** p",
    slopes: ["y > 1e-290 && y < 1e290 ? (p * y) / a : p * a ** (p - 1)"],
    statics: [2.5],
  },
  "maximum(x, 0)": { on: ["normal"], value: "a >= p || a !== a ? a : p", slopes: ["a >= p || a !== a ? 1 : 0"], statics: [0] },
  "hypot(x, 1)": { on: ["normal"], value: "Math.hypot(a, p)", slopes: ["a / y"], statics: [1] },
};

/** The same array in the place of both operands. */
export const ofItself: Formulas = {
  "mul(x, x)": { on: ["normal"], value: "a * a", slopes: ["2 * a"] },
  "add(x, x)": { on: ["normal"], value: "a + a", slopes: ["2"] },
};
