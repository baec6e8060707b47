import { array } from "../../../lib/nd/index.js";
import { type Examples, over } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);
const cube = array([
  [
    [1, -2],
    [4, 5.5],
  ],
  [
    [0.5, 3],
    [-7, 8],
  ],
]);

export const examples: Examples = {
  diagonal: [...over(matrix), ...over(cube, [[{ axis1: 0, axis2: 2 }]])],
  diag: [...over(matrix, [[], [{ k: 1 }], [{ k: -1 }]]), ...over(array([1, -2]), [[{ k: 1 }]])],
  tril: [...over(matrix, [[], [{ k: -1 }]]), ...over(cube)],
  triu: [...over(matrix, [[], [{ k: 1 }]]), ...over(cube)],
  trace: over(matrix),
};
