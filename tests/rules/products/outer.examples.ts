import { type Examples, pairs } from "../../support/examples.js";
import { b, u, v } from "./operands.js";

export const examples: Examples = {
  outer: [...pairs(u, v), { args: [b, v], note: "a matrix, flattened" }],
};
