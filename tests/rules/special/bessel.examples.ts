import { array } from "../../../lib/nd/index.js";
import { type Examples, unary } from "../../support/examples.js";

const anywhere = [0.7, -2, 1.5, 3] as const;
const positive = [0.7, 2, 0.3, 9] as const;

export const examples: Examples = {
  besselj0: unary([...anywhere], [{ args: [array([0, 20])], note: "0, and far from it" }]),
  besselj1: unary([...anywhere], [{ args: [array([0, 20])], note: "0, and far from it" }]),
  bessely0: unary([...positive]),
  bessely1: unary([...positive]),
};
