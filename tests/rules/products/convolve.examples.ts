import { array } from "../../../lib/nd/index.js";
import { type Examples, pairs } from "../../support/examples.js";
import { u } from "./operands.js";

export const examples: Examples = {
  convolve: [
    ...pairs(array([1, -2, 3, 0.5]), u),
    { args: [array([2, -1]), u, { mode: "same" }], note: "the middle, of a shorter and a longer one" },
    { args: [array([1, -2, 3, 0.5]), array([2, -1]), { mode: "valid" }], note: "what needs all of the shorter one" },
  ],
};
