import { array } from "../../../lib/nd/index.js";
import { prod } from "../../../rules/reductions/prod.js";
import { type Kinks, no, on, vector } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 0.5, -6],
]);

export const examples: Examples = {
  prod: [
    ...over(matrix, [[], [{ axis: 0 }], [{ axis: 1, keepDims: true }]]),
    { args: [array([2, 0, 3])], note: "one zero" },
    { args: [array([2, 0, 3, 0])], note: "two zeros" },
  ],
};

export const kinks: Kinks = [
  {
    ...lines.zeroFactors,
    names: ["prod"],
    cases: [
      on("prod([2, 0, 3])", prod, vector(2, 0, 3), 0, vector(0, 6, 0)),
      on("prod([0, 0, 3])", prod, vector(0, 0, 3), 0, vector(0, 0, 0)),
    ],
  },
  { ...lines.ofNothing, names: ["prod"], cases: [on("prod([])", prod, no(0), 1, no(0))] },
];
