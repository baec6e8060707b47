import { array } from "../../../lib/nd/index.js";
import { type Examples, unary } from "../../support/examples.js";

const anywhere = [0.7, -2, 1.5, 3] as const;

export const examples: Examples = {
  erfcx: unary([...anywhere], [{ args: [array([0.9, 1.1, 30])], note: "both recurrences, and the right tail" }]),
  erfinv: unary([0.7, -0.2, 0.1, 0.95], [{ args: [array([-1, 1])], note: "the infinite slope at ±1", kit: { order: 1 } }]),
};
