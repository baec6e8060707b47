import { array } from "../../../lib/nd/index.js";
import { log, mul, sqrt } from "../../../rules/elementwise/index.js";
import { where } from "../../../rules/elementwise/where.js";
import { at, type Kinks } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { aVector, type Calls } from "../../support/calls.js";
import { type Examples, single, strided } from "../../support/examples.js";

const mask = array([1, 0, 1], { dtype: "uint8" });

export const examples: Examples = {
  where: [
    { args: [true, 1.5, 2.5] },
    { args: [mask, array([1.5, -2, 3]), array([3.5, 4, 5])] },
    { args: [strided(array([[1, 0, 2]])), strided(array([1.5, -2, 3])), array([3.5, 4, 5])], note: "strided views", kit: { exclude: [0] } },
    { args: [mask, array([[1.5], [-2]]), 4], note: "a mask, a column and a number" },
    { args: [mask, single(array([1.5, -2, 3])), single(array([3.5, 4, 5]))], note: "single precision" },
    { args: [mask, single(array([1.5, -2, 3])), array([3.5, 4, 5])], note: "single and double precision" },
  ],
};

export const calls: Calls = {
  where: ["condition operand operand", true, aVector, aVector],
};

export const kinks: Kinks = [
  {
    ...lines.branches,
    names: ["where"],
    cases: [
      at("where(1, x, sqrt(x)) at 0", (x) => where(1, x, sqrt(x)), 0, 0, 1),
      at("where(0, log(x), 2x) at 0", (x) => where(0, log(x), mul(2, x)), 0, 0, 2),
    ],
  },
];
