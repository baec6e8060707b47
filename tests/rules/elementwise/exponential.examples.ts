import { array } from "../../../lib/nd/index.js";
import { exp, log, log1p } from "../../../rules/elementwise/exponential.js";
import { at, infinity, type Kinks } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, unary } from "../../support/examples.js";

const anywhere = [0.7, -2, 1.5, 3] as const;
const positive = [0.7, 2, 0.05, 30] as const;
const atZero = { args: [array([0, 2])], note: "the infinite slope at 0", kit: { order: 1 } } as const;

export const examples: Examples = {
  exp: unary([...anywhere], [{ args: [array([-800, 0])], note: "underflow" }]),
  exp2: unary([...anywhere]),
  exp10: unary([...anywhere]),
  expm1: unary([...anywhere], [{ args: [1e-9], note: "near 0" }]),
  log: unary([...positive], [atZero]),
  log2: unary([...positive], [atZero]),
  log10: unary([...positive], [atZero]),
  log1p: unary(
    [...positive],
    [
      { args: [1e-9], note: "near 0" },
      { args: [array([-1, 2])], note: "the infinite slope at −1", kit: { order: 1 } },
    ],
  ),
};

export const kinks: Kinks = [
  {
    ...lines.infiniteSlopes,
    names: ["log", "log1p"],
    cases: [at("log(0)", log, 0, -infinity, infinity), at("log1p(−1)", log1p, -1, -infinity, infinity)],
  },
  { ...lines.hiddenSlopes, names: ["log"], cases: [at("exp(log(0))", (x) => exp(log(x)), 0, 0, 0)] },
];
