import { array } from "../../../lib/nd/index.js";
import { aVector, type Calls } from "../../support/calls.js";
import { type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);

export const examples: Examples = {
  slice: over(matrix, [
    [[null, [0, 2]]],
    [[1, 2]],
    [
      [
        [undefined, undefined, -1],
        [2, undefined, -2],
      ],
    ],
    [[0, null]],
    [[1]],
  ]),
};

export const calls: Calls = {
  slice: ["array index", aVector, [1]],
};
