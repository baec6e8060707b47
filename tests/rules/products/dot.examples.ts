import { type Examples, pairs } from "../../support/examples.js";
import { a, b, batch, u, v } from "./operands.js";

export const examples: Examples = {
  dot: [...pairs(u, v), { args: [a, b], note: "matrices" }, { args: [batch, u], note: "an array and a vector" }],
  inner: [...pairs(u, v), { args: [a, batch], note: "arrays" }],
};
