import { array } from "../../../lib/nd/index.js";
import { binary, type Examples, unary } from "../../support/examples.js";

export const examples: Examples = {
  abs: unary([-1.5, 0.3, 2, -0.2], [{ args: [array([0, -1, 2])], note: "the kink at 0" }]),
  sign: unary([-1.5, 0.3, 2, -0.2], [{ args: [array([0, -1])], note: "the jump at 0" }]),
  copysign: binary([1.5, -2, -0.5], [-1, 3, -4], [{ args: [0, -1], note: "the kink at 0" }]),
};
