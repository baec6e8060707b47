import { derivative } from "../../../lib/index.js";
import { logaddexp, xlogy } from "../../../rules/elementwise/stable-logs.js";
import { at, at2, infinity, type Kinks } from "../../kinks/cases.js";
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

export const kinks: Kinks = [
  {
    where: "`xlogy(0, y)`",
    convention: "0; by x it is ln y, and all derivatives by y are 0, also at y = 0",
    names: ["xlogy"],
    cases: [
      at2("xlogy(0, 0)", xlogy, 0, 0, 0, -infinity, 0),
      at("∂/∂y xlogy(0, y) at 0", (y) => derivative((t) => xlogy(0, t), y), 0, 0, 0),
    ],
  },
  {
    where: "`logaddexp(−∞, −∞)`, `logsumexp` of nothing else",
    convention: "0",
    names: ["logaddexp"],
    cases: [at2("logaddexp(−∞, −∞)", logaddexp, -infinity, -infinity, -infinity, 0, 0)],
  },
];
