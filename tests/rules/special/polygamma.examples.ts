import { array } from "../../../lib/nd/index.js";
import { polygamma } from "../../../rules/special/polygamma.js";
import { at, infinity, type Kinks } from "../../kinks/cases.js";
import { aVector, type Calls } from "../../support/calls.js";
import { type Examples, unary } from "../../support/examples.js";

const noPole = [0.7, -2.4, 1.5, 6] as const;

export const examples: Examples = {
  polygamma: [
    ...unary([...noPole]).map(({ args, ...rest }) => ({ args: [2, ...args], ...rest })),
    { args: [0, 1.5], note: "digamma" },
    { args: [1, array([0.3, 20])], note: "trigamma" },
    { args: [7, array([0.7, -1.6, 30])], note: "a higher order" },
  ],
};

export const calls: Calls = {
  polygamma: ["integer operand", 2, aVector],
};

export const kinks: Kinks = [
  {
    where: "`polygamma(n, x)` at 0, −1, −2, …",
    convention: "∞ for odd n, NaN for even n; for n = 0 as `digamma`, ∓∞ at ±0",
    names: ["polygamma"],
    cases: [
      at("polygamma(0, 0)", (x) => polygamma(0, x), 0, -infinity, infinity),
      at("polygamma(1, −1)", (x) => polygamma(1, x), -1, infinity, Number.NaN),
      at("polygamma(2, 0)", (x) => polygamma(2, x), 0, Number.NaN, infinity),
    ],
  },
];
