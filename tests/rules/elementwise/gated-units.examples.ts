import { array } from "../../../lib/nd/index.js";
import { type Examples, unary } from "../../support/examples.js";

const anywhere = [0.7, -2, 1.5, 3] as const;
const far = { args: [array([-800, -30, 30, 800])], note: "far out", kit: { order: 1 } } as const;
const approximate = { approximate: "tanh" } as const;

export const examples: Examples = {
  gelu: unary(
    [...anywhere],
    [far, { args: [array([0.7, -2]), approximate], note: "by tanh" }, { args: [-1.2, approximate], note: "by tanh, a number" }],
  ),
  silu: unary([...anywhere], [far]),
  mish: unary([...anywhere], [far]),
};
