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
const batch = array([[[1, -2, 3]], [[4, 5.5, -6]]]);

export const examples: Examples = {
  kron: [
    ...pairs(a, b),
    { args: [u, batch], note: "arrays with axes of different number" },
    { args: [1.5, b], note: "a number" },
    { args: [single(a), 0.5], note: "a number, in single precision" },
  ],
};
