import { array } from "../../../lib/nd/index.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, over, strided } from "../../support/examples.js";
import { cube, matrix } from "./operands.js";

export const examples: Examples = {
  sort: [
    ...over(matrix, [[], [{ descending: true }], [{ axis: 0 }]]),
    { args: [strided(cube), { axis: 1 }], note: "the middle axis of a strided view" },
    { args: [array([2, 1, 2, 1])], note: "ties" },
  ],
  topk: [...over(matrix, [[2], [1, { axis: 0 }], [3, { largest: false }], [0]]), { args: [array([2, 3, 3, 1]), 1], note: "ties" }],
};

export const calls: Calls = {
  topk: ["array integer options", aMatrix, 2, { axis: 0 }],
};
