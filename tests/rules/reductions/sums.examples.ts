import { array, zeros } from "../../../lib/nd/index.js";
import { square } from "../../../rules/elementwise/field.js";
import { sin } from "../../../rules/elementwise/trigonometric.js";
import { aVector, type Calls } from "../../support/calls.js";
import { type Examples, over, strided } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);
const along = [[], [{ axis: 0 }], [{ axis: -1, keepDims: true }], [{ axis: [0, 1] }]];

export const examples: Examples = {
  sum: [
    ...over(matrix, along),
    ...over(matrix, [[{ axis: 0 }]]),
    { args: [zeros([0, 2])], note: "no entries" },
    { args: [sin, matrix], note: "a function of the entries" },
    { args: [square, strided(matrix), { axis: 0 }], note: "a function of the entries, over an axis" },
    { args: [square, [matrix, 2]], note: "a function of a list's elements" },
    { args: [sin, []], note: "an empty list" },
  ],
  mean: [...over(matrix, along), ...over(matrix, [[{ axis: 1 }]])],
};

export const calls: Calls = {
  sum: ["array options", aVector, { axis: 0 }],
};
