import { array } from "../../../lib/nd/index.js";
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
