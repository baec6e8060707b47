import { derivative } from "../../../lib/index.js";
import { array } from "../../../lib/nd/index.js";
import { sinc } from "../../../rules/elementwise/sinc.js";
import { at, type Kinks } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, unary } from "../../support/examples.js";

export const examples: Examples = {
  sinc: unary(
    [0.3, -1.2, 2.5, 0.05],
    [
      { args: [array([0, 1, -2])], note: "0 and whole numbers" },
      { args: [1e-5], note: "near 0" },
    ],
  ),
};

export const kinks: Kinks = [
  {
    ...lines.sinc,
    names: ["sinc"],
    cases: [at("sinc(0)", sinc, 0, 1, 0), at("sinc′(0)", (x) => derivative(sinc, x), 0, 0, -(Math.PI ** 2) / 3)],
  },
];
