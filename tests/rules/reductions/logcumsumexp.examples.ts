import { array } from "../../../lib/nd/index.js";
import { type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [0.5, 1.5, -1],
]);

export const examples: Examples = {
  logcumsumexp: [...over(matrix, [[], [{ axis: 1 }]]), { args: [array([800, 801, 700])], note: "what overflows" }],
};
