import { array } from "../../../lib/nd/index.js";
import { aVector, type Calls } from "../../support/calls.js";
import { type Examples, over, single, strided } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);
const row = array([[7, 8, -9]]);

export const examples: Examples = {
  concat: [
    { args: [[matrix, row]] },
    { args: [[strided(matrix), strided(row)]], note: "strided views" },
    { args: [[single(matrix), single(row)]], note: "single precision" },
    { args: [[matrix, matrix], { axis: 1 }], note: "one array twice" },
  ],
  stack: [
    { args: [[row, row]] },
    { args: [[strided(matrix), matrix], { axis: 1 }], note: "a strided view" },
    { args: [[single(row), single(row)], { axis: -1 }], note: "single precision" },
    { args: [[1, 2, 3]], note: "numbers" },
  ],
  split: over(matrix, [[2], [[1, 1]], [[1, 2], { axis: 1 }]]),
};

export const calls: Calls = {
  concat: ["list options", [aVector, aVector], { axis: 0 }],
  stack: ["numbers options", [aVector, aVector], { axis: 0 }],
  split: ["array integers options", aVector, [1, 2], { axis: 0 }],
};
