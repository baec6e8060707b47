import { array } from "../lib/nd/index.js";
import { binary, type Examples, unary } from "../tests/support/examples.js";

const anywhere = [0.7, -2, 1.5, 3] as const;
const positive = [0.7, 2, 0.3, 9] as const;
const noPole = [0.7, -2.4, 1.5, 6] as const;
const pairs = [
  [0.7, 3, 1.6],
  [2, 0.4, 1.2],
] as const;

export const examples: Examples = {
  erf: unary([...anywhere], [{ args: [array([0, 40])], note: "0, and where it is 1" }]),
  erfc: unary([...anywhere], [{ args: [array([0, 6, 40])], note: "the right tail" }]),
  erfinv: unary([0.7, -0.2, 0.1, 0.95], [{ args: [array([-1, 1])], note: "the infinite slope at ±1", kit: { order: 1 } }]),
  erfcx: unary([...anywhere], [{ args: [array([0.9, 1.1, 30])], note: "both recurrences, and the right tail" }]),
  gamma: unary([...noPole], [{ args: [-0.5], note: "a negative value" }]),
  lgamma: unary([...noPole], [{ args: [array([1, 2, 400])], note: "its zeros, and where gamma overflows" }]),
  digamma: unary([...noPole]),
  trigamma: unary([...noPole]),
  beta: binary(...pairs, [{ args: [40, 1e-3], note: "one argument dwarfs the other" }]),
  lbeta: binary(...pairs, [{ args: [40, 1e-3], note: "one argument dwarfs the other" }]),
  besselj0: unary([...anywhere], [{ args: [array([0, 20])], note: "0, and far from it" }]),
  besselj1: unary([...anywhere], [{ args: [array([0, 20])], note: "0, and far from it" }]),
  bessely0: unary([...positive]),
  bessely1: unary([...positive]),
};
