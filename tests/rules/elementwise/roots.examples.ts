import { array } from "../../../lib/nd/index.js";
import { aVector, type Calls } from "../../support/calls.js";
import { binary, type Examples, strided, unary } from "../../support/examples.js";

export const examples: Examples = {
  sqrt: unary([0.7, 2, 0.05, 30], [{ args: [array([0, 4])], note: "the infinite slope at 0", kit: { order: 1 } }]),
  cbrt: unary([0.7, -2, 0.05, 30], [{ args: [array([0, -8])], note: "the infinite slope at 0", kit: { order: 1 } }]),
  hypot: binary(
    [3, -2, 0.5],
    [4, -1, 2],
    [
      { args: [0, 0], note: "the origin" },
      { args: [array([1, 2]), strided(array([[3, 4]])), 2], note: "three of them" },
      { args: [array([-1.5, 2])], note: "one" },
    ],
  ),
};

export const calls: Calls = {
  hypot: ["operand operand", aVector, 2],
};
