import { array } from "../../../lib/nd/index.js";
import { type Examples, single, strided } from "../../support/examples.js";

const a = array([
  [2, -1, 0.5],
  [1, 3, -2],
  [-0.5, 1.5, 4],
]);
const b = array([
  [1, 2],
  [-3, 0.5],
]);
const c = array([
  [1, -2],
  [3, 0.5],
  [-1, 4],
]);

export const examples: Examples = {
  sylvester: [
    { args: [a, b, c] },
    { args: [strided(a), strided(b), strided(c)], note: "strided views" },
    { args: [single(a), single(b), single(c)], note: "single precision" },
    { args: [a, single(b), c], note: "single and double precision" },
    { args: [b, array([[2]]), array([[1], [2]])], note: "one column" },
  ],
};
