import { array } from "../../../lib/nd/index.js";
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
