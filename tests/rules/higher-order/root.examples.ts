import { type AnyArray, callable, type Operand, type Scalar } from "../../../lib/core/index.js";
import { array } from "../../../lib/nd/index.js";
import { tanh } from "../../../rules/elementwise/hyperbolic.js";
import { add, mul, sub } from "../../../rules/elementwise/index.js";
import { sin } from "../../../rules/elementwise/trigonometric.js";
import { matmul } from "../../../rules/products/matmul.js";
import type { Calls } from "../../support/calls.js";
import { type Examples, single, strided } from "../../support/examples.js";

const square = (x: Operand, p: Operand): Operand => sub(mul(x, x), p);
const kepler = (x: Scalar, p: { e: Scalar; m: Scalar }): Scalar => sub(sub(x, mul(p.e, sin(x))), p.m);
const layer = (x: AnyArray, p: { a: AnyArray; b: AnyArray }): AnyArray => sub(add(matmul(p.a, x), tanh(x)), p.b);
const cubic = callable(
  { slope: 2 },
  (p: { slope: Scalar }, x: Scalar, q: Scalar): Scalar => sub(add(mul(x, mul(x, x)), mul(p.slope, x)), q),
);
const system = {
  a: array([
    [2, 0.5],
    [-0.5, 1.5],
  ]),
  b: array([1, 2]),
};

export const examples: Examples = {
  root: [
    { args: [square, 1, 2], note: "a square root" },
    { args: [square, 1, 2, { tol: 1e-9 }], note: "with a tolerance" },
    { args: [kepler, 1, { e: 0.4, m: 1.2 }], note: "a record of parameters" },
    { args: [layer, array([0, 0]), system], note: "a vector" },
    { args: [layer, strided(array([0, 0])), { a: strided(system.a), b: strided(system.b) }], note: "views" },
    {
      args: [
        square,
        array([
          [1, 1],
          [2, 1],
        ]),
        array([
          [2, 3],
          [5, 0.5],
        ]),
      ],
      note: "a matrix of unknowns",
    },
    { args: [square, single(array([1, 2])), single(array([2, 3]))], note: "single precision" },
    { args: [cubic, 1, 5], note: "a function with parameters" },
    { args: [(x: Scalar) => sub(mul(x, x), 2), 1], note: "no parameters" },
  ],
};

export const calls: Calls = {
  root: ["function operand any options", (x: Scalar, p: Scalar) => sub(mul(x, x), p), 1, 2, {}],
};
