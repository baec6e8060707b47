import { aMatrix, type Calls } from "../../support/calls.js";
import { type Example, type Examples, single, strided } from "../../support/examples.js";
import { a, b, batch, u, v } from "./operands.js";

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
