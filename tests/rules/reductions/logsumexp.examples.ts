import { array } from "../../../lib/nd/index.js";
import { logsumexp } from "../../../rules/reductions/logsumexp.js";
import { infinity, type Kinks, no, on, vector } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [0.5, 1.5, -1],
]);

export const examples: Examples = {
  logsumexp: [
    ...over(matrix, [[], [{ axis: 0 }], [{ axis: 1, keepDims: true }]]),
    { args: [array([800, 801, -800])], note: "what overflows" },
    { args: [array([Number.NEGATIVE_INFINITY, 1])], note: "a term of 0", kit: { order: 1 } },
  ],
};

export const kinks: Kinks = [
  { ...lines.ofNothing, names: ["logsumexp"], cases: [on("logsumexp([])", logsumexp, no(0), -infinity, no(0))] },
  {
    ...lines.farOut,
    names: ["logsumexp"],
    cases: [
      on("logsumexp([800, −800])", logsumexp, vector(800, -800), 800, vector(1, 0)),
      on("logsumexp([−800, −800])", logsumexp, vector(-800, -800), Math.LN2 - 800, vector(0.5, 0.5)),
    ],
  },
  {
    where: "`logaddexp(−∞, −∞)`, `logsumexp` of nothing else",
    convention: "0",
    names: ["logsumexp"],
    cases: [on("logsumexp([−∞, −∞])", logsumexp, vector(-infinity, -infinity), -infinity, no(2))],
  },
];
