import { type Examples, pairs } from "../../support/examples.js";
import { a, batch, u, v } from "./operands.js";

export const examples: Examples = {
  cross: [...pairs(u, v), { args: [a, v], note: "vectors that broadcast" }, { args: [a, batch], note: "both broadcast" }],
};
