import { derivative } from "../../../lib/index.js";
import { array } from "../../../lib/nd/index.js";
import { mul, square } from "../../../rules/elementwise/index.js";
import { cbrt, hypot, sqrt } from "../../../rules/elementwise/roots.js";
import { at, at2, infinity, type Kinks } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { aVector, type Calls } from "../../support/calls.js";
import { binary, type Examples, strided, unary } from "../../support/examples.js";

export const examples: Examples = {
  sqrt: unary([0.7, 2, 0.05, 30], [{ args: [array([0, 4])], note: "the infinite slope at 0", kit: { order: 1 } }]),
  cbrt: unary([0.7, -2, 0.05, 30], [{ args: [array([0, -8])], note: "the infinite slope at 0", kit: { order: 1 } }]),
  hypot: binary(
    [3, -2, 0.5],
    [4, -1, 2],
    [
      { args: [0, 0], note: "the origin" },
      { args: [array([1, 2]), strided(array([[3, 4]])), 2], note: "three of them" },
      { args: [array([-1.5, 2])], note: "one" },
    ],
  ),
};

export const calls: Calls = {
  hypot: ["operand operand", aVector, 2],
};

export const kinks: Kinks = [
  {
    ...lines.infiniteSlopes,
    names: ["sqrt", "cbrt"],
    cases: [
      at("sqrt(0)", sqrt, 0, 0, infinity),
      at("cbrt(0)", cbrt, 0, 0, infinity),
      at("0 · sqrt(x) at 0", (x) => mul(0, sqrt(x)), 0, 0, 0),
      at("sqrt(x²) at 0", (x) => sqrt(mul(x, x)), 0, 0, 0),
    ],
  },
  { ...lines.hiddenSlopes, names: ["sqrt"], cases: [at("square(sqrt(0))", (x) => square(sqrt(x)), 0, 0, 0)] },
  {
    ...lines.hiddenCurvatures,
    names: ["hypot"],
    cases: [at("the slope of hypot(x, 0)² at 0", (x) => derivative((t) => square(hypot(t, 0)), x), 0, 0, 0)],
  },
  { ...lines.zeroVector, names: ["hypot"], cases: [at2("hypot(0, 0)", hypot, 0, 0, 0, 0, 0)] },
];
