import { type AnyArray, callable, type Operand, type Scalar } from "../../../lib/core/index.js";
import { array } from "../../../lib/nd/index.js";
import { tanh } from "../../../rules/elementwise/hyperbolic.js";
import { add, div, mul } from "../../../rules/elementwise/index.js";
import { cos } from "../../../rules/elementwise/trigonometric.js";
import { matmul } from "../../../rules/products/matmul.js";
import type { Calls } from "../../support/calls.js";
import { type Examples, single, strided } from "../../support/examples.js";

const heron = (x: Operand, p: Operand): Operand => mul(0.5, add(x, div(p, x)));
const layer = (x: AnyArray, p: { a: AnyArray; b: AnyArray }): AnyArray => tanh(add(matmul(p.a, x), p.b));
const cosine = callable({ scale: 0.75 }, (p: { scale: Scalar }, x: Scalar, q: Scalar): Scalar => cos(mul(p.scale, add(x, q))));
const network = {
  a: array([
    [0.25, 0.5],
    [-0.5, 0.25],
  ]),
  b: array([1, 2]),
};

export const examples: Examples = {
  fixedPoint: [
    { args: [heron, 1, 2], note: "a square root" },
    { args: [heron, 1, 2, { tol: 1e-9 }], note: "with a tolerance" },
    { args: [layer, array([0, 0]), network], note: "a vector" },
    { args: [layer, strided(array([0, 0])), { a: strided(network.a), b: strided(network.b) }], note: "views" },
    { args: [heron, single(array([1, 2])), single(array([2, 3]))], note: "single precision" },
    { args: [cosine, 0.5, 0.25], note: "a function with parameters" },
  ],
};

export const calls: Calls = {
  fixedPoint: ["function operand any options", (x: Scalar, p: Scalar) => add(mul(0.5, x), p), 1, 2, {}],
};
