import { array } from "../../../lib/nd/index.js";
import { sum } from "../../../rules/reductions/index.js";
import { cummax, cummin } from "../../../rules/reductions/running-extremes.js";
import { type Kinks, on, vector } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 0.5, -6],
]);
const calls = [[], [{ axis: 1 }]];

export const examples: Examples = {
  cummax: [...over(matrix, calls), { args: [array([1, 3, 3, 2])], note: "a tie" }],
  cummin: [...over(matrix, calls), { args: [array([3, 1, 1, 2])], note: "a tie" }],
};

export const kinks: Kinks = [
  {
    ...lines.tiesInOrder,
    names: ["cummax", "cummin"],
    cases: [
      on("sum(cummax([2, 2, 1]))", (x) => sum(cummax(x)), vector(2, 2, 1), 6, vector(3, 0, 0)),
      on("sum(cummin([2, 2, 3]))", (x) => sum(cummin(x)), vector(2, 2, 3), 6, vector(3, 0, 0)),
    ],
  },
];
