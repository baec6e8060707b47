import { array } from "../../../lib/nd/index.js";
import { cumprod } from "../../../rules/reductions/cumulative.js";
import { sum } from "../../../rules/reductions/index.js";
import { type Kinks, on, vector } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 0.5, -6],
]);
const calls = [[], [{ axis: 1 }]];

export const examples: Examples = {
  cumsum: over(matrix, calls),
  cumprod: [...over(matrix, calls), { args: [array([2, 0, 3, 0, 5])], note: "zeros" }],
};

export const kinks: Kinks = [
  {
    ...lines.zeroFactors,
    names: ["cumprod"],
    cases: [on("sum(cumprod([2, 0, 3]))", (x) => sum(cumprod(x)), vector(2, 0, 3), 2, vector(1, 8, 0))],
  },
];
