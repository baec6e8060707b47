import { array, zeros } from "../../../lib/nd/index.js";
import { type Examples, over } from "../../support/examples.js";

const a = array([
  [2, -1, 0.5],
  [1, 3, -2],
  [0, 1, 1.5],
]);
const negative = array([
  [1, 2],
  [3, 4],
]);
const several = array([
  [
    [2, 1],
    [-1, 3],
  ],
  [
    [5, 1],
    [4, 2.5],
  ],
]);

export const examples: Examples = {
  det: [
    ...over(a),
    { args: [several], note: "several matrices" },
    { args: [negative], note: "a negative one" },
    {
      args: [
        array([
          [1, 2],
          [2, 4],
        ]),
      ],
      note: "a singular matrix",
    },
    {
      args: [
        array([
          [1, 2, 3],
          [2, 4, 6],
          [-1, -2, -3],
        ]),
      ],
      note: "a matrix of rank one",
    },
    {
      args: [
        array([
          [0, 0, 1],
          [0, 0, 0],
          [2, 0, 3],
        ]),
      ],
      note: "a singular matrix with zeros",
    },
    { args: [zeros([3, 3])], note: "the zero matrix" },
    { args: [array([[0]])], note: "one zero" },
    { args: [zeros([0, 0])], note: "no entries" },
  ],
  logdet: [...over(a), { args: [several], note: "several matrices" }, { args: [zeros([0, 0])], note: "no entries" }],
  slogdet: [...over(a), { args: [negative], note: "a negative one" }, { args: [several], note: "several matrices" }],
};
