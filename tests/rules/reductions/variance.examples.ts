import { gradient } from "../../../lib/index.js";
import { array } from "../../../lib/nd/index.js";
import { square } from "../../../rules/elementwise/field.js";
import { std, variance } from "../../../rules/reductions/variance.js";
import { type Kinks, no, on, vector } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);
const calls = [[], [{ axis: 0 }], [{ axis: 1, keepDims: true, ddof: 1 }]];

export const examples: Examples = {
  variance: [...over(matrix, calls), { args: [array([2, 2, 2])], note: "nothing differs" }],
  std: [...over(matrix, calls), { args: [array([2, 2, 2])], note: "nothing differs", kit: { order: 1 } }],
};

export const kinks: Kinks = [
  {
    where: "`std`, `variance` of equal entries",
    convention: "0",
    names: ["std", "variance"],
    cases: [
      on("std([0.1, 0.1, 0.1])", std, vector(0.1, 0.1, 0.1), 0, no(3)),
      on("variance([0.1, 0.1, 0.1])", variance, vector(0.1, 0.1, 0.1), 0, no(3)),
    ],
  },
  {
    ...lines.hiddenCurvatures,
    names: ["std"],
    cases: [on("the slope of std(x)² by x[0] at [2, 2]", (x) => gradient((z) => square(std(z)), x)[0].get(0), vector(2, 2), 0, no(2))],
  },
];
