import { array } from "../../../lib/nd/index.js";
import { argmax, max, min } from "../../../rules/reductions/extremes.js";
import { type Kinks, NaNs, no, on, tied, vector } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { alike, aVector, type Calls } from "../../support/calls.js";
import { type Example, type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 0.5, -6],
]);
const edges: readonly Example[] = [
  { args: [array([1, 3, 3, -1, -1])], note: "ties" },
  {
    args: [
      array([
        [1, 1],
        [2, 2],
      ]),
      { axis: 1 },
    ],
    note: "ties along an axis",
  },
  { args: [1.5, -2, 3], note: "numbers" },
  { args: [2, 2], note: "equal numbers" },
];
const along = [[], [{ axis: 0 }], [{ axis: 1, keepDims: true }]];

export const examples: Examples = {
  max: [...over(matrix, along), ...edges],
  min: [...over(matrix, along), ...edges],
};

export const calls: Calls = {
  ...alike("max min", "operand options", aVector, { axis: 0 }),
  ...alike("argmax argmin", "array options", aVector, { axis: 0 }),
};

export const kinks: Kinks = [
  {
    ...lines.ties,
    names: ["max", "min"],
    cases: [
      on(
        "max([[1, 3], [3, 1]])",
        max,
        array([
          [1, 3],
          [3, 1],
        ]),
        3,
        array([
          [0, 1],
          [0, 0],
        ]),
      ),
      on(
        "min([[1, 3], [1, 1]])",
        min,
        tied,
        1,
        array([
          [1, 0],
          [0, 0],
        ]),
      ),
    ],
  },
  {
    ...lines.refusedOfNothing,
    names: ["max", "min", "argmax"],
    cases: [
      on("max([])", max, no(0), "RangeError"),
      on("min([])", min, no(0), "RangeError"),
      on("argmax([])", argmax, no(0), "RangeError"),
    ],
  },
  { ...lines.notANumber, names: ["max"], cases: [on("max([1, NaN, 2])", max, NaNs, Number.NaN, vector(0, 1, 0))] },
];
