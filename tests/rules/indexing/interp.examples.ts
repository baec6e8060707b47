import { array } from "../../../lib/nd/index.js";
import { interp } from "../../../rules/indexing/interp.js";
import { at, type Kinks, vector } from "../../kinks/cases.js";
import type { Calls } from "../../support/calls.js";
import { type Examples, single, strided } from "../../support/examples.js";

const knots = array([-1, 0.5, 2, 4]);
const heights = array([3, -1, 0.5, 2]);
const places = array([
  [0.2, 1.1],
  [3.3, -0.4],
]);

export const examples: Examples = {
  interp: [
    { args: [1.2, knots, heights] },
    { args: [places, knots, heights] },
    { args: [strided(places), strided(knots), strided(heights)], note: "strided views" },
    { args: [single(places), single(knots), single(heights)], note: "single precision" },
    { args: [single(places), knots, heights], note: "single and double precision" },
    { args: [array([-3, 1, 9]), knots, heights], note: "beyond both ends" },
    { args: [array([0.3, 7]), array([1]), array([5])], note: "one knot" },
  ],
};

export const calls: Calls = {
  interp: ["operand array array", places, knots, heights],
};

const [xp, fp] = [vector(0, 1, 3), vector(2, 5, 1)];

export const kinks: Kinks = [
  {
    where: "`interp` at a knot",
    convention: "the segment to the right: at the last one, as beyond it, 0",
    names: ["interp"],
    cases: [
      at("interp(0, [0, 1, 3], [2, 5, 1])", (x) => interp(x, xp, fp), 0, 2, 3),
      at("interp(1, …)", (x) => interp(x, xp, fp), 1, 5, -2),
      at("interp(3, …)", (x) => interp(x, xp, fp), 3, 1, 0),
      at("interp(−1, …)", (x) => interp(x, xp, fp), -1, 2, 0),
    ],
  },
];
