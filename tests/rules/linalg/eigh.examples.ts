import { array, zeros } from "../../../lib/nd/index.js";
import { type Example, type Examples, over } from "../../support/examples.js";

const symmetric = array([
  [2, -1, 0.5],
  [-1, 3, 1],
  [0.5, 1, -4],
]);

const matrices: readonly Example[] = [
  ...over(symmetric),
  {
    args: [
      array([
        [1, 2, -3],
        [0.5, 4, 1],
        [2, -1, 0],
      ]),
    ],
    note: "a matrix that is not symmetric",
  },
  { args: [array([[-3]])], note: "one entry" },
  { args: [zeros([0, 0])], note: "no entries" },
];

export const examples: Examples = {
  eigh: matrices,
  eigvalsh: matrices,
};
