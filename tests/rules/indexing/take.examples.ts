import { array, type NdArray, rowMajor, zeros } from "../../../lib/nd/index.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, over, strided } from "../../support/examples.js";
import { cube, matrix } from "./operands.js";

const integers = (nested: number[] | number[][]): NdArray => array(nested, { dtype: "int32" });

export const examples: Examples = {
  take: [
    ...over(matrix, [[[1, 0, 1]], [[2, -1], { axis: 1 }], [-1], [[], { axis: -1 }]]),
    {
      args: [
        cube,
        integers([
          [1, 0, 1],
          [-1, 1, 0],
        ]),
        { axis: 1 },
      ],
      note: "indices with two axes",
    },
    { args: [strided(cube), [1, -2, 1], { axis: -1 }], note: "the last axis of a strided view" },
    { args: [array([1, 2, 3]), 1], note: "one number of a vector" },
    { args: [zeros([0, 2]), []], note: "nothing" },
  ],
  takeAlongAxis: [
    ...over(matrix, [
      [
        integers([
          [2, 0],
          [-1, -1],
        ]),
      ],
      [integers([[1, 0, 1]]), { axis: 0 }],
    ]),
    { args: [cube, rowMajor(Int32Array.of(0, -1), [1, 2, 1]), { axis: 1 }], note: "indices that broadcast" },
  ],
};

export const calls: Calls = {
  take: ["array indices options", aMatrix, [0, -1], { axis: 0 }],
  takeAlongAxis: ["array indices options", aMatrix, array([[0], [1]], { dtype: "int32" }), { axis: 1 }],
};
