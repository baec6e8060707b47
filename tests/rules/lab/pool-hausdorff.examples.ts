import { array, type NdArray } from "../../../lib/nd/index.js";
import { forwardPoolHausdorff } from "../../../rules/lab/pool-hausdorff.js";
import { createRange } from "../../../rules/lab/ranges.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, over, single, strided } from "../../support/examples.js";

const x = array([
  [1, 2.5, 3, 0.5],
  [4, 0.25, 6, 7],
  [8, 9, 2, 1.5],
]);
const rows = createRange(3, 2);
const cols = createRange(4, 3);
const [, critical] = forwardPoolHausdorff(x, rows, cols) as [NdArray, NdArray];
const ybar = array([
  [1, -2],
  [0.5, 3],
]);

export const examples: Examples = {
  forwardPoolHausdorff: [
    ...over(x, [[rows, cols]]),
    {
      args: [
        array([
          [1, 2, 1],
          [2, 1, 2],
        ]),
        createRange(2, 2),
        createRange(3, 2),
      ],
      note: "ties",
    },
  ],
  backwardPoolHausdorff: [
    { args: [ybar, x, rows, cols, critical] },
    { args: [strided(ybar), strided(x), rows, cols, critical], note: "strided views" },
    { args: [single(ybar), single(x), rows, cols, critical], note: "single precision" },
  ],
};

export const calls: Calls = {
  forwardPoolHausdorff: ["array pairs pairs", aMatrix, [[0, 1]], [[0, 1]]],
  backwardPoolHausdorff: ["array array pairs pairs array", array([[1]]), aMatrix, [[0, 1]], [[0, 1]], array([[0]], { dtype: "int32" })],
};
