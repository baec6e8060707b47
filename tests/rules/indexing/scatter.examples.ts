import { array, type NdArray } from "../../../lib/nd/index.js";
import { alike, aMatrix, type Calls } from "../../support/calls.js";
import { type Example, type Examples, over, single, strided } from "../../support/examples.js";
import { cube, matrix } from "./operands.js";

const integers = (nested: number[] | number[][]): NdArray => array(nested, { dtype: "int32" });
/** Updates of an array as they are, as views and in single precision. */
function updated(base: NdArray, indices: unknown, updates: NdArray): readonly Example[] {
  return [
    { args: [base, indices, updates] },
    { args: [strided(base), indices, strided(updates)], note: "strided views" },
    { args: [single(base), indices, single(updates)], note: "single precision" },
    { args: [single(base), indices, updates], note: "single and double precision" },
  ];
}

export const examples: Examples = {
  scatterAdd: [
    ...updated(
      matrix,
      [1, 0, 1],
      array([
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ]),
    ),
    {
      args: [
        matrix,
        [2, -3],
        array([
          [1, 2],
          [3, 4],
        ]),
        { axis: 1 },
      ],
    },
    {
      args: [
        matrix,
        [
          [1, 0, 1],
          [2, 2, 2],
        ],
        array([1, 2, 3]),
      ],
      note: "pairs",
    },
    { args: [matrix, [0, 0], array([1, 2, 3])], note: "updates that broadcast" },
    { args: [array([1, 2, 3]), [0, 2, 0], 0.5], note: "one number everywhere" },
    {
      args: [
        cube,
        integers([
          [0, 1],
          [1, 1],
        ]),
        array([
          [
            [1, 2],
            [3, 4],
          ],
        ]),
        { axis: 2 },
      ],
      note: "indices with two axes",
    },
  ],
  scatterSet: [
    ...updated(
      matrix,
      [1, 0, 1],
      array([
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ]),
    ),
    {
      args: [
        matrix,
        [
          [1, 0, 1],
          [2, 2, 2],
        ],
        array([1, 2, 3]),
      ],
      note: "pairs, one of them twice",
    },
    { args: [matrix, [0, 0], array([1, 2, 3])], note: "updates that broadcast" },
    { args: [array([1, 2, 3]), [0, 2, 0], 0.5], note: "one number everywhere" },
    {
      args: [
        cube,
        [1, 0],
        array([
          [[1], [2]],
          [[3], [4]],
        ]),
        { axis: -1 },
      ],
      note: "the last axis",
    },
  ],
  segmentSum: [
    ...over(matrix, [
      [[1, 1], 3],
      [[0, -1], 2],
    ]),
    { args: [array([1, 2, 3, 4]), integers([2, 0, 2, 2]), 4], note: "segments without entries" },
  ],
};

export const calls: Calls = {
  ...alike("scatterAdd scatterSet", "array indices operand options", aMatrix, [0, -1], 2, { axis: 0 }),
  segmentSum: ["array ids integer", aMatrix, [0, 1], 3],
};
