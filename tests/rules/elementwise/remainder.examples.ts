import { array } from "../../../lib/nd/index.js";
import { binary, type Examples } from "../../support/examples.js";

export const examples: Examples = {
  mod: binary([7.5, -2.25, 0.6], [3, 1.6, -0.4], [{ args: [array([6, 1.5]), 3], note: "the jump at a multiple", kit: { exclude: [1] } }]),
  rem: binary([7.5, -2.25, 0.6], [3, 1.6, -0.4], [{ args: [array([6, -1.5]), 3], note: "the jump at a multiple", kit: { exclude: [1] } }]),
};
