import { array } from "../lib/nd/index.js";
import { binary, type Examples, over, single } from "../tests/support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);

/** The five functions that core declares. */
export const examples: Examples = {
  add: binary([1.5, -2, 0.5], [3, -1, 4]),
  scale: binary([1.5, -2, 0.5], [3, -1, 4], [{ args: [array([0, 2]), array([3, 0])], note: "zeros" }]),
  sumTo: over(matrix, [[[3]], [[]], [[2, 1]], [[2, 3]]], { exclude: [1] }),
  broadcastTo: over(array([[1.5], [-2]]), [[[2, 3]], [[2, 2, 2]], [[2, 1]]], { exclude: [1] }),
  cast: [
    ...over(matrix, [["float64"]]),
    { args: [array([1.5, -2]), "float32"], note: "to single precision" },
    { args: [single(matrix), "float64"], note: "to double precision" },
  ],
};
