import { type Examples, pairs, single } from "../../support/examples.js";
import { a, b, batch, u, v } from "./operands.js";

export const examples: Examples = {
  matmul: [
    ...pairs(a, b),
    { args: [u, v], note: "two vectors" },
    { args: [single(u), single(v)], note: "two vectors in single precision" },
    { args: [a, u], note: "a matrix and a vector" },
    { args: [v, b], note: "a vector and a matrix" },
    { args: [batch, b], note: "matrices that broadcast" },
  ],
};
