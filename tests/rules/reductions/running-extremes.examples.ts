import { array } from "../../../lib/nd/index.js";
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
