import { array } from "../../../lib/nd/index.js";
import { findmax, findmin } from "../../../rules/reductions/extreme-positions.js";
import { type Kinks, NaNs, no, on, tied } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Example, type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 0.5, -6],
]);
const along = [[], [{ axis: 0 }], [{ axis: 1, keepDims: true }], [{ keepDims: true }]];
const edges: readonly Example[] = [
  ...over(matrix, [[{ axis: 0 }]]),
  { args: [array([[1, 1, 2, 2]]), { axis: 1 }], note: "ties along an axis" },
];

export const examples: Examples = {
  findmax: [...over(matrix, along), ...edges],
  findmin: [...over(matrix, along), ...edges],
};

export const kinks: Kinks = [
  {
    ...lines.ties,
    names: ["findmin"],
    cases: [
      on(
        "findmin([[1, 3], [1, 1]])",
        (x) => findmin(x)[0],
        tied,
        1,
        array([
          [1, 0],
          [0, 0],
        ]),
      ),
    ],
  },
  { ...lines.refusedOfNothing, names: ["findmax"], cases: [on("findmax([])", (x) => findmax(x)[0], no(0), "RangeError")] },
  {
    ...lines.notANumber,
    names: ["findmax"],
    cases: [on("findmax([1, NaN, 2])", (x) => findmax(x)[0], NaNs, Number.NaN, array([0, 1, 0]))],
  },
];
