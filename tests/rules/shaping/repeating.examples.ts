import { array } from "../../../lib/nd/index.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2],
  [4, 5.5],
]);

export const examples: Examples = {
  tile: over(matrix, [[2], [[2, 1]], [[2, 1, 2]]]),
  repeat: over(matrix, [[2], [2, { axis: 0 }], [[1, 2], { axis: 1 }]]),
};

export const calls: Calls = {
  tile: ["array integers", aMatrix, [2, 1]],
  repeat: ["array integers options", aMatrix, 2, { axis: 0 }],
};
