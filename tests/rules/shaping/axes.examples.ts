import { array, ones } from "../../../lib/nd/index.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, over } from "../../support/examples.js";

const cube = array([
  [
    [1, -2, 3],
    [4, 5.5, -6],
  ],
]);
const matrix = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);

export const examples: Examples = {
  transpose: [...over(matrix), ...over(cube, [[[2, 0, 1]]])],
  moveaxis: over(cube, [
    [0, -1],
    [
      [0, 1],
      [2, 0],
    ],
  ]),
  swapaxes: over(cube, [[0, 2]]),
  squeeze: over(cube, [[], [{ axis: 0 }]]),
  expandDims: over(matrix, [[1], [[0, -1]]]),
  flip: over(matrix, [[], [{ axis: 1 }]]),
  rot90: [...over(matrix, [[], [{ k: 2 }], [{ k: -1 }]]), { args: [ones([0, 3])], note: "no entries" }],
};

export const calls: Calls = {
  transpose: ["array order", aMatrix, [1, 0]],
  moveaxis: ["array integers integers", aMatrix, 0, 1],
  swapaxes: ["array integer integer", aMatrix, 0, 1],
  expandDims: ["array integers", aMatrix, 0],
};
