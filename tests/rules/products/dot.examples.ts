import { array } from "../../../lib/nd/index.js";
import { type Examples, pairs } from "../../support/examples.js";

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
  dot: [...pairs(u, v), { args: [a, b], note: "matrices" }, { args: [batch, u], note: "an array and a vector" }],
  inner: [...pairs(u, v), { args: [a, batch], note: "arrays" }],
};
