import { array, zeros } from "../../../lib/nd/index.js";
import { type Examples, over } from "../../support/examples.js";

const stack = array([
  [
    [2, -1],
    [0.5, 3],
  ],
  [
    [1, 2],
    [-3, 0.5],
  ],
]);

export const examples: Examples = {
  expm: [
    ...over(
      array([
        [0.5, -1, 0.25],
        [1, 0.3, -0.5],
        [-0.2, 0.7, 0.1],
      ]),
    ),
    {
      args: [
        array([
          [3, -5],
          [8, 2],
        ]),
      ],
      note: "a matrix that is halved first",
    },
    { args: [zeros([2, 2])], note: "the zero matrix" },
    {
      args: [
        array([
          [1, 1],
          [0, 1],
        ]),
      ],
      note: "a Jordan block",
    },
    { args: [array([[0.5]])], note: "one entry" },
    { args: [stack], note: "two matrices" },
    { args: [zeros([0, 2, 2])], note: "none" },
  ],
};
