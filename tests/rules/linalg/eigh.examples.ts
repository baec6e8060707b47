import type { AnyArray, Scalar } from "../../../lib/core/index.js";
import { array, zeros } from "../../../lib/nd/index.js";
import { mul, square } from "../../../rules/elementwise/index.js";
import { eigh, eigvalsh } from "../../../rules/linalg/eigh.js";
import { matmul } from "../../../rules/products/index.js";
import { sum } from "../../../rules/reductions/index.js";
import { transpose } from "../../../rules/shaping/index.js";
import { type Kinks, on } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Example, type Examples, over } from "../../support/examples.js";

const symmetric = array([
  [2, -1, 0.5],
  [-1, 3, 1],
  [0.5, 1, -4],
]);

const stack = array([
  [
    [2, -1],
    [0.5, 3],
  ],
  [
    [1, 2],
    [-3, 0.5],
  ],
]);

const matrices: readonly Example[] = [
  ...over(symmetric),
  {
    args: [
      array([
        [1, 2, -3],
        [0.5, 4, 1],
        [2, -1, 0],
      ]),
    ],
    note: "a matrix that is not symmetric",
  },
  { args: [array([[-3]])], note: "one entry" },
  { args: [zeros([0, 0])], note: "no entries" },
  { args: [stack], note: "two matrices" },
  { args: [zeros([0, 2, 2])], note: "none" },
];

export const examples: Examples = {
  eigh: matrices,
  eigvalsh: matrices,
};

const twice = array([
  [2, 0],
  [0, 2],
]);
/** v w² vᵀ of a symmetric matrix, its entries added up with weights. */
function rebuilt(a: AnyArray): Scalar {
  const [w, v] = eigh(a) as [AnyArray, AnyArray];
  return sum(
    mul(
      matmul(mul(v, square(w)) as AnyArray, transpose(v) as AnyArray) as AnyArray,
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
    names: ["eigh", "eigvalsh"],
    cases: [
      on("v w² vᵀ of 2·1, weighted", rebuilt, twice, 0, "finite"),
      on(
        "sum(eigvalsh(2·1))",
        (a) => sum(eigvalsh(a)),
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
