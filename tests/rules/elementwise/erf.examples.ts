import { array } from "../../../lib/nd/index.js";
import { type Examples, unary } from "../../support/examples.js";

const anywhere = [0.7, -2, 1.5, 3] as const;

export const examples: Examples = {
  erf: unary([...anywhere], [{ args: [array([0, 40])], note: "0, and where it is 1" }]),
  erfc: unary([...anywhere], [{ args: [array([0, 6, 40])], note: "the right tail" }]),
};
