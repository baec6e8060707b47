import { array } from "../../../lib/nd/index.js";
import { mul } from "../../../rules/elementwise/index.js";
import { pow } from "../../../rules/elementwise/power.js";
import { at, at2, infinity, type Kinks } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { binary, type Examples } from "../../support/examples.js";

export const examples: Examples = {
  pow: binary(
    [1.5, 2, 0.5],
    [3, -1.5, 4],
    [
      { args: [array([-2, 3, -0.5]), 3], note: "negative numbers to a power that does not move", kit: { exclude: [1] } },
      { args: [array([0, 2]), 2], note: "zero squared", kit: { exclude: [1] } },
      { args: [array([0.5, 2]), 0], note: "to the power 0" },
    ],
  ),
};

export const kinks: Kinks = [
  {
    ...lines.infiniteSlopes,
    names: ["pow"],
    cases: [at("pow(0, 0.5)", (x) => pow(x, 0.5), 0, 0, infinity), at("pow(0 · x, 0.5) at 1", (x) => pow(mul(0, x), 0.5), 1, 0, 0)],
  },
  {
    ...lines.powers,
    names: ["pow"],
    cases: [
      at("pow(x, 0) at 3", (x) => pow(x, 0), 3, 1, 0),
      at("pow(x, 0) at 0", (x) => pow(x, 0), 0, 1, 0),
      at("pow(x, 1) at 0", (x) => pow(x, 1), 0, 0, 1),
      at("pow(x, 2) at 0", (x) => pow(x, 2), 0, 0, 0),
      at2("pow(0, 2)", pow, 0, 2, 0, 0, 0),
      at2("pow(0, 1)", pow, 0, 1, 0, 1, 0),
      at2("pow(−2, 3) by x", (x) => pow(x, 3), -2, 3, -8, 12, 0),
    ],
  },
];
