import { array } from "../../../lib/nd/index.js";
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
