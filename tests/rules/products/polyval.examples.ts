import { array } from "../../../lib/nd/index.js";
import { type Examples, single, strided } from "../../support/examples.js";
import { a, u } from "./operands.js";

export const examples: Examples = {
  polyval: [
    { args: [u, 0.5] },
    { args: [u, a], note: "an array" },
    { args: [strided(u), strided(a)], note: "strided views" },
    { args: [single(u), single(a)], note: "single precision" },
    { args: [single(u), a], note: "single and double precision" },
    { args: [array([3]), a], note: "a constant" },
    { args: [u, 0], note: "at zero" },
  ],
};
