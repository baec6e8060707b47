import { array } from "../../../lib/nd/index.js";
import { type Example, type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 0.5, -6],
]);
const edges: readonly Example[] = [
  { args: [array([1, 3, 3, -1, -1])], note: "ties" },
  {
    args: [
      array([
        [1, 1],
        [2, 2],
      ]),
      { axis: 1 },
    ],
    note: "ties along an axis",
  },
  { args: [1.5, -2, 3], note: "numbers" },
  { args: [2, 2], note: "equal numbers" },
];
const calls = [[], [{ axis: 0 }], [{ axis: 1, keepDims: true }]];

export const examples: Examples = {
  max: [...over(matrix, calls), ...edges],
  min: [...over(matrix, calls), ...edges],
};
