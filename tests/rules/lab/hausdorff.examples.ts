import { array } from "../../../lib/nd/index.js";
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
