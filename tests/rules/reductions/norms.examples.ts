import { gradient } from "../../../lib/index.js";
import { array, zeros } from "../../../lib/nd/index.js";
import { square } from "../../../rules/elementwise/field.js";
import { norm } from "../../../rules/reductions/norms.js";
import { type Kinks, no, on } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);
const infinity = Number.POSITIVE_INFINITY;

export const examples: Examples = {
  norm: [
    ...over(matrix, [
      [],
      [{ axis: 0 }],
      [{ ord: 1 }],
      [{ ord: 3, axis: 1, keepDims: true }],
      [{ ord: infinity }],
      [{ ord: -infinity }],
      [{ ord: "fro" }],
      [{ ord: 1.5 }],
    ]),
    { args: [zeros([3])], note: "the zero vector" },
    { args: [array([3, -3, 1]), { ord: infinity }], note: "a tie" },
    { args: [array([0, 2]), { ord: 1 }], note: "a kink" },
  ],
};

export const kinks: Kinks = [
  {
    ...lines.zeroVector,
    names: ["norm"],
    cases: [on("norm([0, 0])", norm, no(2), 0, no(2)), on("norm([0, 0], { ord: 3 })", (x) => norm(x, { ord: 3 }), no(2), 0, no(2))],
  },
  {
    ...lines.hiddenCurvatures,
    names: ["norm"],
    cases: [on("the slope of norm(x)² by x[0] at [0, 0]", (x) => gradient((z) => square(norm(z)), x)[0].get(0), no(2), 0, no(2))],
  },
  { ...lines.ofNothing, names: ["norm"], cases: [on("norm([])", norm, no(0), 0, no(0))] },
];
