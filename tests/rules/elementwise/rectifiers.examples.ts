import { array } from "../../../lib/nd/index.js";
import { relu } from "../../../rules/elementwise/rectifiers.js";
import { at, type Kinks } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, unary } from "../../support/examples.js";

const anywhere = [0.7, -2, 1.5, -0.3] as const;
const options = (given: object) => ({ args: [array([0.7, -2]), given], note: "with an option" });

export const examples: Examples = {
  relu: unary([...anywhere]),
  leakyRelu: unary([...anywhere], [options({ slope: 0.3 })]),
  elu: unary([...anywhere], [options({ alpha: 0.5 })]),
  softsign: unary([...anywhere]),
};

export const kinks: Kinks = [{ ...lines.corners, names: ["relu"], cases: [at("relu(0)", relu, 0, 0, 0)] }];
