import { array } from "../../../lib/nd/index.js";
import { binary, type Examples } from "../../support/examples.js";

export const examples: Examples = {
  mse: binary([1, -2, 0.5], [0.25, 1, -1], [{ args: [array([1, 2]), array([1, 2])], note: "no distance" }]),
  huber: [
    ...binary([1, -2, 0.5], [0.25, 1, -1]),
    { args: [array([1, -2, 0.5]), array([0.9, 1, -1]), { delta: 0.3 }], note: "another delta" },
    { args: [array([1, 2]), array([0, 0]), { delta: 1 }], note: "the edge", kit: { order: 1 } },
  ],
  bceWithLogits: binary([1, -2, 0.5], [0.25, 1, 0.75], [{ args: [array([40, -40, 0]), array([0.5, 0.25, 1])], note: "both tails" }]),
  klDiv: binary([0.2, 0.5, 1.5], [0.25, 0.5, 0.125]),
};
