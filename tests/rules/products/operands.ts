import { array, type NdArray } from "../../../lib/nd/index.js";

// Arrays that several examples of this group take.

export const a: NdArray = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);
export const b: NdArray = array([
  [2, 1],
  [0.5, -3],
  [-1, 4],
]);
export const u: NdArray = array([1.5, -2, 3]);
export const v: NdArray = array([4, 0.5, -1]);
export const batch: NdArray = array([[[1, -2, 3]], [[4, 5.5, -6]]]);
