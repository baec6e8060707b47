import { type AnyArray, callable, type Scalar } from "../../../lib/core/index.js";
import { array } from "../../../lib/nd/index.js";
import { mul, square } from "../../../rules/elementwise/index.js";
import { createRange } from "../../../rules/lab/ranges.js";
import { max, sum } from "../../../rules/reductions/index.js";
import { alike, aMatrix, type Calls } from "../../support/calls.js";
import { type Example, type Examples, over } from "../../support/examples.js";

const x = array([
  [1, -2, 3, 0.5],
  [4, 0.25, -6, 7],
  [8, -9, 2, -1],
]);
const blocks = [createRange(3, 2), createRange(4, 3)];
const weighted = callable({ weight: 1.5 }, (p: { weight: Scalar }, block: AnyArray): Scalar => mul(p.weight, sum(square(block))) as Scalar);
const pooling: readonly Example[] = [
  ...over(x, [blocks, [...blocks, max]]),
  { args: [x, ...blocks, (block: AnyArray) => sum(square(block))], note: "a function of the block" },
  { args: [x, ...blocks, weighted], note: "a function with parameters" },
  {
    args: [
      x,
      [
        [0, 2],
        [1, 3],
      ],
      [[0, 4]],
    ],
    note: "blocks that overlap",
  },
];

export const examples: Examples = { poolNative: pooling, poolNaive: pooling };

export const calls: Calls = {
  ...alike("poolNaive poolNative", "array pairs pairs callback", aMatrix, [[0, 1]], [[0, 1]], sum),
};
