import { array } from "../../../lib/nd/index.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, over, single, strided } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [0.5, 1.5, -1],
]);
const chances = array([
  [0.2, 0.5, 0.3],
  [0.1, 0.1, 0.6],
]);
const far = array([
  [800, -800, 799],
  [-800, -801, -800.5],
]);
const vector = array([1, -2, 3]);
const none = { reduction: "none" };

export const examples: Examples = {
  crossEntropy: [
    ...over(matrix, [[[2, 0]], [array([1, 1], { dtype: "int32" }), none], [[2, 0], { reduction: "sum", labelSmoothing: 0.1 }]]),
    { args: [matrix, chances], note: "probabilities" },
    { args: [strided(matrix), strided(chances), { ...none, labelSmoothing: 0.2 }], note: "strided views, smoothed" },
    { args: [single(matrix), chances, { reduction: "sum" }], note: "single precision with double" },
    { args: [vector, 1], note: "a vector" },
    { args: [vector, array([0.2, 0.3, 0.5])], note: "a vector and a distribution" },
    { args: [far, [1, 0]], note: "what overflows" },
    { args: [matrix, [-100, 0], { ignoreIndex: -100 }], note: "a row that is ignored" },
    { args: [strided(matrix), [2, 1], { ...none, ignoreIndex: 2, labelSmoothing: 0.1 }], note: "a class that is ignored" },
    { args: [vector, [1], { reduction: "sum", ignoreIndex: 1 }], note: "a vector that is ignored" },
  ],
  nllLoss: [
    ...over(matrix, [[[2, 0]], [array([1, 1], { dtype: "int32" }), none], [[2, 0], { reduction: "sum" }]]),
    { args: [vector, [1]], note: "a vector" },
    { args: [matrix, [-1, 0], { ignoreIndex: -1 }], note: "a row that is ignored" },
    { args: [single(matrix), [2, 0], { ...none, ignoreIndex: 2 }], note: "a class that is ignored" },
  ],
};

export const calls: Calls = {
  crossEntropy: ["array indices options", aMatrix, [0, 1], { labelSmoothing: 0.1 }],
  nllLoss: ["array indices options", aMatrix, [0, 1], {}],
};
