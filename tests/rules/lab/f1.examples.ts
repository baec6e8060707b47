import { binary, type Examples } from "../../support/examples.js";

export const examples: Examples = {
  f1: binary([2, -1.5, 0.5], [4, 3, -2]),
};
