import { array, type NdArray } from "../../../lib/nd/index.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, over, strided } from "../../support/examples.js";
import { cube, matrix } from "./operands.js";

const integers = (nested: number[] | number[][]): NdArray => array(nested, { dtype: "int32" });

export const examples: Examples = {
  gather: [
    ...over(matrix, [
      [
        [1, 0, 1, 1],
        [2, 0, 2, -2],
      ],
      [[0, 1], 2],
      [1, 0],
    ]),
    { args: [matrix, [1, 1, 0]], note: "whole rows" },
    { args: [strided(cube), integers([[1], [0]]), integers([[0, 1, 1]])], note: "lists that broadcast" },
  ],
};

export const calls: Calls = {
  gather: ["array indices indices", aMatrix, [0, 1], [1, 1]],
};
