import { array, zeros } from "../lib/nd/index.js";
import { type Examples, over } from "../tests/support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);
const calls = [[], [{ axis: 0 }], [{ axis: -1, keepDims: true }], [{ axis: [0, 1] }]];

export const examples: Examples = {
  sum: [...over(matrix, calls), ...over(matrix, [[{ axis: 0 }]]), { args: [zeros([0, 2])], note: "no entries" }],
  mean: [...over(matrix, calls), ...over(matrix, [[{ axis: 1 }]])],
};
