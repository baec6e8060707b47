import { array } from "../../../lib/nd/index.js";
import { acos, asin, atan2 } from "../../../rules/elementwise/trigonometric.js";
import { at, at2, infinity, type Kinks } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { binary, type Example, type Examples, unary } from "../../support/examples.js";

const angles = [0.7, -2, 1.2, 3.5] as const;
const inside = [0.7, -0.2, 0.95, 0] as const;
const domain = [[-1, 1]] as const;
const atEnds: Example = { args: [array([-1, 0.5, 1])], note: "the infinite slopes at ±1", kit: { order: 1 } };

export const examples: Examples = {
  sin: unary([...angles], [{ args: [0] }]),
  cos: unary([...angles], [{ args: [0] }]),
  tan: unary([...angles], [{ args: [0] }]),
  sec: unary([...angles], [{ args: [0] }]),
  csc: unary([...angles]),
  cot: unary([...angles]),
  asin: unary([...inside], [atEnds], { domain }),
  acos: unary([...inside], [atEnds], { domain }),
  atan: unary([...angles], [{ args: [0] }]),
  atan2: binary(
    [1.5, -2, 0.5],
    [3, -1, 4],
    [
      { args: [0, 2], note: "on an axis" },
      { args: [0, 0], note: "the origin", kit: { order: 1 } },
    ],
  ),
  sinpi: unary([0.7, -2.25, 1.2, 3], [{ args: [0.5], note: "exact at halves" }]),
  cospi: unary([0.7, -2.25, 1.2, 3], [{ args: [0.5], note: "exact at halves" }]),
  deg2rad: unary([30, -45, 90, 0]),
  rad2deg: unary([...angles]),
};

export const kinks: Kinks = [
  { ...lines.directions, names: ["atan2"], cases: [at2("atan2(0, 0)", atan2, 0, 0, 0, 0, 0)] },
  {
    ...lines.infiniteSlopes,
    names: ["asin", "acos"],
    cases: [at("asin(1)", asin, 1, Math.PI / 2, infinity), at("acos(1)", acos, 1, 0, -infinity)],
  },
];
