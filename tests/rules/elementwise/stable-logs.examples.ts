import { binary, type Examples, unary } from "../../support/examples.js";

export const examples: Examples = {
  xlogx: unary([0.7, 2, 0.05, 30]),
  xlogy: binary([0.7, -2, 1.5], [0.4, 3, 1.2], [{ args: [0, 2], note: "x = 0" }]),
  logaddexp: binary(
    [0.7, -2, 1.5],
    [0.4, 3, -1.2],
    [
      { args: [800, 799], note: "far out" },
      { args: [2, 2], note: "a tie" },
    ],
  ),
};
