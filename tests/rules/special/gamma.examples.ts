import { array } from "../../../lib/nd/index.js";
import { beta } from "../../../rules/special/gamma.js";
import { at2, infinity, type Kinks } from "../../kinks/cases.js";
import { binary, type Examples, unary } from "../../support/examples.js";

const noPole = [0.7, -2.4, 1.5, 6] as const;
const pairs = [
  [0.7, 3, 1.6],
  [2, 0.4, 1.2],
] as const;

export const examples: Examples = {
  gamma: unary([...noPole], [{ args: [-0.5], note: "a negative value" }]),
  lgamma: unary([...noPole], [{ args: [array([1, 2, 400])], note: "its zeros, and where gamma overflows" }]),
  digamma: unary([...noPole]),
  trigamma: unary([...noPole]),
  beta: binary(...pairs, [{ args: [40, 1e-3], note: "one argument dwarfs the other" }]),
  lbeta: binary(...pairs, [{ args: [40, 1e-3], note: "one argument dwarfs the other" }]),
};

export const kinks: Kinks = [
  {
    where: "`beta(0, y)`",
    convention: "∞; by x −∞, by y the limit −ψ′(y)",
    names: ["beta"],
    cases: [at2("beta(0, 1)", beta, 0, 1, infinity, -infinity, -(Math.PI ** 2) / 6)],
  },
];
