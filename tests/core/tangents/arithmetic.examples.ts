import { array } from "../../../lib/nd/index.js";
import { binary, type Examples } from "../../support/examples.js";

export const examples: Examples = {
  add: binary([1.5, -2, 0.5], [3, -1, 4]),
  scale: binary([1.5, -2, 0.5], [3, -1, 4], [{ args: [array([0, 2]), array([3, 0])], note: "zeros" }]),
};
