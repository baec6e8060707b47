import { array, zeros } from "../../../lib/nd/index.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);

export const examples: Examples = {
  reshape: [...over(matrix, [[[3, 2]], [[-1]], [6]]), { args: [zeros([0, 2]), [2, 0]], note: "no entries" }],
  ravel: over(matrix),
};

export const calls: Calls = {
  reshape: ["array integers", aMatrix, [4]],
};
