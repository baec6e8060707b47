import { type AnyArray, callable, type Scalar } from "../../../lib/core/index.js";
import { array } from "../../../lib/nd/index.js";
import { tanh } from "../../../rules/elementwise/hyperbolic.js";
import { add, mul } from "../../../rules/elementwise/index.js";
import { sin } from "../../../rules/elementwise/trigonometric.js";
import { matmul } from "../../../rules/products/matmul.js";
import { aVector, type Calls } from "../../support/calls.js";
import { type Example, type Examples, single, strided } from "../../support/examples.js";

const vector = array([0.5, -1, 2]);
const rows = array([
  [1, 0.5],
  [-0.5, 2],
  [0.25, -1],
]);

/** A filter of numbers. */
const filter = (carry: Scalar, x: Scalar): Scalar => add(mul(0.5, sin(carry)), mul(carry, x));
/** A recurrent cell on rows. */
const cell = (h: AnyArray, x: AnyArray): AnyArray => tanh(add(mul(h, 0.5), x));
/** A carry and a y with parts. */
const pair = (carry: { a: Scalar; b: AnyArray }, x: { u: Scalar; v: AnyArray }) =>
  [
    { a: add(mul(carry.a, x.u), carry.b.get(0)), b: mul(carry.b, x.v) },
    { size: mul(carry.a, carry.a), both: [x.u, add(carry.b, x.v)] },
  ] as const;
const weights = callable(
  {
    w: array([
      [0.5, -0.25],
      [0.75, 0.5],
    ]),
  },
  (p: { w: AnyArray }, h: AnyArray, x: AnyArray) => tanh(add(matmul(p.w, h), x)),
);
const record = { u: vector, v: rows };
const start = { a: 0.5, b: array([1, 2]) };

const withOutput = (f: (carry: never, x: never) => unknown) => (carry: never, x: never) => {
  const next = f(carry, x);
  return [next, next];
};
const recurrences = (wrap: (f: (carry: never, x: never) => unknown) => unknown): readonly Example[] => [
  { args: [wrap(filter), 0.5, vector], note: "the numbers of a vector" },
  { args: [wrap(cell), array([0, 0.5]), rows], note: "the rows of a matrix" },
  { args: [wrap(cell), strided(array([0, 0.5])), strided(rows)], note: "the rows of a view" },
  { args: [wrap(cell), single(array([0, 0.5])), single(rows)], note: "single precision" },
  { args: [wrap(filter), 0.5, [1, 2, -0.5]], note: "a list" },
];

export const examples: Examples = {
  scan: [
    ...recurrences(withOutput),
    { args: [pair, start, record], note: "records of arrays, structures in the carry and in y" },
    { args: [(carry: Scalar, x: Scalar) => [mul(carry, x), undefined], 2, vector], note: "no y" },
    { args: [withOutput(filter), 0.5, []], note: "an empty list" },
  ],
  foldl: [
    ...recurrences((f) => f),
    { args: [(carry: never, x: never) => pair(carry, x)[0], start, record], note: "a record of arrays" },
    { args: [weights, array([0, 0.5]), rows], note: "a function with parameters" },
    { args: [filter, 0.5, array([])], note: "no entries: the initial value" },
  ],
};

export const calls: Calls = {
  scan: ["function any steps", (carry: Scalar, x: Scalar) => [mul(carry, x), x], 2, aVector],
  foldl: ["function any steps", (carry: Scalar, x: Scalar) => mul(carry, x), 2, aVector],
};
