import { array } from "../../../lib/nd/index.js";
import { type Examples, pairs } from "../../support/examples.js";

const a = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);
const u = array([1.5, -2, 3]);
const v = array([4, 0.5, -1]);
const batch = array([[[1, -2, 3]], [[4, 5.5, -6]]]);

export const examples: Examples = {
  cross: [...pairs(u, v), { args: [a, v], note: "vectors that broadcast" }, { args: [a, batch], note: "both broadcast" }],
};
