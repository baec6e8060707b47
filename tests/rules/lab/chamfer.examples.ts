import { array } from "../../../lib/nd/index.js";
import { chamferDistance } from "../../../rules/lab/chamfer.js";
import { type Kinks, on } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, over } from "../../support/examples.js";

export const examples: Examples = {
  chamferDistance: [
    ...over(
      array([
        [1, 2.5, 3],
        [4, 0.5, 6],
      ]),
      [[], [{ reduction: "sum" }], [{ reduction: "mean" }]],
    ),
    {
      args: [
        array([
          [1, 2],
          [1, 2],
        ]),
      ],
      note: "ties",
    },
    { args: [array([[2.5]])], note: "one distance" },
  ],
};

export const kinks: Kinks = [
  {
    ...lines.tiesOfDistances,
    names: ["chamferDistance"],
    cases: [
      on(
        "chamferDistance([[1, 1], [1, 1]])",
        chamferDistance,
        array([
          [1, 1],
          [1, 1],
        ]),
        2,
        array([
          [1, 0.5],
          [0.5, 0],
        ]),
      ),
    ],
  },
];
