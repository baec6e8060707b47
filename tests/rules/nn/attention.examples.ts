import { array } from "../../../lib/nd/index.js";
import { type Examples, single, strided } from "../../support/examples.js";

const q = array([
  [1, -0.5],
  [0.25, 2],
  [-1, 0.5],
]);
const k = array([
  [0.5, 1],
  [-1, 0.75],
  [2, -0.25],
  [0.125, 1.5],
]);
const v = array([
  [1, 0, -1],
  [0.5, 2, 1],
  [-2, 1, 0.25],
  [3, -1, 2],
]);
const stack = array([
  [
    [1, -0.5],
    [0.25, 2],
    [-1, 0.5],
  ],
  [
    [0.5, 1],
    [-1, 0.75],
    [2, -0.25],
  ],
]);

export const examples: Examples = {
  attention: [
    { args: [q, k, v] },
    { args: [strided(q), strided(k), strided(v), { causal: true }], note: "strided views, causal" },
    { args: [single(q), single(k), single(v)], note: "single precision" },
    { args: [single(q), k, single(v)], note: "single precision with double" },
    { args: [stack, stack, stack, { causal: true, scale: 0.5 }], note: "a stack with itself" },
    { args: [stack, k, v], note: "a stack of queries, with keys and values in common" },
    { args: [q, stack, stack], note: "queries in common" },
    { args: [k, q, q, { causal: true }], note: "more queries than keys" },
  ],
};
