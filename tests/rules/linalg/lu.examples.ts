import { array } from "../../../lib/nd/index.js";
import { type Examples, over } from "../../support/examples.js";

const a = array([
  [2, -1, 0.5],
  [1, 3, -2],
  [-4, 1, 1.5],
]);

export const examples: Examples = {
  lu: [...over(a), { args: [a.hi(3, 2)], note: "more rows than columns" }, { args: [a.hi(2, 3)], note: "more columns than rows" }],
};
