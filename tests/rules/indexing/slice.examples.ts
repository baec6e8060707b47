import { aVector, type Calls } from "../../support/calls.js";
import { type Examples, over } from "../../support/examples.js";
import { matrix } from "./operands.js";

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
