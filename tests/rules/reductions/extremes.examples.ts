import { array } from "../../../lib/nd/index.js";
import { alike, aVector, type Calls } from "../../support/calls.js";
import { type Example, type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 0.5, -6],
]);
const edges: readonly Example[] = [
  { args: [array([1, 3, 3, -1, -1])], note: "ties" },
  {
    args: [
      array([
        [1, 1],
        [2, 2],
      ]),
      { axis: 1 },
    ],
    note: "ties along an axis",
  },
  { args: [1.5, -2, 3], note: "numbers" },
  { args: [2, 2], note: "equal numbers" },
];
const along = [[], [{ axis: 0 }], [{ axis: 1, keepDims: true }]];

export const examples: Examples = {
  max: [...over(matrix, along), ...edges],
  min: [...over(matrix, along), ...edges],
};

export const calls: Calls = {
  ...alike("max min", "operand options", aVector, { axis: 0 }),
  ...alike("argmax argmin", "array options", aVector, { axis: 0 }),
};
