import type { AnyArray, Scalar } from "../../../lib/core/index.js";
import { array } from "../../../lib/nd/index.js";
import { div, mul, sub } from "../../../rules/elementwise/field.js";
import { sqrt } from "../../../rules/elementwise/roots.js";
import { acos, asin, atan2 } from "../../../rules/elementwise/trigonometric.js";
import { dot } from "../../../rules/products/dot.js";
import { norm } from "../../../rules/reductions/norms.js";
import { sum } from "../../../rules/reductions/sums.js";
import { at, at2, infinity, type Kinks, no, on, vector } from "../../kinks/cases.js";
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

/** Shares of a whole, and the angle between the vectors of their roots and those of others: by their product, and by their distance. */
const shares = vector(0.2, 0.3, 0.5);
const angleByDot = (p: AnyArray): Scalar => acos(dot(sqrt(p), sqrt(shares)) as Scalar);
const angleByDistance = (p: AnyArray): Scalar => mul(2, asin(div(norm(sub(sqrt(p), sqrt(shares))) as Scalar, 2)));

export const kinks: Kinks = [
  { ...lines.directions, names: ["atan2"], cases: [at2("atan2(0, 0)", atan2, 0, 0, 0, 0, 0)] },
  {
    ...lines.infiniteSlopes,
    names: ["asin", "acos"],
    cases: [at("asin(1)", asin, 1, Math.PI / 2, infinity), at("acos(1)", acos, 1, 0, -infinity)],
  },
  {
    where: "the angle of two unit vectors where they are equal, such as `acos(dot(√p, √q))` at p = q",
    convention:
      "−∞ by each entry, as `acos` at 1. Where p is divided by its sum, infinite slopes of both signs meet, NaN or ±∞: write 2 asin(‖√p − √q‖ / 2), which has the slope 0 there",
    names: ["acos", "asin"],
    cases: [
      on("acos(dot(√p, √q)) at p = q = [0.2, 0.3, 0.5]", angleByDot, shares, 0, vector(-infinity, -infinity, -infinity)),
      on("2 asin(‖√p − √q‖ / 2) there", angleByDistance, shares, 0, no(3)),
      on("the same of p / sum(p)", (p) => angleByDistance(div(p, sum(p)) as AnyArray), shares, 0, no(3)),
    ],
  },
];
