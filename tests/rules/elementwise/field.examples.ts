import { array } from "../../../lib/nd/index.js";
import { div, mul } from "../../../rules/elementwise/field.js";
import { at, type Kinks } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { binary, type Examples, single, strided, unary } from "../../support/examples.js";

export const examples: Examples = {
  sub: binary([1.5, -2, 0.5], [3, -1, 4]),
  mul: binary([1.5, -2, 0.5], [3, -1, 4], [{ args: [array([0, 2]), array([3, 0])], note: "zeros" }]),
  div: binary([1.5, -2, 0.5], [3, -1, 4], [{ args: [0, 2], note: "zero" }]),
  neg: unary([1.5, -2, 0.5, 3]),
  square: unary([1.5, -2, 0.5, 3], [{ args: [0], note: "the flat place" }]),
  reciprocal: unary([1.5, -2, 0.5, 3]),
  fma: [
    { args: [1.5, -2, 0.5] },
    { args: [array([1.5, -2]), array([3, 0.5]), array([-1, 4])] },
    { args: [strided(array([1.5, -2])), array([3, 0.5]), array([-1, 4])], note: "a strided view" },
    { args: [array([[1.5], [-2]]), array([3, 0.5]), 4], note: "a column with a row and a number" },
    { args: [single(array([1.5, -2])), single(array([3, 0.5])), 2], note: "single precision" },
  ],
};

export const kinks: Kinks = [
  { ...lines.hiddenSlopes, names: ["div"], cases: [at("div(1, div(1, 0))", (x) => div(1, div(1, x)), 0, 0, 0)] },
  { ...lines.notANumber, names: ["mul"], cases: [at("x · x at NaN", (x) => mul(x, x), Number.NaN, Number.NaN, Number.NaN)] },
];
