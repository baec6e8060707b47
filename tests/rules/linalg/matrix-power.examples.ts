import { array } from "../../../lib/nd/index.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, over } from "../../support/examples.js";

const a = array([
  [2, -1, 0.5],
  [1, 3, -2],
  [0, 1, 1.5],
]);

const several = array([
  [
    [1, 2],
    [3, 4],
  ],
  [
    [0, 1],
    [-1, 0.5],
  ],
]);

export const examples: Examples = {
  matrixPower: [...over(a, [[5], [0], [1], [-3]]), { args: [several, 6], note: "several matrices" }],
};

export const calls: Calls = {
  matrixPower: ["array integer", aMatrix, 3],
};
