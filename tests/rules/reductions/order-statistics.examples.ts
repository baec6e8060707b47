import { array } from "../../../lib/nd/index.js";
import { median, quantile } from "../../../rules/reductions/order-statistics.js";
import { type Kinks, NaNs, on, vector } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { aVector, type Calls } from "../../support/calls.js";
import { type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 0.5, -6],
]);

export const examples: Examples = {
  median: [
    ...over(matrix, [[], [{ axis: 0 }], [{ axis: 1, keepDims: true }]]),
    { args: [array([3, 1, 3, 3, 2])], note: "a tie in the middle" },
  ],
  quantile: [
    ...over(matrix, [[0.3], [[0, 0.25, 1]], [0.5, { axis: 0 }], [[0.1, 0.9], { axis: 1, keepDims: true }]], { exclude: [1] }),
    { args: [array([1, 2, 2, 5, 7]), 0.25], note: "a tie", kit: { exclude: [1] } },
  ],
};

export const calls: Calls = {
  quantile: ["array number options", aVector, 0.5, { axis: 0 }],
};

export const kinks: Kinks = [
  {
    ...lines.ties,
    names: ["median"],
    cases: [
      on("median([2, 2, 2])", median, vector(2, 2, 2), 2, vector(1, 0, 0)),
      on("median([2, 1, 2, 2])", median, vector(2, 1, 2, 2), 2, vector(0.5, 0, 0.5, 0)),
    ],
  },
  {
    ...lines.tiesInOrder,
    names: ["quantile"],
    cases: [on("quantile([2, 2, 2], 0.5)", (x) => quantile(x, 0.5), vector(2, 2, 2), 2, vector(1, 0, 0))],
  },
  { ...lines.notANumber, names: ["median"], cases: [on("median([1, NaN, 2])", median, NaNs, Number.NaN)] },
];
