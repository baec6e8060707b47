import { array } from "../../../lib/nd/index.js";
import { aVector, type Calls } from "../../support/calls.js";
import { type Examples, over, single, strided } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 0.5, -6],
]);
const at = array([0, 0.5, 2]);

export const examples: Examples = {
  diff: over(matrix, [[], [{ axis: 0 }], [{ n: 2 }], [{ n: 0 }]]),
  trapz: [
    ...over(array([1, -2, 4])),
    { args: [array([1, -2, 4]), at], note: "points" },
    { args: [strided(matrix), at], note: "a strided view, one point for each column" },
    { args: [matrix, strided(matrix)], note: "a point for each value" },
    { args: [single(matrix), single(at)], note: "single precision" },
  ],
};

export const calls: Calls = {
  trapz: ["array points", aVector, aVector],
};
