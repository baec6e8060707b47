import { array, zeros } from "../../../lib/nd/index.js";
import { type Example, type Examples, over } from "../../support/examples.js";

const square = array([
  [2, -1, 0.5],
  [1, 3, -2],
  [-0.5, 1.5, 4],
]);

const shapes: readonly Example[] = [
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
  { args: [array([[-2, 3, 1]])], note: "one row" },
  { args: [zeros([0, 3])], note: "no rows" },
];

export const examples: Examples = {
  svd: shapes,
  svdvals: shapes,
};
