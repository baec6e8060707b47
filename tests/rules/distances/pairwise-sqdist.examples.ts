import { array } from "../../../lib/nd/index.js";
import type { Examples } from "../../support/examples.js";
import { a, b, between } from "./points.js";

export const examples: Examples = {
  pairwiseSqdist: [
    ...between(a, b),
    {
      args: [
        a,
        array([
          [0.5, -1],
          [1, 2],
        ]),
      ],
      note: "points that coincide",
    },
  ],
};
