import { array } from "../../../lib/nd/index.js";
import { mod, rem } from "../../../rules/elementwise/remainder.js";
import { at, type Kinks } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { binary, type Examples } from "../../support/examples.js";

export const examples: Examples = {
  mod: binary([7.5, -2.25, 0.6], [3, 1.6, -0.4], [{ args: [array([6, 1.5]), 3], note: "the jump at a multiple", kit: { exclude: [1] } }]),
  rem: binary([7.5, -2.25, 0.6], [3, 1.6, -0.4], [{ args: [array([6, -1.5]), 3], note: "the jump at a multiple", kit: { exclude: [1] } }]),
};

export const kinks: Kinks = [
  {
    ...lines.jumps,
    names: ["mod", "rem"],
    cases: [at("mod(4, 2)", (x) => mod(x, 2), 4, 0, 1), at("rem(4, 2)", (x) => rem(x, 2), 4, 0, 1)],
  },
];
