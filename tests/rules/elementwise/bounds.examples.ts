import { array } from "../../../lib/nd/index.js";
import { clip, maximum, minimum } from "../../../rules/elementwise/bounds.js";
import { at, at2, type Kinks } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { aVector, type Calls } from "../../support/calls.js";
import { binary, type Examples, single, strided } from "../../support/examples.js";

const tie = { args: [array([1, 2, -3]), array([1, 5, -4])], note: "a tie" } as const;

export const examples: Examples = {
  maximum: binary([1.5, -2, 0.5], [3, -1, -4], [tie]),
  minimum: binary([1.5, -2, 0.5], [3, -1, -4], [tie]),
  clip: [
    { args: [1.5, 0, 1] },
    { args: [array([-3.5, 0.2, 4.5]), -1, 1] },
    { args: [strided(array([[-3.5, 0.2, 4.5]])), array([[-1], [0]]), 1], note: "a strided view, a bound that broadcasts" },
    { args: [single(array([-3.5, 0.2, 4.5])), -1, 1], note: "single precision" },
    { args: [array([-3.5, 0.2]), null, 1], note: "no lower bound" },
    { args: [array([-1, 0.2, 1]), -1, 1], note: "at the bounds" },
  ],
};

export const calls: Calls = {
  clip: ["operand bound bound", aVector, 0, 1],
};

export const kinks: Kinks = [
  {
    ...lines.tiesOfOperands,
    names: ["maximum", "minimum"],
    cases: [at2("maximum(2, 2)", maximum, 2, 2, 2, 1, 0), at2("minimum(2, 2)", minimum, 2, 2, 2, 1, 0)],
  },
  {
    ...lines.bounds,
    names: ["clip"],
    cases: [at("clip(1, 1, 2)", (x) => clip(x, 1, 2), 1, 1, 1), at("clip(2, 1, 2)", (x) => clip(x, 1, 2), 2, 2, 1)],
  },
  { ...lines.notANumber, names: ["maximum"], cases: [at2("maximum(NaN, 1)", maximum, Number.NaN, 1, Number.NaN, 1, 0)] },
];
