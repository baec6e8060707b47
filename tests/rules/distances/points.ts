import { array, type NdArray, zeros } from "../../../lib/nd/index.js";
import { type Example, pairs } from "../../support/examples.js";

/** Three points. */
export const a: NdArray = array([
  [1, 2],
  [0.5, -1],
  [3, 4],
]);
/** Two points. */
export const b: NdArray = array([
  [0, 1],
  [2.5, -2],
]);
/** Points and points, in every layout, and where there are none. */
export function between(x: NdArray, y: NdArray): readonly Example[] {
  return [
    ...pairs(x, y),
    { args: [x, array([[1, 3]], { dtype: "int32" })], note: "points of integers" },
    { args: [array([[1], [2]]), array([[4]])], note: "one coordinate" },
    { args: [zeros([2, 0]), zeros([1, 0])], note: "no coordinates" },
    { args: [zeros([0, 2]), y], note: "no points" },
  ];
}
