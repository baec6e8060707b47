import { array } from "../../../lib/nd/index.js";
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
  ldexp: [{ args: [1.5, 3], kit: { exclude: [1] } }, ...over(array([1.5, -2, 0]), [[-2], [0]], { exclude: [1] })],
};

export const calls: Calls = {
  ldexp: ["operand integer", aVector, 2],
};
