import { type AnyArray, callable, type Scalar } from "../../../lib/core/index.js";
import { array, zeros } from "../../../lib/nd/index.js";
import { exp } from "../../../rules/elementwise/exponential.js";
import { square } from "../../../rules/elementwise/field.js";
import { mul } from "../../../rules/elementwise/index.js";
import { sin } from "../../../rules/elementwise/trigonometric.js";
import { aVector, type Calls } from "../../support/calls.js";
import { type Examples, over, single, strided } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [0.5, 0.25, -1],
]);
const wave = (x: Scalar): Scalar => mul(x, sin(x)) as Scalar;
const damped = (x: Scalar, y: Scalar): Scalar => mul(sin(x), exp(y)) as Scalar;
const layer = callable(
  { weight: 1.5, shift: array([0.5]) },
  (p: { weight: Scalar; shift: AnyArray }, x: Scalar): Scalar => mul(p.weight, sin(mul(p.shift.get(0), x))),
) as (x: Scalar) => Scalar;

export const examples: Examples = {
  map: [
    ...over(matrix).map((example) => ({ ...example, args: [wave, ...example.args] })),
    { args: [wave, 2], note: "a number" },
    { args: [damped, matrix, array([[0.5], [-1]])], note: "two arrays that broadcast" },
    { args: [damped, single(matrix), 0.5], note: "single precision and a number" },
    { args: [damped, strided(matrix), matrix], note: "a view and an array" },
    { args: [layer, matrix], note: "a function with parameters" },
    { args: [damped, [1, 2, 3], [0.5, 0, -1]], note: "lists of numbers" },
    { args: [(x: AnyArray) => ({ square: square(x), first: x.get(0) }), [array([1, 2]), array([3])]], note: "a list of arrays" },
    { args: [() => 2, matrix], note: "a constant" },
    { args: [wave, zeros([0, 2])], note: "no entries" },
  ],
};

export const calls: Calls = {
  map: ["function sequence", (x: Scalar) => mul(x, x), aVector],
};
