import { array } from "../../../lib/nd/index.js";
import { type Examples, over, single, strided } from "../../support/examples.js";

const tall = array([
  [1, -2],
  [3, 0.5],
  [-1, 4],
  [2, 1],
]);
const wide = array([
  [1, -2, 0.5, 3],
  [2, 1, -1, 4],
]);
const square = array([
  [2, -1],
  [1, 3],
]);
const four = array([1, 2, -1, 0.5]);
const two = array([
  [1, 0.5, 2],
  [-2, 3, 1],
]);

const stack = array([
  [
    [2, -1],
    [0.5, 3],
    [1, 0.25],
  ],
  [
    [1, 2],
    [-3, 0.5],
    [0.75, -1],
  ],
]);
const right = array([1, -2, 0.5]);

export const examples: Examples = {
  pinv: [
    ...over(tall),
    { args: [wide], note: "a wide matrix" },
    { args: [square], note: "a square matrix" },
    { args: [array([[2, -1, 3]])], note: "one row" },
    { args: [stack], note: "two matrices" },
  ],
  lstsq: [
    { args: [tall, four] },
    { args: [strided(tall), strided(four)], note: "strided views" },
    { args: [single(tall), single(four)], note: "single precision" },
    { args: [single(tall), four], note: "single and double precision" },
    { args: [wide, two], note: "a wide matrix, several right sides" },
    { args: [square, two], note: "a square matrix" },
    { args: [strided(stack), stack], note: "two problems, a view" },
    { args: [stack, right], note: "two matrices, one vector" },
    { args: [single(stack.pick(0, null, null)), single(stack)], note: "one matrix, right sides of two" },
  ],
};
