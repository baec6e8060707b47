import { array, type NdArray } from "../../../lib/nd/index.js";

// Arrays that several examples of this group take.

export const matrix: NdArray = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);
export const cube: NdArray = array([
  [
    [1, 2, -3],
    [4, 0.5, 6],
  ],
  [
    [-7, 8, 9],
    [2.5, -1, 3.5],
  ],
]);
