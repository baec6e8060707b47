import { array } from "../../../lib/nd/index.js";
import { type Examples, pairs } from "../../support/examples.js";

const b = array([
  [2, 1],
  [0.5, -3],
  [-1, 4],
]);
const u = array([1.5, -2, 3]);
const v = array([4, 0.5, -1]);

export const examples: Examples = {
  outer: [...pairs(u, v), { args: [b, v], note: "a matrix, flattened" }],
};
