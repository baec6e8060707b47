import { array } from "../../../lib/nd/index.js";
import { createRange } from "../../../rules/lab/ranges.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, over } from "../../support/examples.js";

const x = array([
  [1, -2, 3, 0.5],
  [4, 0.25, -6, 7],
  [8, -9, 2, -1],
]);

export const examples: Examples = {
  poolSum: [
    ...over(x, [
      [createRange(3, 2), createRange(4, 3)],
      [
        [
          [0, 2],
          [1, 3],
        ],
        [[0, 4]],
      ],
    ]),
    {
      args: [
        x,
        [
          [0, 0],
          [1, 3],
        ],
        [[0, 4]],
      ],
      note: "an empty block",
    },
  ],
};

export const calls: Calls = {
  poolSum: ["array pairs pairs", aMatrix, [[0, 1]], [[0, 1]]],
};
