import { array, type NdArray } from "../../../lib/nd/index.js";
import { greater } from "../../../rules/elementwise/index.js";
import { aVector, type Calls } from "../../support/calls.js";
import { type Examples, over, strided } from "../../support/examples.js";
import { matrix } from "./operands.js";

const mask = (nested: number[] | number[][]): NdArray => array(nested, { dtype: "uint8" });

export const examples: Examples = {
  maskSelect: over(matrix, [
    [
      mask([
        [1, 0, 1],
        [0, 0, 1],
      ]),
    ],
    [
      mask([
        [0, 0, 0],
        [0, 0, 0],
      ]),
    ],
  ]),
  maskFill: [
    ...over(matrix, [
      [
        mask([
          [1, 0, 1],
          [0, 0, 1],
        ]),
        0.5,
      ],
      [mask([1, 0, 1]), -2],
      [true, 3],
    ]),
    { args: [strided(matrix), mask([[1], [0]]), array([[1, 2, 3]])], note: "a mask and values that broadcast" },
    {
      args: [
        array([1, 2]),
        mask([
          [1, 0],
          [0, 0],
          [1, 1],
        ]),
        4,
      ],
      note: "a mask with more rows than x",
    },
  ],
};

export const calls: Calls = {
  maskSelect: ["array array", aVector, greater(aVector, 0.3)],
  maskFill: ["array condition operand", aVector, greater(aVector, 0.3), 2],
};
