import type { AnyArray, Scalar } from "../../../lib/core/index.js";
import { array, zeros } from "../../../lib/nd/index.js";
import { mul, pow } from "../../../rules/elementwise/index.js";
import { svd, svdvals } from "../../../rules/linalg/svd.js";
import { matmul } from "../../../rules/products/index.js";
import { sum } from "../../../rules/reductions/index.js";
import { type Kinks, on } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Example, type Examples, over } from "../../support/examples.js";

const square = array([
  [2, -1, 0.5],
  [1, 3, -2],
  [-0.5, 1.5, 4],
]);

const stack = array([
  [
    [2, -1],
    [0.5, 3],
    [1, 0.25],
  ],
  [
    [1, 2],
    [-3, 0.5],
    [0.75, -1],
  ],
]);

const shapes: readonly Example[] = [
  ...over(square),
  {
    args: [
      array([
        [1, -2],
        [3, 0.5],
        [-1, 4],
        [2, 1],
      ]),
    ],
    note: "a tall matrix",
  },
  {
    args: [
      array([
        [1, -2, 0.5, 3],
        [2, 1, -1, 4],
      ]),
    ],
    note: "a wide matrix",
  },
  { args: [array([[-2, 3, 1]])], note: "one row" },
  { args: [zeros([0, 3])], note: "no rows" },
  { args: [stack], note: "two matrices" },
  { args: [zeros([0, 2, 2])], note: "none" },
];

export const examples: Examples = {
  svd: shapes,
  svdvals: shapes,
};

const twice = array([
  [2, 0],
  [0, 2],
]);
/** u s³ vᵀ added up with weights. */
function rebuilt(a: AnyArray): Scalar {
  const [u, s, vt] = svd(a) as [AnyArray, AnyArray, AnyArray];
  return sum(
    mul(
      matmul(mul(u, pow(s, 3)) as AnyArray, vt) as AnyArray,
      array([
        [1, 2],
        [2, -1],
      ]),
    ),
  ) as Scalar;
}

export const kinks: Kinks = [
  {
    ...lines.repeatedValues,
    names: ["svd", "svdvals"],
    cases: [
      on("u s³ vᵀ of 2·1, weighted", rebuilt, twice, 0, "finite"),
      on(
        "sum(svdvals(2·1))",
        (a) => sum(svdvals(a)),
        twice,
        4,
        array([
          [1, 0],
          [0, 1],
        ]),
      ),
    ],
  },
];
