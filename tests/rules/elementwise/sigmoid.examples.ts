import { array } from "../../../lib/nd/index.js";
import { sigmoid, softplus } from "../../../rules/elementwise/sigmoid.js";
import { at, type Kinks } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, unary } from "../../support/examples.js";

const anywhere = [0.7, -2, 1.5, 3] as const;
const far = { args: [array([-800, -40, 40, 800])], note: "far out", kit: { order: 1 } } as const;

export const examples: Examples = {
  sigmoid: unary([...anywhere], [far]),
  logit: unary([0.3, 0.8, 0.55, 0.1]),
  softplus: unary([...anywhere], [far]),
  logSigmoid: unary([...anywhere], [far]),
};

export const kinks: Kinks = [
  {
    ...lines.farOut,
    names: ["sigmoid", "softplus"],
    cases: [
      at("sigmoid(800)", sigmoid, 800, 1, 0),
      at("sigmoid(−800)", sigmoid, -800, 0, 0),
      at("softplus(800)", softplus, 800, 800, 1),
      at("softplus(−800)", softplus, -800, 0, 0),
    ],
  },
];
