import { array, type NdArray, zeros } from "../lib/nd/index.js";
import { type Example, type Examples, single, strided } from "../tests/support/examples.js";

const a = array([
  [1, 2],
  [0.5, -1],
  [3, 4],
]);
const b = array([
  [0, 1],
  [2.5, -2],
]);

function between(x: NdArray, y: NdArray): readonly Example[] {
  return [
    { args: [x, y] },
    { args: [strided(x), strided(y)], note: "strided views" },
    { args: [single(x), single(y)], note: "single precision" },
    { args: [single(x), y], note: "single and double precision" },
    { args: [x, array([[1, 3]], { dtype: "int32" })], note: "points of integers" },
    { args: [array([[1], [2]]), array([[4]])], note: "one coordinate" },
    { args: [zeros([2, 0]), zeros([1, 0])], note: "no coordinates" },
    { args: [zeros([0, 2]), y], note: "no points" },
  ];
}

export const examples: Examples = {
  cdist: between(a, b),
  pairwiseSqdist: [
    ...between(a, b),
    {
      args: [
        a,
        array([
          [0.5, -1],
          [1, 2],
        ]),
      ],
      note: "points that coincide",
    },
  ],
};
