import { array } from "../../../lib/nd/index.js";
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
