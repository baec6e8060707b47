import { array } from "../../../lib/nd/index.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2],
  [4, 5.5],
]);

export const examples: Examples = {
  pad: over(matrix, [
    [1],
    [[1, 2]],
    [
      [
        [0, 1],
        [1, 0],
      ],
    ],
    [1, { value: 2.5 }],
    [1, { mode: "edge" }],
    [[3, 2], { mode: "reflect" }],
    [[3, 2], { mode: "symmetric" }],
    [[3, 2], { mode: "wrap" }],
  ]),
};

export const calls: Calls = {
  pad: ["array pairs options", aMatrix, [1, 1], { value: 0 }],
};
