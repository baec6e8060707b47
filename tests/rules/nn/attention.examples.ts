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

const seen = array(
  [
    [1, 0, 1, 1],
    [0, 1, 0, 0],
    [1, 1, 1, 0],
  ],
  { dtype: "uint8" },
);
const added = array([
  [0, -0.5, 1, 0.25],
  [0.75, 0, -1, 2],
  [-2, 0.5, 0, 1],
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
    { args: [q, k, v, { mask: seen }], note: "a mask of integers" },
    { args: [strided(q), k, v, { mask: strided(added), scale: 0.3 }], note: "a mask that is added, a view" },
    { args: [q, k, v, { mask: single(added.pick(0, null)) }], note: "a mask for the keys of all queries" },
    { args: [q, stack, stack, { mask: array([0, Number.NEGATIVE_INFINITY, 0.5]), causal: true }], note: "−∞ where a key is not seen" },
  ],
};
