import { array } from "../../../lib/nd/index.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Example, type Examples, single, strided } from "../../support/examples.js";

const a = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);
const b = array([
  [2, 1],
  [0.5, -3],
  [-1, 4],
]);
const u = array([1.5, -2, 3]);
const v = array([4, 0.5, -1]);
const batch = array([[[1, -2, 3]], [[4, 5.5, -6]]]);
/** The axes of `tensordot` are numbers, and do not move. */
const summed = (...args: readonly unknown[]): Example => ({ args });

export const examples: Examples = {
  tensordot: [
    summed(a, b, 1),
    summed(strided(a), strided(b), 1),
    summed(single(a), single(b), 1),
    summed(u, v, 0),
    summed(a, a, 2),
    summed(a, b, [
      [1, 0],
      [0, 1],
    ]),
    summed(batch, a, [
      [0, -1],
      [0, 1],
    ]),
  ],
};

export const calls: Calls = {
  tensordot: ["array array extents", aMatrix, aMatrix, 1],
};
