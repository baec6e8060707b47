import { array } from "../../../lib/nd/index.js";
import { chamferDistance } from "../../../rules/lab/chamfer.js";
import { hausdorffDistance } from "../../../rules/lab/hausdorff.js";
import { createRange } from "../../../rules/lab/ranges.js";
import { sum } from "../../../rules/reductions/index.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, over } from "../../support/examples.js";

const x = array([
  [1, 2.5, 3, 0.5],
  [4, 0.25, 6, 7],
  [8, 9, 2, 1.5],
]);
const blocks = [createRange(3, 2), createRange(4, 3)];
const tied = array([
  [1, 2, 1],
  [2, 1, 2],
]);

export const examples: Examples = {
  pool: [
    ...over(x, [[...blocks, hausdorffDistance], blocks]),
    ...over(x, [[...blocks, chamferDistance]]),
    { args: [tied, createRange(2, 2), createRange(3, 2), hausdorffDistance], note: "ties" },
    { args: [tied, createRange(2, 2), createRange(3, 2), chamferDistance], note: "ties" },
  ],
};

export const calls: Calls = {
  pool: ["array pairs pairs callback", aMatrix, [[0, 1]], [[0, 1]], sum],
};
