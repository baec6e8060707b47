import { array } from "../../../lib/nd/index.js";
import { mymaximum } from "../../../rules/lab/maximum.js";
import { type Kinks, on, vector } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, over } from "../../support/examples.js";

export const examples: Examples = {
  mymaximum: [
    ...over(
      array([
        [1, -2, 3],
        [4, 0.5, -6],
      ]),
    ),
    { args: [array([0.5, 2, -1])], note: "a vector" },
    {
      args: [
        array([
          [3, 1],
          [2, 3],
        ]),
      ],
      note: "a tie",
    },
  ],
};

export const kinks: Kinks = [
  { ...lines.tiesInOrder, names: ["mymaximum"], cases: [on("mymaximum([1, 3, 3])", mymaximum, vector(1, 3, 3), 3, vector(0, 1, 0))] },
];
