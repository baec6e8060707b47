import { type AnyArray, gradient, type Scalar } from "../../../lib/index.js";
import { array, zeros } from "../../../lib/nd/index.js";
import { cdist } from "../../../rules/distances/cdist.js";
import { square } from "../../../rules/elementwise/field.js";
import { type Kinks, on } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, pairs } from "../../support/examples.js";
import { a, b, between } from "./points.js";

export const examples: Examples = {
  cdist: [
    ...between(a, b),
    ...[1, 3, 0.5, Number.POSITIVE_INFINITY].flatMap((p) => pairs(a, b, { p })),
    { args: [zeros([2, 0]), zeros([1, 0]), { p: 1 }], note: "no coordinates" },
    { args: [zeros([0, 2]), b, { p: 3 }], note: "no points" },
  ],
};

const point = array([[1, 2]]);
const squared = (x: AnyArray): Scalar => square(cdist(x, point).get(0, 0) as Scalar);

export const kinks: Kinks = [
  {
    ...lines.hiddenCurvatures,
    names: ["cdist"],
    cases: [on("the slope of cdist(x, p)² by x[0, 0] at p", (x) => gradient(squared, x)[0].get(0, 0), point, 0, array([[0, 0]]))],
  },
];
