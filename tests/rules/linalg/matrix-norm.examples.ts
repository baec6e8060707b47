import { array, zeros } from "../../../lib/nd/index.js";
import { type Examples, over } from "../../support/examples.js";

const tall = array([
  [1, -2],
  [3, 0.5],
  [-1, 4],
]);
const infinity = Number.POSITIVE_INFINITY;

export const examples: Examples = {
  matrixNorm: [
    ...over(tall, [[], [{ ord: "nuc" }], [{ ord: 1 }], [{ ord: 2 }], [{ ord: infinity }], [{ ord: "fro" }]]),
    { args: [tall.transpose(1, 0), { ord: "nuc" }], note: "the nuclear norm of a wide matrix" },
    { args: [tall.transpose(1, 0), { ord: 2 }], note: "the spectral norm of a wide matrix" },
    { args: [zeros([2, 2])], note: "the zero matrix" },
    { args: [array([[1, -1]]), { ord: 1 }], note: "a tie" },
  ],
};
