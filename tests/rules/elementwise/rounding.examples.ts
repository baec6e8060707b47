import { array } from "../../../lib/nd/index.js";
import { ceil, floor, fround, round, trunc } from "../../../rules/elementwise/rounding.js";
import { at, type Kinks } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { aVector, type Calls } from "../../support/calls.js";
import { type Example, type Examples, over, unary } from "../../support/examples.js";

const points = [0.7, -2.3, 1.2, 3.6] as const;
const jump: Example = { args: [array([2, -1])], note: "at integers" };

export const examples: Examples = {
  round: unary([...points], [{ args: [array([0.5, -1.5])], note: "at halves" }]),
  floor: unary([...points], [jump]),
  ceil: unary([...points], [jump]),
  trunc: unary([...points], [jump]),
  fround: unary([...points], [], { atol: 100 }), // finite differences see its steps; the rule, by convention, does not
  ldexp: [{ args: [1.5, 3] }, ...over(array([1.5, -2, 0]), [[-2], [0]])],
};

export const calls: Calls = {
  ldexp: ["operand integer", aVector, 2],
};

export const kinks: Kinks = [
  {
    ...lines.steps,
    names: ["floor", "ceil", "round", "trunc", "fround"],
    cases: [
      at("floor(2)", floor, 2, 2, 0),
      at("ceil(2.5)", ceil, 2.5, 3, 0),
      at("round(2.5)", round, 2.5, 2, 0),
      at("trunc(−2)", trunc, -2, -2, 0),
      at("fround(0.1)", fround, 0.1, Math.fround(0.1), 1),
    ],
  },
];
