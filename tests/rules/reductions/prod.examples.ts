import { array } from "../../../lib/nd/index.js";
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
