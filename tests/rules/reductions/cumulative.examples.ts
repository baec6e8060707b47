import { array } from "../../../lib/nd/index.js";
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
