import { array } from "../../../lib/nd/index.js";
import { aVector, type Calls } from "../../support/calls.js";
import { type Examples, over, single } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);

export const examples: Examples = {
  sumTo: over(matrix, [[[3]], [[]], [[2, 1]], [[2, 3]]]),
  broadcastTo: over(array([[1.5], [-2]]), [[[2, 3]], [[2, 2, 2]], [[2, 1]]]),
  cast: [
    ...over(matrix, [["float64"]]),
    { args: [array([1.5, -2]), "float32"], note: "to single precision" },
    { args: [single(matrix), "float64"], note: "to double precision" },
  ],
};

export const calls: Calls = {
  sumTo: ["operand shape", aVector, []],
  broadcastTo: ["operand shape", aVector, [2, 3]],
  cast: ["array name", aVector, "float32"],
};
