import { type Examples, pairs, single } from "../../support/examples.js";
import { a, b, batch, u } from "./operands.js";

export const examples: Examples = {
  kron: [
    ...pairs(a, b),
    { args: [u, batch], note: "arrays with axes of different number" },
    { args: [1.5, b], note: "a number" },
    { args: [single(a), 0.5], note: "a number, in single precision" },
  ],
};
