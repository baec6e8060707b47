import { array } from "../../../lib/nd/index.js";
import { type Examples, over, single, strided } from "../../support/examples.js";

const a = array([
  [4, 1, -0.5],
  [1, 3, 0.5],
  [-0.5, 0.5, 2],
]);
const skew = array([
  [4, 1.5, -1],
  [0.5, 3, 1],
  [0, 0, 2],
]);
const l = array([
  [2, 7, -7],
  [1, 1.5, 7],
  [-0.5, 0.5, 1],
]);
const b = array([
  [1, 2],
  [-1, 0.5],
  [3, -2],
]);
const pair = array([
  [
    [2, 7],
    [1, 1.5],
  ],
  [
    [1, -7],
    [-0.5, 3],
  ],
]);
const several = array([[[4]], [[0.25]]]);

export const examples: Examples = {
  cholesky: [...over(a), { args: [skew], note: "a matrix that is not symmetric" }, { args: [several], note: "several matrices" }],
  choleskySolve: [
    { args: [l, b] },
    { args: [l, array([1, -2, 3])], note: "a vector" },
    { args: [strided(l), strided(b)], note: "strided views" },
    { args: [single(l), single(b)], note: "single precision" },
    { args: [several, array([[1, 2]])], note: "matrices that broadcast" },
    { args: [pair, array([1, -2])], note: "a vector for as many matrices as it has entries" },
  ],
};
