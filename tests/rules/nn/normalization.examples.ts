import { array } from "../../../lib/nd/index.js";
import { alike, aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, over, single, strided } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [0.5, 1.5, -1],
]);
const cube = array([
  [
    [1, -1],
    [0.5, 2],
    [3, 1],
  ],
  [
    [0.25, -0.5],
    [1.5, -2],
    [1, 0.75],
  ],
]);
const weight = array([0.5, 2, -1]);
const bias = array([1, 0, -0.5]);
const all = array([
  [0.5, 2],
  [-1, 1],
  [1.5, 0.25],
]);
const flat = array([
  [2, 2, 2],
  [0, 1, 3],
]);

export const examples: Examples = {
  layerNorm: [
    ...over(matrix, [[], [weight, bias, { eps: 0.1 }], [undefined, bias], [weight]]),
    { args: [strided(matrix), strided(weight), strided(bias)], note: "strided views of all" },
    { args: [cube, all, all, { shape: [3, 2] }], note: "two axes" },
    { args: [flat, weight, bias, { eps: 0.5 }], note: "a row without spread" },
  ],
  batchNorm: [
    ...over(matrix, [[weight, bias], [weight, undefined, { eps: 0.1 }], [undefined, bias], []]),
    { args: [cube, weight, bias], note: "axes after the channels" },
    { args: [single(cube), strided(weight), single(bias)], note: "single precision with double" },
  ],
  rmsNorm: [...over(matrix, [[weight], [undefined, { eps: 0.1 }], []]), { args: [cube, array([2, -1])], note: "a stack" }],
};

export const calls: Calls = {
  ...alike("layerNorm batchNorm", "array points points options", aMatrix, array([1, 2]), array([0, 1]), {}),
  rmsNorm: ["array points options", aMatrix, array([1, 2]), {}],
};
