import { array, type NdArray, zeros } from "../../../lib/nd/index.js";
import { type Example, type Examples, single, strided } from "../../support/examples.js";

const a = array([
  [2, -1, 0.5],
  [1, 3, -2],
  [0, 1, 1.5],
]);
const b = array([
  [1, 2],
  [-1, 0.5],
  [3, -2],
]);
const v = array([1.5, -2, 3]);
const several = array([
  [
    [2, 1],
    [-1, 3],
  ],
  [
    [0, 1],
    [4, -0.5],
  ],
]);
const right = array([
  [1, -2],
  [3, 0.5],
]);
const solved = (left: NdArray, ...rest: readonly unknown[]): readonly Example[] => [
  { args: [left, b, ...rest] },
  { args: [left, v, ...rest], note: "a vector" },
  { args: [strided(left), strided(b), ...rest], note: "strided views" },
  { args: [single(left), single(b), ...rest], note: "single precision" },
];

export const examples: Examples = {
  solve: [
    ...solved(a),
    { args: [several, right], note: "matrices that broadcast" },
    { args: [several, array([1, 2])], note: "several matrices, one vector" },
    { args: [right, several], note: "one matrix, several right sides" },
    { args: [zeros([0, 0]), zeros([0])], note: "no entries" },
  ],
  solveTriangular: [
    ...solved(a),
    { args: [a, b, { lower: false }] },
    { args: [a, b, { transposed: true }] },
    { args: [a, v, { lower: false, transposed: true }] },
    { args: [a, b, { unitDiagonal: true }] },
    { args: [strided(a), v, { lower: false, transposed: true, unitDiagonal: true }] },
    {
      args: [
        array([
          [
            [2, 1],
            [-1, 3],
          ],
          [
            [4, 1],
            [0, -0.5],
          ],
        ]),
        right,
        { lower: false },
      ],
      note: "matrices that broadcast",
    },
    { args: [right, several, { transposed: true }], note: "one matrix, several right sides" },
  ],
};
