import { array } from "../../../lib/nd/index.js";
import { hausdorffDistance } from "../../../rules/lab/hausdorff.js";
import { type Kinks, on, tied } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, over } from "../../support/examples.js";

export const examples: Examples = {
  hausdorffDistance: [
    ...over(
      array([
        [1, 2.5, 3],
        [4, 0.5, 6],
        [0.75, 7, 2],
      ]),
    ),
    {
      args: [
        array([
          [1, 2],
          [2, 1],
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
    names: ["hausdorffDistance"],
    cases: [
      on(
        "hausdorffDistance([[1, 1], [1, 1]])",
        hausdorffDistance,
        array([
          [1, 1],
          [1, 1],
        ]),
        1,
        array([
          [1, 0],
          [0, 0],
        ]),
      ),
      on(
        "hausdorffDistance([[1, 3], [1, 1]])",
        hausdorffDistance,
        tied,
        1,
        array([
          [1, 0],
          [0, 0],
        ]),
      ),
    ],
  },
];
