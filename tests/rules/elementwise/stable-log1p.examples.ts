import { derivative } from "../../../lib/index.js";
import { log1mexp, logsubexp, xlog1py } from "../../../rules/elementwise/stable-log1p.js";
import { at, at2, infinity, type Kinks } from "../../kinks/cases.js";
import { binary, type Examples, unary } from "../../support/examples.js";

export const examples: Examples = {
  xlog1py: binary([0.7, -2, 1.5], [0.4, -0.6, 3], [{ args: [0, 2], note: "x = 0" }]),
  log1mexp: unary([-0.7, -2, -0.3, -30]),
  logsubexp: binary([0.7, 2.5, 1.5], [0.4, -3, -1.2], [{ args: [800, 799], note: "far out" }]),
};

export const kinks: Kinks = [
  {
    where: "`xlog1py(0, y)`",
    convention: "0; by x it is ln(1 + y), and all derivatives by y are 0, also at y = −1",
    names: ["xlog1py"],
    cases: [
      at2("xlog1py(0, −1)", xlog1py, 0, -1, 0, -infinity, 0),
      at("∂/∂y xlog1py(0, y) at −1", (y) => derivative((t) => xlog1py(0, t), y), -1, 0, 0),
    ],
  },
  {
    where: "`log1mexp` at 0, `logsubexp(x, x)`",
    convention: "the one-sided limit, ±∞; 0 where both operands of `logsubexp` are −∞",
    names: ["log1mexp", "logsubexp"],
    cases: [
      at("log1mexp(0)", log1mexp, 0, -infinity, -infinity),
      at("log1mexp(−0)", log1mexp, -0, -infinity, -infinity),
      at2("logsubexp(3, 3)", logsubexp, 3, 3, -infinity, infinity, -infinity),
      at2("logsubexp(−∞, −∞)", logsubexp, -infinity, -infinity, -infinity, 0, 0),
    ],
  },
];
