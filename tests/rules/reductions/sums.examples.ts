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
/** Holds for three entries of the matrix, one of them in its first row. */
const mask = array(
  [
    [0, 1, 0],
    [1, 0, 1],
  ],
  { dtype: "uint8" },
);
const lastTwo = array([0, 1, 1], { dtype: "uint8" });
const masks = [[{ where: mask, axis: 1 }], [{ where: mask }], [{ where: lastTwo, axis: 1, keepDims: true }]];
const along = [[], [{ axis: 0 }], [{ axis: -1, keepDims: true }], [{ axis: [0, 1] }]];

export const examples: Examples = {
  sum: [
    ...over(matrix, along),
    ...over(matrix, [[{ axis: 0 }]]),
    ...over(matrix, masks),
    { args: [square, matrix, { where: mask }], note: "a function of the entries, masked" },
    { args: [zeros([0, 2])], note: "no entries" },
    { args: [sin, matrix], note: "a function of the entries" },
    { args: [square, strided(matrix), { axis: 0 }], note: "a function of the entries, over an axis" },
    { args: [square, [matrix, 2]], note: "a function of a list's elements" },
    { args: [sin, []], note: "an empty list" },
  ],
  mean: [...over(matrix, along), ...over(matrix, [[{ axis: 1 }]]), ...over(matrix, masks)],
};

export const calls: Calls = {
  sum: ["array options", aVector, { axis: 0 }],
};

export const kinks: Kinks = [
  { ...lines.ofNothing, names: ["sum"], cases: [on("sum([])", sum, no(0), 0, no(0))] },
  {
    ...lines.refusedOfNothing,
    names: ["mean"],
    cases: [
      on("mean([])", mean, no(0), "RangeError"),
      on("mean(x, { where }) of nothing", (x) => mean(x, { where: no(3) }), NaNs, "RangeError"),
    ],
  },
  { ...lines.notANumber, names: ["sum"], cases: [on("sum([1, NaN, 2])", sum, NaNs, Number.NaN, vector(1, 1, 1))] },
  {
    where: "`sum mean (x, { where })`",
    convention: "entries at which the mask does not hold do not count, NaN neither; their slopes are exactly 0",
    names: ["sum", "mean"],
    cases: [
      on("sum([1, NaN, 2]) without the NaN", (x) => sum(x, { where: vector(1, 0, 1) }), NaNs, 3, vector(1, 0, 1)),
      on("mean([1, NaN, 2]) without the NaN", (x) => mean(x, { where: vector(1, 0, 1) }), NaNs, 1.5, vector(0.5, 0, 0.5)),
    ],
  },
];
