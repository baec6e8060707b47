import { array } from "../../../lib/nd/index.js";
import { normalize } from "../../../rules/nn/cosine-similarity.js";
import { sum } from "../../../rules/reductions/index.js";
import { type Kinks, no, on } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Examples, over, single, strided } from "../../support/examples.js";

const matrix = array([
  [1, -2, 3],
  [0.5, 1.5, -1],
]);
const a = array([1, -2, 3]);
const b = array([0.5, 1.5, -1]);

export const examples: Examples = {
  normalize: [...over(matrix, [[], [{ axis: 0 }], [{ axis: 1 }], [{ axis: [0, 1] }]]), { args: [array([-2])], note: "one entry" }],
  cosineSimilarity: [
    { args: [a, b] },
    { args: [strided(a), strided(b)], note: "strided views" },
    { args: [single(a), single(b)], note: "single precision" },
    { args: [single(a), b], note: "single precision with double" },
    { args: [a, a], note: "one direction" },
  ],
};

export const kinks: Kinks = [
  { ...lines.zeroVector, names: ["normalize"], cases: [on("sum(normalize([0, 0]))", (x) => sum(normalize(x)), no(2), 0, no(2))] },
];
