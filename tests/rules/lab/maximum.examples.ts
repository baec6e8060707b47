import { array } from "../../../lib/nd/index.js";
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
