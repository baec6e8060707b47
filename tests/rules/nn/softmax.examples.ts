import { array } from "../../../lib/nd/index.js";
import { type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [0.5, 1.5, -1],
]);
const cube = array([
  [
    [1, -1],
    [0.5, 2],
  ],
  [
    [0.25, -0.5],
    [1.5, -2],
  ],
]);
const far = array([
  [800, -800, 799],
  [-800, -801, -800.5],
]);
const examplesOf = [
  ...over(matrix, [[], [{ axis: 0 }]]),
  { args: [cube, { axis: 1 }], note: "an axis in the middle" },
  { args: [far], note: "what overflows" },
  { args: [array([[2], [3]])], note: "an axis of one entry" },
];

export const examples: Examples = { softmax: examplesOf, logSoftmax: examplesOf };
