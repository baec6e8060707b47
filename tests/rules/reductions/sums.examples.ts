import { array, zeros } from "../../../lib/nd/index.js";
import { square } from "../../../rules/elementwise/field.js";
import { sin } from "../../../rules/elementwise/trigonometric.js";
import { mean, sum } from "../../../rules/reductions/sums.js";
import { type Kinks, NaNs, no, on, vector } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
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

export const kinks: Kinks = [
  { ...lines.ofNothing, names: ["sum"], cases: [on("sum([])", sum, no(0), 0, no(0))] },
  { ...lines.refusedOfNothing, names: ["mean"], cases: [on("mean([])", mean, no(0), "RangeError")] },
  { ...lines.notANumber, names: ["sum"], cases: [on("sum([1, NaN, 2])", sum, NaNs, Number.NaN, vector(1, 1, 1))] },
];
