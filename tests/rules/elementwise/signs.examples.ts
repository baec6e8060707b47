import { array } from "../../../lib/nd/index.js";
import { abs, copysign, sign } from "../../../rules/elementwise/signs.js";
import { at, at2, type Kinks } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { binary, type Examples, unary } from "../../support/examples.js";

export const examples: Examples = {
  abs: unary([-1.5, 0.3, 2, -0.2], [{ args: [array([0, -1, 2])], note: "the kink at 0" }]),
  sign: unary([-1.5, 0.3, 2, -0.2], [{ args: [array([0, -1])], note: "the jump at 0" }]),
  copysign: binary([1.5, -2, -0.5], [-1, 3, -4], [{ args: [0, -1], note: "the kink at 0" }]),
};

export const kinks: Kinks = [
  {
    ...lines.corners,
    names: ["abs", "sign"],
    cases: [at("abs(0)", abs, 0, 0, 0), at("abs(−0)", abs, -0, 0, 0), at("sign(0)", sign, 0, 0, 0)],
  },
  { ...lines.directions, names: ["copysign"], cases: [at2("copysign(0, 1)", copysign, 0, 1, 0, 0, 0)] },
];
