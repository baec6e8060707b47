import { array, zeros } from "../../../lib/nd/index.js";
import { type Examples, over } from "../../support/examples.js";

const square = array([
  [2, -1, 0.5],
  [1, 3, -2],
  [-0.5, 1.5, 4],
]);

const stack = array([
  [
    [2, -1],
    [0.5, 3],
    [1, 0.25],
  ],
  [
    [1, 2],
    [-3, 0.5],
    [0.75, -1],
  ],
]);

export const examples: Examples = {
  qr: [
    ...over(square),
    {
      args: [
        array([
          [1, -2],
          [3, 0.5],
          [-1, 4],
          [2, 1],
        ]),
      ],
      note: "a tall matrix",
    },
    {
      args: [
        array([
          [1, -2, 0.5, 3],
          [2, 1, -1, 4],
        ]),
      ],
      note: "a wide matrix",
    },
    { args: [array([[-2, 3]])], note: "one row" },
    { args: [array([[-2], [3]])], note: "one column" },
    { args: [zeros([3, 0])], note: "no columns" },
    { args: [stack], note: "two matrices" },
    { args: [zeros([0, 2, 2])], note: "none" },
  ],
};
