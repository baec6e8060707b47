import { array } from "../../../lib/nd/index.js";
import { binary, type Examples } from "../../support/examples.js";

export const examples: Examples = {
  pow: binary(
    [1.5, 2, 0.5],
    [3, -1.5, 4],
    [
      { args: [array([-2, 3, -0.5]), 3], note: "negative numbers to a power that does not move", kit: { exclude: [1] } },
      { args: [array([0, 2]), 2], note: "zero squared", kit: { exclude: [1] } },
      { args: [array([0.5, 2]), 0], note: "to the power 0" },
    ],
  ),
};
