import { array } from "../../../lib/nd/index.js";
import { type Examples, unary } from "../../support/examples.js";

export const examples: Examples = {
  sinc: unary(
    [0.3, -1.2, 2.5, 0.05],
    [
      { args: [array([0, 1, -2])], note: "0 and whole numbers" },
      { args: [1e-5], note: "near 0" },
    ],
  ),
};
