import { array } from "../../../lib/nd/index.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);

export const examples: Examples = {
  roll: over(matrix, [[2], [-1, { axis: 1 }], [[1, 2], { axis: [0, 1] }]]),
};

export const calls: Calls = {
  roll: ["array integers options", aMatrix, 1, { axis: 0 }],
};
