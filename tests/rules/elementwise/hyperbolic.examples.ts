import { array } from "../../../lib/nd/index.js";
import { acosh, atanh, tanh } from "../../../rules/elementwise/hyperbolic.js";
import { at, infinity, type Kinks } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, unary } from "../../support/examples.js";

export const examples: Examples = {
  sinh: unary([0.7, -2, 1.5, 0]),
  cosh: unary([0.7, -2, 1.5, 0]),
  tanh: unary([0.7, -2, 1.5, 0], [{ args: [array([-800, 800])], note: "flat ends" }]),
  asinh: unary([0.7, -2, 1.5, 0]),
  acosh: unary([1.7, 2, 1.05, 30], [{ args: [array([1, 2])], note: "the infinite slope at 1", kit: { order: 1 } }], {
    domain: [[1, Number.POSITIVE_INFINITY]],
  }),
  atanh: unary([0.7, -0.2, 0.95, 0], [{ args: [array([1, 0.5])], note: "the infinite slope at 1", kit: { order: 1 } }], {
    domain: [[-1, 1]],
  }),
};

export const kinks: Kinks = [
  {
    ...lines.infiniteSlopes,
    names: ["acosh", "atanh"],
    cases: [at("acosh(1)", acosh, 1, 0, infinity), at("atanh(1)", atanh, 1, infinity, infinity)],
  },
  { ...lines.farOut, names: ["tanh"], cases: [at("tanh(800)", tanh, 800, 1, 0), at("tanh(−800)", tanh, -800, -1, 0)] },
];
