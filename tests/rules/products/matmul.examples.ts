import { array } from "../../../lib/nd/index.js";
import { type Examples, pairs, single } from "../../support/examples.js";

const a = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);
const b = array([
  [2, 1],
  [0.5, -3],
  [-1, 4],
]);
const u = array([1.5, -2, 3]);
const v = array([4, 0.5, -1]);
const batch = array([[[1, -2, 3]], [[4, 5.5, -6]]]);

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
