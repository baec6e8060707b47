import { array } from "../../../lib/nd/index.js";
import { type Examples, unary } from "../../support/examples.js";

const anywhere = [0.7, -2, 1.5, -0.3] as const;
const options = (given: object) => ({ args: [array([0.7, -2]), given], note: "with an option" });

export const examples: Examples = {
  relu: unary([...anywhere]),
  leakyRelu: unary([...anywhere], [options({ slope: 0.3 })]),
  elu: unary([...anywhere], [options({ alpha: 0.5 })]),
  softsign: unary([...anywhere]),
};
